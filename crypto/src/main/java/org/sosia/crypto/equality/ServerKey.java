package org.sosia.crypto.equality;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/**
 * A server's public point, with a proof that the server knows the secret behind it, in its role.
 *
 * <p><b>Security.</b> Words are encrypted under the sum of two points. A server that showed its point last, as c·G less the other's, would know the logarithm c of the sum
 * and read every word alone; it cannot prove that it knows its own (C.-P. Schnorr, 1991, made non-interactive). The role is in the proof, so that nobody shows the other's.
 *
 * <p><b>Shape.</b> version 1 ‖ point (65) ‖ challenge (32) ‖ response (32).
 */
public final class ServerKey {
    /** Length of an encoding. */
    public static final int ENCODED_BYTES = 1 + Point.LONG_BYTES + 2 * Exponent.ENCODED_BYTES;

    private static final byte VERSION = 1;
    private static final byte[] PROOF_LABEL = "sosia/v1/equality/server-proof".getBytes(StandardCharsets.US_ASCII);

    /** Which of the two servers. */
    public enum Role {
        /** Blinds and shuffles. */
        FRONT(1),
        /** Tells what is equal. */
        BACK(2);

        private final byte code;

        Role(int code) {
            this.code = (byte) code;
        }
    }

    private final Point point;
    private final Exponent challenge;
    private final Exponent response;

    private ServerKey(Point point, Exponent challenge, Exponent response) {
        this.point = point;
        this.challenge = challenge;
        this.response = response;
    }

    static ServerKey of(TestKey key, Role role) {
        Exponent nonce = Exponent.random();
        Exponent challenge = challenge(key.publicPoint(), Point.generate(nonce), role);
        return new ServerKey(key.publicPoint(), challenge, nonce.plus(challenge.times(key.secret)));
    }

    private static Exponent challenge(Point point, Point commitment, Role role) {
        return Exponent.reduced(
                Digests.sha256(PROOF_LABEL, new byte[] {role.code}, point.encodeLong(), commitment.encodeLong()));
    }

    private Point proven(Role role) throws MalformedException {
        Point commitment = Point.generate(response).plus(point.times(challenge.negated()));
        if (!challenge.equals(challenge(point, commitment, role))) {
            throw new MalformedException("the proof of a server's key does not hold");
        }
        return point;
    }

    /**
     * The point under which words are encrypted, once both servers have proven that they know their parts.
     *
     * @param front the first server's key
     * @param back the second server's
     * @return the sum of both points
     * @throws GeneralSecurityException if a proof does not hold for its role, or the points cancel each other
     */
    public static Point sum(ServerKey front, ServerKey back) throws GeneralSecurityException {
        Point sum = front.proven(Role.FRONT).plus(back.proven(Role.BACK));
        if (sum.encodeLong().length != Point.LONG_BYTES) {
            throw new MalformedException("the servers' keys cancel each other");
        }
        return sum;
    }

    /**
     * Writes the key.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(point.encodeLong())
                .fixed(challenge.exposeSecretBytes())
                .fixed(response.exposeSecretBytes())
                .toByteArray();
    }

    /**
     * Reads a key.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the key, not proven yet
     * @throws MalformedException if it is none
     */
    public static ServerKey decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, ENCODED_BYTES);
        in.expect(VERSION);
        var key = new ServerKey(
                Point.decodeLong(in.fixed(Point.LONG_BYTES)),
                Exponent.decode(in.fixed(Exponent.ENCODED_BYTES)),
                Exponent.decode(in.fixed(Exponent.ENCODED_BYTES)));
        in.end();
        return key;
    }
}
