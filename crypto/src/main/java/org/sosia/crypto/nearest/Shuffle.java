package org.sosia.crypto.nearest;

import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/**
 * Permutes shared numbers so that neither server knows the permutation: A's, then B's, each with a dealt difference instead of oblivious
 * transfers (M. Chase, E. Ghosh, O. Poburinnaya, Secret-Shared Shuffle, 2020). docs/SEARCH.md, section 1.4.
 */
final class Shuffle {
    private static final long PERMUTATION = 0;
    private static final long BEFORE = 1;
    private static final long AFTER = 2;

    private Shuffle() {}

    /**
     * Runs the protocol.
     *
     * @param share this server's shares
     * @param random this server's randomness of this shuffle
     * @param difference what this server was dealt, as long as the shares
     * @return this server's shares of the same numbers in an unknown order
     */
    static long[] run(Side side, long[] share, Prg random, long[] difference, Conversation peer)
            throws SearchRefusedException {
        int n = share.length;
        if (difference.length != n) {
            throw new SearchRefusedException(Reason.MALFORMED);
        }
        if (side == Side.A) {
            long[] permuted = permute(share, peer.receive(n), random, difference);
            peer.send(minus(permuted, random.longs(BEFORE, n)));
            return random.longs(AFTER, n);
        }
        peer.send(minus(share, random.longs(BEFORE, n)));
        return permute(random.longs(AFTER, n), peer.receive(n), random, difference);
    }

    private static long[] permute(long[] share, long[] message, Prg random, long[] difference) {
        int[] order = permutation(random, share.length);
        long[] result = new long[share.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = share[order[i]] + message[order[i]] + difference[i];
        }
        return result;
    }

    /** The dealer's part for the server whose permutation it is: π(before) - after, both the other server's. */
    static long[] difference(Prg permuting, Prg masking, int n) {
        int[] order = permutation(permuting, n);
        long[] before = masking.longs(BEFORE, n);
        long[] after = masking.longs(AFTER, n);
        long[] result = new long[n];
        for (int i = 0; i < n; i++) {
            result[i] = before[order[i]] - after[i];
        }
        return result;
    }

    /** Fisher and Yates with 63 random bits a step: the distance from uniform is below n²/2^63. */
    private static int[] permutation(Prg random, int n) {
        long[] draws = random.longs(PERMUTATION, n);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) Math.multiplyHigh(draws[i] >>> 1, 2 * (i + 1L));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long[] minus(long[] left, long[] right) {
        long[] result = new long[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = left[i] - right[i];
        }
        return result;
    }
}
