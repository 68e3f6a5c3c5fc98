package org.sosia.sharing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found among the referrals that were tested.
 *
 * @param items the referrals, newest first
 * @param cut whether there are older ones that were not tested
 * @param next the cursor that asks for a search among those, or null
 * @param learned what this search told the clouds
 */
public record InboxResult(
        List<RequestView> items, boolean cut, @Nullable String next, Tested learned) {

    /** Takes a copy. */
    public InboxResult {
        items = List.copyOf(items);
    }

    /**
     * What a search tells the clouds: who searched, when, and these numbers. Neither a word, nor which referrals were found.
     *
     * @param referrals how many referrals were tested: both clouds see which
     * @param words for how many words: of each cloud B sees how many tags match, and not which
     * @param tests how many comparisons that were
     */
    public record Tested(int referrals, int words, int tests) {}
}
