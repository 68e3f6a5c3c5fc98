package org.sosia.crypto.keywords;

import java.nio.charset.StandardCharsets;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An oblivious pseudorandom function: the client's side of RFC 9497, suite P256-SHA256, mode OPRF. The key is the sum of the halves of two servers, so
 * the client adds what they answer; with one server of both halves the outputs are the RFC's.
 */
final class Oprf implements SecretMaterial {
    private static final String SUITE = "OPRFV1-\0-P256-SHA256";
    private static final byte[] GROUP_DOMAIN = ("HashToGroup-" + SUITE).getBytes(StandardCharsets.UTF_8);
    private static final byte[] FINALIZE = "Finalize".getBytes(StandardCharsets.UTF_8);

    private final byte[] input;
    private final Exponent blind;

    Oprf(byte[] input) {
        this(input, Exponent.random());
    }

    /** With a given blind, for published vectors. */
    Oprf(byte[] input, Exponent blind) {
        this.input = input.clone();
        this.blind = blind;
    }

    /** Blind: uniform, whatever the input. */
    byte[] blinded() {
        return Point.hash(GROUP_DOMAIN, input).times(blind).encode();
    }

    /** BlindEvaluate, by one server with its half of the key. */
    static byte[] evaluate(Exponent half, byte[] blinded) throws MalformedException {
        return Point.decode(blinded).times(half).encode();
    }

    /** Finalize: 32 bytes. */
    byte[] output(byte[] ofA, byte[] ofB) throws MalformedException {
        Point sum = Point.decode(ofA).plus(Point.decode(ofB));
        byte[] unblinded = sum.times(blind.inverse()).encode();
        return Digests.sha256(
                new ByteWriter().sized(input).sized(unblinded).fixed(FINALIZE).toByteArray());
    }

    @Override
    public String toString() {
        return "Oprf[secret]";
    }
}
