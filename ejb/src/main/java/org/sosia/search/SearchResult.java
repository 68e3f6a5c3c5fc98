package org.sosia.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.retrieval.RecordView;

/**
 * A page of what was found, newest first unless asked otherwise.
 *
 * @param items the records
 * @param next the cursor that asks for the page after it, or null at the end
 * @param learned what this search told the clouds
 */
public record SearchResult(List<RecordView> items, @Nullable String next, Learned learned) {

    public SearchResult {
        items = List.copyOf(items);
    }

    /**
     * What a search tells the clouds: that this person searched, when, and these numbers. Neither a word, nor which records were found.
     *
     * @param owners whose indexes were searched: both clouds see for how many owners, and which
     * @param words how many words were looked for: cloud B sees which counters were read, again if searched again
     * @param entries how many entries cloud A handed out
     * @param missing how many entries cloud A should have handed out and did not: an update under way, or one that broke off
     */
    public record Learned(int owners, int words, int entries, int missing) {}
}
