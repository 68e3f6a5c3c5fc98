package org.sosia.similar;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the most similar images.
 *
 * @param rank 1 for the most similar
 * @param record the record that holds it
 * @param fileName the name the system gave the record
 * @param kind what it is, in lower case
 * @param mediaType its media type
 * @param squaredDistance the squared distance of the two indexed vectors; null unless the grants of all searched images allow it
 */
public record SimilarImage(
        int rank,
        UUID record,
        String fileName,
        String kind,
        String mediaType,
        @Nullable Integer squaredDistance) {}
