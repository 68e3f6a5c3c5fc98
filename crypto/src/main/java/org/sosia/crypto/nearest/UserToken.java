package org.sosia.crypto.nearest;

import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The user's part of a token: the mask of one query.
 *
 * <p><b>Security.</b> One query only: two queries under one mask would show their difference. Both servers burn a token when they see it; the
 * {@link Question} that takes it refuses a second vector.
 *
 * <p><b>Shape.</b> version 1 ‖ id (16) ‖ plan (13) ‖ for each part 4 bytes a coordinate.
 */
public final class UserToken implements SecretMaterial {
    private static final byte VERSION = 1;

    private final UUID id;
    private final Plan plan;
    private final int[][] masks;
    private boolean used;

    UserToken(UUID id, Plan plan, int[][] masks) {
        this.id = id;
        this.plan = plan;
        this.masks = masks;
    }

    /**
     * Which token this is.
     *
     * @return its id
     */
    public UUID id() {
        return id;
    }

    /**
     * What the token is good for.
     *
     * @return its plan
     */
    public Plan plan() {
        return plan;
    }

    synchronized int[][] takeMasks() {
        if (used) {
            throw new IllegalStateException("a token masks one query only");
        }
        used = true;
        return masks;
    }

    /**
     * Writes the token.
     *
     * @return its encoding, a secret
     */
    public byte[] exposeSecretBytes() {
        ByteWriter out = new ByteWriter().u8(VERSION).uuid(id);
        plan.write(out);
        for (int[] mask : masks) {
            out.fixed(Words.bytes(mask));
        }
        return out.toByteArray();
    }

    /**
     * Reads a token.
     *
     * @param encoded what {@link #exposeSecretBytes} wrote
     * @return the token
     * @throws MalformedException if it is none
     */
    public static UserToken decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        in.expect(VERSION);
        UUID id = in.uuid();
        Plan plan = Plan.read(in);
        Part[] parts = Part.of(plan.pruned());
        int[][] masks = new int[parts.length][];
        for (int p = 0; p < masks.length; p++) {
            masks[p] = Words.ints(in, parts[p].dimensions(plan.shape()));
        }
        in.end();
        return new UserToken(id, plan, masks);
    }

    @Override
    public String toString() {
        return "UserToken[secret]";
    }
}
