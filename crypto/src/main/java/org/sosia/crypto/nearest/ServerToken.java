package org.sosia.crypto.nearest;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/** One server's part of a token: a seed, and what cannot be expanded from it. docs/FORMATS.md, Search. */
final class ServerToken implements SecretMaterial {
    private static final byte VERSION = 1;
    private static final int SEED_BYTES = 32;
    private static final int MOST_BYTES = 256 << 20;
    private static final String SHUFFLE = "sosia/v1/nearest/shuffle";
    private static final String COMPARISONS = "sosia/v1/nearest/comparisons";

    final Side side;
    final UUID id;
    final Plan plan;
    private final SecretBytes seed;
    private final long[][] differences;
    private final @Nullable Entries entries;
    private final long[] corrections;
    private final long[] boundCorrections;

    private ServerToken(
            Side side,
            UUID id,
            Plan plan,
            SecretBytes seed,
            long[][] differences,
            @Nullable Entries entries,
            long[] corrections,
            long[] boundCorrections) {
        this.side = side;
        this.id = id;
        this.plan = plan;
        this.seed = seed;
        this.differences = differences;
        this.entries = entries;
        this.corrections = corrections;
        this.boundCorrections = boundCorrections;
    }

    static Prg shuffle(SecretBytes seed, int number) {
        try (SecretBytes key = seed.derive(SHUFFLE, new byte[] {(byte) number})) {
            return new Prg(key);
        }
    }

    static Prg comparisons(SecretBytes seed, Part part) {
        try (SecretBytes key = seed.derive(COMPARISONS, new byte[] {(byte) part.index})) {
            return new Prg(key);
        }
    }

    /** A's part, from both seeds. */
    static byte[] dealA(UUID id, Plan plan, SecretBytes seedA, SecretBytes seedB) {
        ByteWriter out = head(Side.A, id, plan, seedA);
        differences(out, plan, seedA, seedB);
        return out.toByteArray();
    }

    /** B's part, from both seeds. */
    static byte[] dealB(UUID id, Plan plan, SecretBytes seedA, SecretBytes seedB, Entries entries) {
        ByteWriter out = head(Side.B, id, plan, seedB);
        differences(out, plan, seedB, seedA);
        entries.write(out);
        for (Part part : Part.of(plan.pruned())) {
            Prg a = comparisons(seedA, part);
            Prg b = comparisons(seedB, part);
            out.fixed(Words.bytes(Comparisons.corrections(bits(plan, part), a, b, columns(plan, part))));
        }
        return out.toByteArray();
    }

    private static ByteWriter head(Side side, UUID id, Plan plan, SecretBytes seed) {
        ByteWriter out = new ByteWriter().u8(VERSION).u8(side.code).uuid(id);
        plan.write(out);
        return out.fixed(seed.exposeSecretBytes());
    }

    private static void differences(ByteWriter out, Plan plan, SecretBytes permuting, SecretBytes masking) {
        List<Integer> sizes = plan.shuffles();
        for (int s = 0; s < sizes.size(); s++) {
            out.fixed(Words.bytes(Shuffle.difference(shuffle(permuting, s), shuffle(masking, s), sizes.get(s))));
        }
    }

    private static int bits(Plan plan, Part part) {
        return part == Part.VECTOR ? plan.keyBits() : plan.boundBits();
    }

    private static int columns(Plan plan, Part part) {
        return part == Part.VECTOR ? plan.columns() : plan.boundColumns();
    }

    static ServerToken decode(Side side, byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, MOST_BYTES);
        in.expect(VERSION, side.code);
        UUID id = in.uuid();
        Plan plan = Plan.read(in);
        SecretBytes seed = SecretBytes.copyOf(in.fixed(SEED_BYTES));
        List<Integer> sizes = plan.shuffles();
        long[][] differences = new long[sizes.size()][];
        for (int s = 0; s < differences.length; s++) {
            differences[s] = Words.longs(in, sizes.get(s));
        }
        Entries entries = null;
        long[][] corrections = {{}, {}};
        if (side == Side.B) {
            entries = Entries.read(in, plan.pruned());
            for (Part part : Part.of(plan.pruned())) {
                int words = Comparisons.gates(bits(plan, part)) * columns(plan, part);
                corrections[part.index] = Words.longs(in, words);
            }
        }
        in.end();
        return new ServerToken(side, id, plan, seed, differences, entries, corrections[0], corrections[1]);
    }

    ServerToken with(Entries supplement) {
        Entries all = entries == null ? supplement : entries.and(supplement);
        return new ServerToken(side, id, plan, seed, differences, all, corrections, boundCorrections);
    }

    Prg products(Part part) {
        return part.products(seed);
    }

    /** This server's shares of the products of the query's mask with the rows' masks, for each part. */
    int[][] productShares(int[] rows, long[] versions) throws SearchRefusedException {
        if (entries != null) {
            return entries.of(rows, versions);
        }
        Part[] parts = Part.of(plan.pruned());
        int[][] shares = new int[parts.length][];
        for (int p = 0; p < shares.length; p++) {
            shares[p] = Part.productShares(products(parts[p]), rows, versions);
        }
        return shares;
    }

    long[] shuffle(int number, long[] share, Conversation peer) throws SearchRefusedException {
        return Shuffle.run(side, share, shuffle(seed, number), differences[number], peer);
    }

    Comparisons comparisons(Part part, Conversation peer) {
        long[] own = part == Part.VECTOR ? corrections : boundCorrections;
        return new Comparisons(side, bits(plan, part), comparisons(seed, part), own, columns(plan, part), peer);
    }

    @Override
    public String toString() {
        return "ServerToken[secret]";
    }
}
