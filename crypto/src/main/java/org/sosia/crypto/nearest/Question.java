package org.sosia.crypto.nearest;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/** A user's search: one request to each server, and the reading of their two answers. */
public final class Question {
    static final byte VERSION = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID id;
    private final Plan plan;
    private final boolean distances;
    private final byte[] forA;
    private final byte[] forB;

    /**
     * Asks for the rows nearest to a vector.
     *
     * @param token is used up by this
     * @param vector one byte for each coordinate
     * @param k how many rows, at most what the token's plan allows
     * @param distances whether the squared distances are wanted too, which must be granted
     */
    public Question(UserToken token, byte[] vector, int k, boolean distances) {
        id = token.id();
        plan = token.plan();
        this.distances = distances;
        Shape shape = plan.shape();
        shape.check(vector);
        if (k < 1 || k > plan.mostNeighbours()) {
            throw new IllegalArgumentException("the token allows no such k");
        }
        ByteWriter a = head(Side.A, k);
        ByteWriter b = head(Side.B, k);
        int[][] masks = token.takeMasks();
        for (Part part : Part.of(plan.pruned())) {
            int[] values = part.of(shape, vector);
            byte[] masked = Words.bytes(Words.minus(values, masks[part.index]));
            int share = RANDOM.nextInt();
            a.fixed(masked).fixed(Words.bytes(share));
            b.fixed(masked).fixed(Words.bytes(Words.dot(values, values) - share));
        }
        forA = a.toByteArray();
        forB = b.toByteArray();
    }

    private ByteWriter head(Side side, int k) {
        return new ByteWriter().u8(VERSION).u8(side.code).uuid(id).u16(k).u8(distances ? 1 : 0);
    }

    /**
     * The request to one server. It is uniform but for the token and k.
     *
     * @param side which server
     * @return the request
     */
    public byte[] request(Side side) {
        return (side == Side.A ? forA : forB).clone();
    }

    /**
     * A row of the result.
     *
     * @param row its number
     * @param squaredDistance if it was wanted and granted
     */
    public record Neighbour(int row, OptionalInt squaredDistance) {}

    /**
     * A result.
     *
     * @param neighbours the nearest first; of equally near ones the lowest row first
     * @param searched how many rows were searched
     * @param kept how many of them the bound did not reject; all in the sealed mode
     */
    public record Result(List<Neighbour> neighbours, int searched, int kept) {
        /** Takes a copy. */
        public Result {
            neighbours = List.copyOf(neighbours);
        }
    }

    /**
     * Puts the two answers together.
     *
     * @param a server A's
     * @param b server B's
     * @return the result
     * @throws MalformedException if they are no answers to this question, or do not fit each other
     */
    public Result read(byte[] a, byte[] b) throws MalformedException {
        Answer ofA = Answer.decode(Side.A, id, a);
        Answer ofB = Answer.decode(Side.B, id, b);
        int k = ofA.shares().length;
        if (k != ofB.shares().length || ofA.searched() != ofB.searched() || ofA.kept() != ofB.kept()) {
            throw new MalformedException("the two answers do not fit each other");
        }
        int bits = distances ? plan.keyBits() + 1 : plan.indexBits();
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            long key = ofA.shares()[i] + ofB.shares()[i] & (1L << bits) - 1;
            int row = (int) (key & (1L << plan.indexBits()) - 1);
            neighbours.add(new Neighbour(row, distances ? distance(key) : OptionalInt.empty()));
        }
        return new Result(neighbours, ofA.searched(), ofA.kept());
    }

    private OptionalInt distance(long key) throws MalformedException {
        long distance = key >>> plan.indexBits();
        if (distance >= 1L << plan.shape().distanceBits()) {
            throw new MalformedException("a distance is larger than any");
        }
        return OptionalInt.of((int) distance);
    }

    /** What a server sends to the user. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and it lives for one call
    record Answer(long[] shares, int searched, int kept) {
        byte[] encode(Side side, UUID id) {
            return new ByteWriter()
                    .u8(VERSION)
                    .u8(side.code)
                    .uuid(id)
                    .u32(searched)
                    .u32(kept)
                    .u16(shares.length)
                    .fixed(Words.bytes(shares))
                    .toByteArray();
        }

        static Answer decode(Side side, UUID id, byte[] encoded) throws MalformedException {
            ByteReader in = new ByteReader(encoded, 64 + Long.BYTES * Plan.MOST_NEIGHBOURS);
            in.expect(VERSION, side.code);
            if (!in.uuid().equals(id)) {
                throw new MalformedException("an answer to another question");
            }
            int searched = in.u32();
            int kept = in.u32();
            long[] shares = Words.longs(in, in.u16());
            in.end();
            return new Answer(shares, searched, kept);
        }
    }
}
