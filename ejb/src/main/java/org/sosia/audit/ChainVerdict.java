package org.sosia.audit;

import org.jspecify.annotations.Nullable;

/**
 * What checking one chain came to.
 *
 * @param chain which chain: {@code a} or {@code b}
 * @param entries how many entries were read
 * @param intact whether each entry's hash and link hold
 * @param brokenAt the number of the first entry that does not hold, or null
 * @param head the last entry's hash, lower-case hexadecimal, empty for an empty chain
 */
public record ChainVerdict(
        String chain,
        long entries,
        boolean intact,
        @Nullable Long brokenAt,
        String head) {}
