package org.sosia.similar;

import java.util.List;

/**
 * The result of a search: the very images that a search in the open would have found, over the indexed vectors.
 *
 * @param items the most similar first; of equally similar ones the one indexed first
 * @param searched among how many images was searched: those that the caller may search
 * @param kept how many of them the bound did not reject; all of them in the sealed mode
 * @param extractor the name and version of the index
 * @param dimensions coordinates of an indexed vector, each 0 to 255
 * @param mode {@code sealed}, or {@code pruned}, in which both clouds see which images are near the query
 * @param disclosed what the two clouds learned from this search, in English
 */
public record SimilarImages(
        List<SimilarImage> items,
        int searched,
        int kept,
        String extractor,
        int dimensions,
        String mode,
        String disclosed) {

    public SimilarImages {
        items = List.copyOf(items);
    }
}
