package org.sosia.crypto.nearest;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The key authority's part: masks for owners, mask keys for the servers, single-use tokens for searches. It sees no vector, no query and no
 * result, only how many tokens it minted. Everything follows from one master key, so it keeps no state.
 *
 * <p><b>Security.</b> Together with one server it could open that server's rows: keep it apart from both.
 */
public final class Dealer implements SecretMaterial {
    /** Row numbers are below this. */
    public static final int MOST_ROW_NUMBER = 1 << Plan.MOST_INDEX_BITS;

    private static final String MASK_KEY = "sosia/v1/nearest/mask-key";
    private static final String TOKEN_SEED = "sosia/v1/nearest/token-seed";
    static final byte SUPPLEMENT_VERSION = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Shape shape;
    private final SecretBytes master;
    private final Masks[] masks;
    private final AtomicLong minted = new AtomicLong();

    /**
     * A dealer for one collection.
     *
     * @param shape the collection's
     * @param master 32 uniform bytes, of this collection only
     */
    public Dealer(Shape shape, SecretBytes master) {
        this.shape = shape;
        this.master = master;
        masks = Arrays.stream(Part.of(shape))
                .map(part -> new Masks(part, shape, master))
                .toArray(Masks[]::new);
    }

    /**
     * The key from which one server expands its masks; it must never come into the hands of the other one.
     *
     * @param side which server
     * @return the key
     */
    public SecretBytes maskKey(Side side) {
        return maskKey(master, side);
    }

    private static SecretBytes maskKey(SecretBytes master, Side side) {
        return master.derive(MASK_KEY, side.label());
    }

    /**
     * A fresh mask for a row, new or replaced, to be given to its owner.
     *
     * @param row the row's number
     * @return the mask, with a version of its own
     */
    public RowMask mask(int row) {
        if (row < 0 || row >= MOST_ROW_NUMBER) {
            throw new IllegalArgumentException("no such row");
        }
        long version = 1 + RANDOM.nextLong(Long.MAX_VALUE - 1);
        int[][] ofParts = new int[masks.length][];
        synchronized (masks) {
            for (int p = 0; p < masks.length; p++) {
                ofParts[p] = masks[p].of(row, version);
            }
        }
        return new RowMask(shape, row, version, ofParts);
    }

    /** Sums of both servers' masks. Not for several threads. */
    private static final class Masks {
        private final Part part;
        private final Shape shape;
        private final Prg a;
        private final Prg b;

        Masks(Part part, Shape shape, SecretBytes master) {
            this.part = part;
            this.shape = shape;
            try (SecretBytes keyA = maskKey(master, Side.A);
                    SecretBytes keyB = maskKey(master, Side.B)) {
                a = part.masks(keyA);
                b = part.masks(keyB);
            }
        }

        int[] of(int row, long version) {
            return Words.plus(part.mask(a, shape, row, version), part.mask(b, shape, row, version));
        }
    }

    /**
     * Mints tokens. The masks of the rows are expanded once for all of them, so many at a time are cheaper.
     *
     * @param plan what the tokens are for
     * @param roll the rows that there are
     * @param count how many
     * @return so many tokens
     */
    public List<Token> mint(Plan plan, Roll roll, int count) {
        if (!plan.shape().equals(shape) || roll.size() > plan.capacity()) {
            throw new IllegalArgumentException("the plan is for another collection");
        }
        List<Seeds> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seeds.add(new Seeds(UUID.randomUUID(), plan.pruned()));
        }
        List<Entries> entries = entries(seeds, roll, plan.pruned());
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(seeds.get(i).token(plan, entries.get(i)));
        }
        minted.addAndGet(count);
        return tokens;
    }

    /**
     * Extends a token that was minted before some rows were there.
     *
     * @param token the user's part
     * @param rows the rows it lacks, see {@link Roll#since}
     * @return what server B deposits; server A needs nothing. The same for the same rows
     */
    public byte[] supplement(UserToken token, Roll rows) {
        boolean pruned = token.plan().pruned();
        ByteWriter out = new ByteWriter().u8(SUPPLEMENT_VERSION);
        entries(List.of(new Seeds(token.id(), pruned)), rows, pruned).get(0).write(out);
        return out.toByteArray();
    }

    /**
     * How many tokens this dealer minted since it was made.
     *
     * @return tokens
     */
    public long minted() {
        return minted.get();
    }

    private List<Entries> entries(List<Seeds> seeds, Roll roll, boolean pruned) {
        int[] rows = new int[roll.size()];
        long[] versions = new long[roll.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = roll.row(i);
            versions[i] = roll.version(i);
        }
        Part[] parts = Part.of(pruned);
        int[][][] shares = new int[seeds.size()][parts.length][];
        for (int p = 0; p < parts.length; p++) {
            Masks ofPart = new Masks(parts[p], shape, master);
            for (int t = 0; t < shares.length; t++) {
                shares[t][p] = Part.productShares(parts[p].products(seeds.get(t).a), rows, versions);
            }
            for (int i = 0; i < rows.length; i++) {
                int[] mask = ofPart.of(rows[i], versions[i]);
                for (int t = 0; t < shares.length; t++) {
                    // B's share: M·r less what A expands.
                    shares[t][p][i] = Words.dot(mask, seeds.get(t).queryMasks[p]) - shares[t][p][i];
                }
            }
        }
        List<Entries> entries = new ArrayList<>();
        for (int[][] ofToken : shares) {
            entries.add(new Entries(roll, ofToken));
        }
        return entries;
    }

    /** Both servers' seeds of one token, and the query's mask, which is the sum of what they expand. */
    private final class Seeds {
        private final UUID id;
        private final SecretBytes a;
        private final SecretBytes b;
        private final int[][] queryMasks;

        Seeds(UUID id, boolean pruned) {
            this.id = id;
            byte[] name = new ByteWriter().uuid(id).toByteArray();
            a = master.derive(TOKEN_SEED, Side.A.label(), name);
            b = master.derive(TOKEN_SEED, Side.B.label(), name);
            Part[] parts = Part.of(pruned);
            queryMasks = new int[parts.length][];
            for (int p = 0; p < parts.length; p++) {
                queryMasks[p] = Words.plus(
                        parts[p].queryMask(parts[p].products(a), shape),
                        parts[p].queryMask(parts[p].products(b), shape));
            }
        }

        Token token(Plan plan, Entries entries) {
            return new Token(
                    new UserToken(id, plan, queryMasks),
                    ServerToken.dealA(id, plan, a, b),
                    ServerToken.dealB(id, plan, a, b, entries));
        }
    }

    @Override
    public String toString() {
        return "Dealer[secret]";
    }
}
