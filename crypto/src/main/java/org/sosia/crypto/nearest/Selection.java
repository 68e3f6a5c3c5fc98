package org.sosia.crypto.nearest;

import java.util.Arrays;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/**
 * Finds the k smallest of many shuffled shared numbers. Both servers run it on the same opened outcomes and so take the same steps; as the
 * numbers are distinct and their order is uniformly random, the outcomes say nothing about the numbers. docs/SEARCH.md, section 1.6.
 */
final class Selection {
    private static final int SMALLEST_SAMPLE = 64;

    private final Comparisons comparisons;
    private final long[] keys;
    private final int k;
    private final int sampleSize;

    Selection(Comparisons comparisons, long[] keys, int k) {
        this.comparisons = comparisons;
        this.keys = keys;
        this.k = k;
        sampleSize = sampleSize(k);
    }

    private static int sampleSize(int k) {
        return Math.max(SMALLEST_SAMPLE, 2 * k);
    }

    /**
     * Columns of 64 comparisons to deal: two passes over everything (a second one is needed about once in 10^4 searches, a third one in 10^8)
     * and a dozen sorted samples.
     */
    static int columns(int numbers, int mostK) {
        int sample = sampleSize(mostK);
        return 2 * Comparisons.evenWords(numbers) + 12 * (Comparisons.evenWords(sample * (sample - 1) / 2) + 2);
    }

    /** Positions of the k smallest, the smallest first; all of them if there are no more than k. */
    int[] smallest() throws SearchRefusedException {
        int[] candidates = new int[keys.length];
        Arrays.setAll(candidates, i -> i);
        while (candidates.length > sampleSize) {
            candidates = narrowed(candidates);
        }
        int[] sorted = sorted(candidates);
        return Arrays.copyOf(sorted, Math.min(k, sorted.length));
    }

    /** Those not larger than a pivot out of the first candidates, which are a random sample since all are shuffled. */
    private int[] narrowed(int[] candidates) throws SearchRefusedException {
        int[] sample = sorted(Arrays.copyOf(candidates, sampleSize));
        int[] rest = Arrays.copyOfRange(candidates, sampleSize, candidates.length);
        double expected = (double) k * sampleSize / candidates.length;
        int rank = (int) Math.max(1, expected + 2 * Math.sqrt(expected));
        while (true) {
            rank = Math.min(rank, sampleSize - 1);
            int[] kept = notAbove(sample, rank, rest);
            if (kept.length >= k) {
                return kept;
            }
            rank = 2 * rank + 1;
        }
    }

    private int[] notAbove(int[] sample, int rank, int[] rest) throws SearchRefusedException {
        int[] pivot = new int[rest.length];
        Arrays.fill(pivot, sample[rank]);
        long[] below = comparisons.less(keys, rest, pivot);
        int[] kept = new int[rest.length + rank + 1];
        int count = 0;
        for (int i = 0; i < rest.length; i++) {
            if (Bits.get(below, i)) {
                kept[count++] = rest[i];
            }
        }
        // Behind the rest, so that what comes first next time is a random sample again.
        System.arraycopy(sample, 0, kept, count, rank + 1);
        return Arrays.copyOf(kept, count + rank + 1);
    }

    /** By comparing all pairs at once: the number of others that are smaller is the rank. */
    private int[] sorted(int[] positions) throws SearchRefusedException {
        int n = positions.length;
        int[] left = new int[n * (n - 1) / 2];
        int[] right = new int[left.length];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++, at++) {
                left[at] = positions[i];
                right[at] = positions[j];
            }
        }
        long[] less = comparisons.less(keys, left, right);
        int[] ranks = new int[n];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++, at++) {
                ranks[Bits.get(less, at) ? j : i]++;
            }
        }
        return inOrder(positions, ranks);
    }

    private static int[] inOrder(int[] positions, int[] ranks) throws SearchRefusedException {
        int[] sorted = new int[positions.length];
        Arrays.fill(sorted, -1);
        for (int i = 0; i < positions.length; i++) {
            if (sorted[ranks[i]] >= 0) {
                // Distinct numbers have an order; outcomes without one come from a peer that broke the protocol.
                throw new SearchRefusedException(Reason.PEER_UNAVAILABLE);
            }
            sorted[ranks[i]] = positions[i];
        }
        return sorted;
    }
}
