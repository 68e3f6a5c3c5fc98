package org.sosia.crypto.splitting;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;

/**
 * How content is split: into how many shares, of which how many give it back.
 *
 * <p>The content, sealed already, is masked under a key of its own, cut into stripes of k units and extended by n - k units of parity;
 * share i gets unit i of each stripe and its part of the key. So a share is about 1/k of the content's length, n/k of it are stored in all.
 *
 * <p><b>Security.</b> Fewer than k shares say nothing about the content but its length, even to whoever holds the record's own key. A
 * share that was changed is found out: by {@link SplitReceipt#verify}, which names it, and by the content's own authentication, which
 * releases nothing wrong. The receipt must come from a place that the stores do not control, such as metadata that its owner signed.
 *
 * <p><b>Shape.</b> 2 &le; k &le; n &le; 16. See docs/FORMATS.md, section Share.
 *
 * <p><b>Source.</b> H. Krawczyk, <i>Secret Sharing Made Short</i>, CRYPTO 1993: a key shared by Shamir's scheme, the ciphertext
 * by Rabin's dispersal.
 */
public final class Splitting {
    /** The greatest number of shares. */
    public static final int MAX_SHARES = 16;

    /** Two shares, both needed: the two clouds. */
    public static final Splitting BOTH = of(2, 2);

    /** Three shares, any two of them: the two clouds and a recovery copy. */
    public static final Splitting TWO_OF_THREE = of(2, 3);

    private final int needed;
    private final int shares;

    private Splitting(int needed, int shares) {
        this.needed = needed;
        this.shares = shares;
    }

    /**
     * k of n.
     *
     * @param needed k, how many shares give the content back; at least 2
     * @param shares n, how many there are; at most {@value #MAX_SHARES}
     * @return the way to split
     * @throws IllegalArgumentException if the numbers are not 2 &le; k &le; n &le; {@value #MAX_SHARES}
     */
    public static Splitting of(int needed, int shares) {
        if (!isPossible(needed, shares)) {
            throw new IllegalArgumentException("content is split k of n with 2 <= k <= n <= " + MAX_SHARES);
        }
        return new Splitting(needed, shares);
    }

    static boolean isPossible(int needed, int shares) {
        return 2 <= needed && needed <= shares && shares <= MAX_SHARES;
    }

    /**
     * How many shares give the content back.
     *
     * @return k
     */
    public int needed() {
        return needed;
    }

    /**
     * How many shares there are.
     *
     * @return n
     */
    public int shares() {
        return shares;
    }

    /**
     * Begins to split.
     *
     * @param object what is split; its shares belong to it and to nothing else
     * @param sinks where the n shares go, in order; left open, and written by the thread that writes the content
     * @return where to write the sealed content; no more than n units are held in memory
     * @throws IOException if a sink fails
     */
    public SplittingStream split(UUID object, List<? extends OutputStream> sinks) throws IOException {
        return new SplittingStream(this, object, sinks);
    }

    /**
     * Merges shares into the content.
     *
     * @param receipt what splitting left
     * @param shares the n shares in order, null for one that cannot be had; the first k there are read
     * @return the sealed content, read from the shares as it is asked for. What it gives back is not authenticated: opening it is
     * @throws DamagedShareException if a share is not one of this split, or too few are there
     * @throws IOException if a share cannot be read
     */
    public static SealedSource merge(SplitReceipt receipt, List<? extends @Nullable SealedSource> shares)
            throws IOException {
        return new Merging(receipt, shares).source();
    }

    /**
     * Makes a lost share again, byte for byte.
     *
     * @param receipt what splitting left
     * @param shares the n shares in order, null for the lost one and others that cannot be had; of those given, the first k are read, and
     *     each must have passed {@link SplitReceipt#verify}
     * @param lost which one to make, counted from 0
     * @param sink where it goes; left open
     * @throws DamagedShareException if too few shares are there, or what comes out is not the share that was lost, which means that
     *     one of the others is damaged
     * @throws IOException if a share cannot be read, or the sink fails
     */
    public static void rebuild(
            SplitReceipt receipt, List<? extends @Nullable SealedSource> shares, int lost, OutputStream sink)
            throws IOException {
        new Merging(receipt, shares).rebuild(lost, sink);
    }

    /**
     * Merges shares for somebody without the receipt, who compares the digest of the whole with one that the stores do not control.
     *
     * @param object what was split
     * @param length the length of the sealed content
     * @param shares the n shares in order, null for one that cannot be had; the first k there are read
     * @return the sealed content, read from the shares as it is asked for
     * @throws DamagedShareException if a share is not one of this split, or too few are there
     * @throws IOException if a share cannot be read
     */
    public SealedSource merge(UUID object, long length, List<? extends @Nullable SealedSource> shares)
            throws IOException {
        return new Merging(new SplitReceipt(this, object, length, List.of()), shares).source();
    }

    /**
     * The length of each share of a content.
     *
     * @param length the length of the sealed content
     * @return bytes
     */
    public long shareLength(long length) {
        return ShareHead.BYTES + Stripes.shareOf(length, needed);
    }

    ErasureCode code() {
        return new ErasureCode(needed, shares);
    }

    @Override
    public String toString() {
        return needed + " of " + shares;
    }
}
