package org.sosia.imaging;

import java.util.List;
import java.util.Optional;

/** The extractors by which images are indexed. */
public final class Extractors {

    /** 28 x 28 grey levels: the index that searches use unless they say otherwise. */
    public static final Extractor GREY_28 = new GreyLevels("grey-28", 28, 7);

    /** 16 x 16 grey levels: coarser, and a third of the size. */
    public static final Extractor GREY_16 = new GreyLevels("grey-16", 16, 4);

    /** All of them. */
    public static final List<Extractor> ALL = List.of(GREY_28, GREY_16);

    private Extractors() {}

    /** The one of this name and version. */
    public static Optional<Extractor> of(String id) {
        return ALL.stream().filter(extractor -> extractor.id().equals(id)).findFirst();
    }
}
