package org.sosia.search;

import java.util.UUID;

/**
 * A search that somebody keeps. Sealed wherever it lies; nobody else sees it.
 *
 * @param id its id
 * @param name what its owner calls it
 * @param query what it looks for
 */
public record SavedSearch(UUID id, String name, SearchQuery query) {

    @Override
    public String toString() {
        return "SavedSearch[" + id + "]";
    }
}
