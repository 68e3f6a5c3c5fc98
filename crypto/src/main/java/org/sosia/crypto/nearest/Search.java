package org.sosia.crypto.nearest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;
import org.sosia.crypto.secret.SecretBytes;

/** One search at one server, from the request to its half of the result. docs/SEARCH.md, 1.3 to 1.6, and 2. */
final class Search {
    /** Coordinates of the bound are rounded down, so the bound is compared with a little slack: 32·LB ≤ 33·T + 33·32·2w. */
    private static final int BOUND_FACTOR = 32;

    private static final int THRESHOLD_FACTOR = 33;

    private final Side side;
    private final ServerToken token;
    private final Plan plan;
    private final Gallery gallery;
    private final Grant grant;
    private final Conversation peer;
    private final int k;
    private final boolean distances;
    private final int[][] f;
    private final int[][] w;
    private final int[] queryNorms;

    /** Reads the rest of the request, behind the token's id. */
    Search(Side side, ServerToken token, ByteReader request, Gallery gallery, Grant grant, Conversation peer)
            throws MalformedException, SearchRefusedException {
        this.side = side;
        this.token = token;
        this.gallery = gallery;
        this.grant = grant;
        this.peer = peer;
        plan = token.plan;
        k = request.u16();
        int wanted = request.u8();
        if (k < 1 || k > plan.mostNeighbours() || wanted > 1) {
            throw new MalformedException("the request wants more than the token allows");
        }
        distances = wanted == 1;
        if ((distances && !grant.distances()) || (plan.pruned() && !grant.pruned())) {
            throw new SearchRefusedException(Reason.NOT_GRANTED);
        }
        Part[] parts = Part.of(plan.pruned());
        f = new int[parts.length][];
        w = new int[parts.length][];
        queryNorms = new int[parts.length];
        for (int p = 0; p < parts.length; p++) {
            f[p] = Words.ints(request, parts[p].dimensions(plan.shape()));
            queryNorms[p] = Words.ints(request, 1)[0];
            int[] r = parts[p].queryMask(token.products(parts[p]), plan.shape());
            w[p] = side == Side.A ? Words.plus(r, f[p]) : r;
        }
        request.end();
    }

    byte[] run() throws SearchRefusedException {
        Snapshot.View view = agreedSnapshot().granted(grant.rows());
        int[][] products = productShares(view);
        agreeOn(view);
        Comparisons comparisons = token.comparisons(Part.VECTOR, peer);
        int[] kept = all(view.size());
        if (plan.pruned() && view.size() > Plan.SAMPLE) {
            kept = survivors(view, products, comparisons);
        }
        long[] nearest = nearest(view, products, kept, comparisons);
        return answer(nearest, view.size(), kept.length);
    }

    /** The latest rows that both servers have. */
    private Snapshot agreedSnapshot() throws SearchRefusedException {
        Snapshot latest = gallery.latest();
        long other = peer.exchange(new long[] {latest.epoch})[0];
        return other >= latest.epoch
                ? latest
                : gallery.at(other).orElseThrow(() -> new SearchRefusedException(Reason.SERVERS_DISAGREE));
    }

    private int[][] productShares(Snapshot.View view) throws SearchRefusedException {
        int n = view.size();
        if (n > plan.capacity() || (n > 0 && view.rows[n - 1] >= 1 << plan.indexBits())) {
            throw new SearchRefusedException(Reason.TOKEN_OUTDATED);
        }
        return token.productShares(view.rows, view.versions);
    }

    /** Ends the search unless both servers search the same rows in the same way. */
    private void agreeOn(Snapshot.View view) throws SearchRefusedException {
        ByteWriter what = new ByteWriter().uuid(token.id).u16(k).u8(distances ? 1 : 0);
        plan.write(what);
        view.digest().forEach(what::fixed);
        long[] mine = new long[Slab.DIGEST_WORDS];
        ByteBuffer.wrap(Digests.sha256(what.toByteArray())).asLongBuffer().get(mine);
        if (!Arrays.equals(mine, peer.exchange(mine))) {
            throw new SearchRefusedException(Reason.SERVERS_DISAGREE);
        }
    }

