package org.sosia.crypto.nearest;

import java.util.Arrays;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

/**
 * Tells the signs of shared numbers, many at a time, and opens them to both servers: the carry of the two shares by a tree of
 * (generate, propagate) pairs in the protocol of Goldreich, Micali and Wigderson with dealt multiplication triples, bit-sliced, 64 numbers a word.
 * docs/SEARCH.md, section 1.5.
 *
 * <p>Holds the randomness of one token: each column of 64 comparisons is used once and then gone.
 */
final class Comparisons {
    /** Randomness of a node of the tree: two factors that share their first, and two products. */
    private static final int OF_A_NODE = 5;

    private final Side side;
    private final int bits;
    private final Prg random;
    private final long[] corrections;
    private final int columns;
    private final Conversation peer;
    private int used;

    /**
     * @param bits of a number's magnitude: shares are modulo 2^(bits + 1), differences lie between -2^bits and 2^bits
     * @param corrections B's dealt words, {@link #gates} planes of {@code columns}; empty for A
     * @param columns how many columns were dealt
     */
    Comparisons(Side side, int bits, Prg random, long[] corrections, int columns, Conversation peer) {
        this.side = side;
        this.bits = bits;
        this.random = random;
        this.corrections = corrections;
        this.columns = columns;
        this.peer = peer;
    }

    /** Products that one comparison needs corrected: one at each leaf, two at each node of the tree. */
    static int gates(int bits) {
        return bits + 2 * (bits - 1);
    }

    /** For each pair, whether the number at the left position is the smaller one. */
    long[] less(long[] keys, int[] left, int[] right) throws SearchRefusedException {
        long[] differences = new long[left.length];
        for (int i = 0; i < left.length; i++) {
            differences[i] = keys[left[i]] - keys[right[i]];
        }
        return negative(differences);
    }

    /** For each shared difference, whether it is negative. */
    long[] negative(long[] differences) throws SearchRefusedException {
        int words = evenWords(differences.length);
        if (used + words > columns) {
            throw new SearchRefusedException(Reason.TOKEN_EXHAUSTED);
        }
        long[] planes = Bits.planes(differences, bits + 1, words);
        long[] propagate = Arrays.copyOf(planes, bits * words);
        long[] carry = carry(leaves(propagate, words), propagate, words);
        used += words;
        long[] sign = Arrays.copyOfRange(planes, bits * words, (bits + 1) * words);
        xor(sign, carry);
        xor(sign, peer.exchange(sign));
        return sign;
    }

    /** Blocks of randomness are two words wide. */
    static int evenWords(int comparisons) {
        return (Bits.words(comparisons) + 1) / 2 * 2;
    }

    /** Both own bits of a leaf are known to one server each, so one bit goes each way: a ∧ b. */
    private long[] leaves(long[] own, int words) throws SearchRefusedException {
        int size = bits * words;
        long[] masks = stream(random, 0, side == Side.A ? 2 * bits : bits, used, words);
        long[] masked = new long[size];
        for (int i = 0; i < size; i++) {
            masked[i] = own[i] ^ masks[i];
        }
        long[] opened = peer.exchange(masked);
        long[] product = new long[size];
        if (side == Side.A) {
            for (int i = 0; i < size; i++) {
                product[i] = (own[i] & opened[i]) ^ masks[size + i];
            }
        } else {
            for (int plane = 0; plane < bits; plane++) {
                for (int i = plane * words, c = plane * columns + used; i < (plane + 1) * words; i++, c++) {
                    product[i] = (opened[i] & masks[i]) ^ corrections[c];
                }
            }
        }
        return product;
    }

    /** (g, p) of a block from its halves: g = g1 ⊕ p1·g0, p = p1·p0. */
    private long[] carry(long[] generate, long[] propagate, int words) throws SearchRefusedException {
        long[] g = generate;
        long[] p = propagate;
        int node = 0;
        for (int blocks = bits; blocks > 1; blocks = (blocks + 1) / 2) {
            int pairs = blocks / 2;
            long[] level = level(g, p, node, pairs, words);
            boolean odd = blocks % 2 == 1;
            int length = (pairs + (odd ? 1 : 0)) * words;
            long[] nextG = Arrays.copyOf(level, length);
            long[] nextP = Arrays.copyOf(Arrays.copyOfRange(level, pairs * words, 2 * pairs * words), length);
            if (odd) {
                System.arraycopy(g, (blocks - 1) * words, nextG, pairs * words, words);
                System.arraycopy(p, (blocks - 1) * words, nextP, pairs * words, words);
            }
            g = nextG;
            p = nextP;
            node += pairs;
        }
        return g;
    }

