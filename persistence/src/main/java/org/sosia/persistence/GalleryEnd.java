package org.sosia.persistence;

import java.util.Arrays;
import java.util.Optional;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;

/**
 * One of the two ends of a gallery of sealed images. What stands at one end is uniform to whoever does not see the other.
 *
 * @param realm whose gallery it is; see {@link Mediator}
 * @param extractor the name and version of what made the vectors, such as {@code grey-28.1}
 * @param end which end
 * @param columns width of the vectors' images
 * @param rows their height
 * @param segments segments in each direction for the pruned mode
 */
public record GalleryEnd(String realm, String extractor, End end, int columns, int rows, int segments) {

    /** Which end. */
    public enum End {
        /** The leading one: it numbers the changes. */
        A(0),
        /** The following one. */
        B(1);

        /** In tables. */
        final int code;

        End(int code) {
            this.code = code;
        }

        static Optional<End> of(int code) {
            return Arrays.stream(values()).filter(end -> end.code == code).findFirst();
        }
    }

    String rack() {
        return realm + "/" + extractor;
    }

    int code() {
        return end.code;
    }

    Side side() {
        return end == End.A ? Side.A : Side.B;
    }

    Shape shape() {
        return Shape.image(columns, rows, segments);
    }
}