    /** This server's shares of the keys of the nearest rows. */
    private long[] nearest(Snapshot.View view, int[][] products, int[] chosen, Comparisons comparisons)
            throws SearchRefusedException {
        List<Integer> sizes = plan.shuffles();
        int number = plan.pruned() ? 1 : 0;
        while (sizes.get(number) < chosen.length) {
            number++;
        }
        long[] shuffled = token.shuffle(number, keys(view, products, chosen, sizes.get(number)), peer);
        int[] winners = new Selection(comparisons, shuffled, Math.min(k, chosen.length)).smallest();
        return Arrays.stream(winners).mapToLong(i -> shuffled[i]).toArray();
    }

    /** D·2^bits + row, which are distinct; where no row is, the largest distance and the position. */
    private long[] keys(Snapshot.View view, int[][] products, int[] chosen, int size) {
        long[] keys = new long[size];
        int[] shares = distances(view, Part.VECTOR, products, chosen);
        for (int i = 0; i < shares.length; i++) {
            keys[i] = shifted(shares[i]) + (side == Side.A ? view.rows[chosen[i]] : 0);
        }
        if (side == Side.A) {
            long vacant = ((1L << plan.shape().distanceBits()) - 1) << plan.indexBits();
            for (int i = chosen.length; i < size; i++) {
                keys[i] = vacant + i;
            }
        }
        return keys;
    }

    private int[] distances(Snapshot.View view, Part part, int[][] products, int[] chosen) {
        int p = part.index;
        return view.distances(part, chosen, w[p], f[p], products[p], queryNorms[p]);
    }

    private long shifted(int share) {
        return (share & 0xffff_ffffL) << plan.indexBits();
    }

    /**
     * The rows whose bound is not above the k-th smallest distance in a public random sample; both servers see which.
     *
     * <p>The threshold is that key and not only its distance, so it is larger by less than one unit, which keeps no row too few.
     */
    private int[] survivors(Snapshot.View view, int[][] products, Comparisons comparisons)
            throws SearchRefusedException {
        long[] sample = token.shuffle(0, keys(view, products, sample(view.size()), Plan.SAMPLE), peer);
        int[] smallest = new Selection(comparisons, sample, k).smallest();
        long threshold = THRESHOLD_FACTOR * sample[smallest[k - 1]];
        if (side == Side.A) {
            long slack = (long) THRESHOLD_FACTOR * BOUND_FACTOR * plan.shape().boundDimensions();
            threshold += slack << plan.indexBits();
        }
        int[] bounds = distances(view, Part.BOUND, products, all(view.size()));
        long[] differences = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            differences[i] = threshold - shifted(BOUND_FACTOR * bounds[i]);
        }
        long[] rejected = token.comparisons(Part.BOUND, peer).negative(differences);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            if (!Bits.get(rejected, i)) {
                kept.add(i);
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The same at both servers, and known to everybody: drawn from the token's id. */
    private int[] sample(int n) {
        byte[] seed = Digests.sha256(new ByteWriter().uuid(token.id).toByteArray());
        long[] draws = new Prg(SecretBytes.copyOf(seed)).longs(0, Plan.SAMPLE);
        int[] order = all(n);
        for (int i = 0; i < Plan.SAMPLE; i++) {
            int j = i + (int) Long.remainderUnsigned(draws[i], n - i);
            int drawn = order[j];
            order[j] = order[i];
            order[i] = drawn;
        }
        return Arrays.copyOf(order, Plan.SAMPLE);
    }

    private static int[] all(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** Row numbers are the lowest bits of the keys; whoever may not see distances gets no more of the shares. */
    private byte[] answer(long[] shares, int searched, int kept) {
        int bits = distances ? plan.keyBits() + 1 : plan.indexBits();
        long[] shown =
                Arrays.stream(shares).map(share -> share & (1L << bits) - 1).toArray();
        return new Question.Answer(shown, searched, kept).encode(side, token.id);
    }
}