    /** One level of the tree: the pairs' g, then the pairs' p. */
    private long[] level(long[] g, long[] p, int node, int pairs, int words) throws SearchRefusedException {
        boolean first = side == Side.A;
        int perNode = first ? OF_A_NODE : 3;
        long[] masks = nodeStreams(random, firstNodeStream(bits) + OF_A_NODE * node, pairs, perNode, used, words);
        long[] masked = new long[3 * pairs * words];
        for (int pair = 0; pair < pairs; pair++) {
            int low = 2 * pair * words;
            int m = pair * perNode * words;
            int out = 3 * pair * words;
            xorInto(masked, out, p, low + words, masks, m, words);
            xorInto(masked, out + words, g, low, masks, m + words, words);
            xorInto(masked, out + 2 * words, p, low, masks, m + 2 * words, words);
        }
        long[] opened = peer.exchange(masked);
        xor(opened, masked);
        long[] result = new long[2 * pairs * words];
        for (int pair = 0; pair < pairs; pair++) {
            int o = 3 * pair * words;
            int m = pair * perNode * words;
            long[] products = first ? masks : corrections;
            int cg = first ? m + 3 * words : (bits + 2 * (node + pair)) * columns + used;
            int cp = first ? m + 4 * words : (bits + 2 * (node + pair) + 1) * columns + used;
            long both = first ? -1 : 0;
            product(result, pair * words, opened, o, o + words, masks, m, m + words, products, cg, both, words);
            product(
                    result,
                    (pairs + pair) * words,
                    opened,
                    o,
                    o + 2 * words,
                    masks,
                    m,
                    m + 2 * words,
                    products,
                    cp,
                    both,
                    words);
            xorInto(result, pair * words, result, pair * words, g, (2 * pair + 1) * words, words);
        }
        return result;
    }

    /** A share of x·y: with d = x ⊕ α and e = y ⊕ β open, xy = de ⊕ dβ ⊕ eα ⊕ αβ. */
    private static void product(
            long[] out,
            int at,
            long[] opened,
            int d,
            int e,
            long[] masks,
            int alpha,
            int beta,
            long[] products,
            int c,
            long both,
            int words) {
        for (int i = 0; i < words; i++) {
            long open = opened[d + i];
            long other = opened[e + i];
            out[at + i] =
                    (open & other & both) ^ (open & masks[beta + i]) ^ (other & masks[alpha + i]) ^ products[c + i];
        }
    }

    private static void xorInto(long[] out, int at, long[] x, int xAt, long[] y, int yAt, int words) {
        for (int i = 0; i < words; i++) {
            out[at + i] = x[xAt + i] ^ y[yAt + i];
        }
    }

    private static void xor(long[] target, long[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }

    private static int firstNodeStream(int bits) {
        return 2 * bits;
    }

    /** Consecutive streams, columns {@code from} to {@code from + words} of each. */
    private static long[] stream(Prg random, int firstStream, int streams, int from, int words) {
        var blocks = random.blocks(streams * words / 2);
        for (int s = 0; s < streams; s++) {
            blocks.run(firstStream + s, from / 2, words / 2);
        }
        return blocks.longs(streams * words);
    }

    private static long[] nodeStreams(Prg random, int firstStream, int nodes, int perNode, int from, int words) {
        var blocks = random.blocks(nodes * perNode * words / 2);
        for (int node = 0; node < nodes; node++) {
            for (int s = 0; s < perNode; s++) {
                blocks.run(firstStream + OF_A_NODE * node + s, from / 2, words / 2);
            }
        }
        return blocks.longs(nodes * perNode * words);
    }

    /** The dealer's part: what B needs besides its own randomness so that the servers' products add up. */
    static long[] corrections(int bits, Prg a, Prg b, int columns) {
        long[] result = new long[Math.multiplyExact(gates(bits), columns)];
        for (int leaf = 0; leaf < bits; leaf++) {
            long[] alpha = stream(a, leaf, 1, 0, columns);
            long[] beta = stream(b, leaf, 1, 0, columns);
            long[] c = stream(a, bits + leaf, 1, 0, columns);
            for (int i = 0; i < columns; i++) {
                result[leaf * columns + i] = (alpha[i] & beta[i]) ^ c[i];
            }
        }
        for (int node = 0; node < bits - 1; node++) {
            int stream = firstNodeStream(bits) + OF_A_NODE * node;
            long[] ofA = stream(a, stream, OF_A_NODE, 0, columns);
            long[] ofB = stream(b, stream, 3, 0, columns);
            int g = (bits + 2 * node) * columns;
            for (int i = 0; i < columns; i++) {
                long alpha = ofA[i] ^ ofB[i];
                long beta = ofA[columns + i] ^ ofB[columns + i];
                long gamma = ofA[2 * columns + i] ^ ofB[2 * columns + i];
                result[g + i] = (alpha & beta) ^ ofA[3 * columns + i];
                result[g + columns + i] = (alpha & gamma) ^ ofA[4 * columns + i];
            }
        }
        return result;
    }
}
