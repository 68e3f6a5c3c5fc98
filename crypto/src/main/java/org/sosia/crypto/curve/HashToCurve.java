package org.sosia.crypto.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.Digests;

/** RFC 9380, suite {@code P256_XMD:SHA-256_SSWU_RO_}; the names are the RFC's. Not in constant time: for inputs that only the caller knows. */
final class HashToCurve {
    /** Bytes for one field element: 256 bits and 128 more (5.1). */
    private static final int L = 48;

    private static final int SHA256_BLOCK_BYTES = 64;
    private static final BigInteger Z = BigInteger.valueOf(-10);

    private HashToCurve() {}

    /** 3, hash_to_curve: the cofactor is one. */
    static ECPoint hash(ECCurve curve, byte[] domain, byte[] message) {
        byte[] uniform = expand(message, domain, 2 * L);
        return map(curve, element(curve, Arrays.copyOf(uniform, L)))
                .add(map(curve, element(curve, Arrays.copyOfRange(uniform, L, 2 * L))));
    }

    /** 5.3.1, expand_message_xmd. */
    static byte[] expand(byte[] message, byte[] domain, int length) {
        if (domain.length < 1 || domain.length > 255 || length > 255 * Digests.BYTES) {
            throw new IllegalArgumentException("the domain or the length is out of bounds");
        }
        byte[] dstPrime = Arrays.copyOf(domain, domain.length + 1);
        dstPrime[domain.length] = (byte) domain.length;
        byte[] size = {(byte) (length >>> 8), (byte) length, 0};
        byte[] b0 = Digests.sha256(new byte[SHA256_BLOCK_BYTES], message, size, dstPrime);
        byte[] uniform = new byte[length];
        byte[] previous = new byte[Digests.BYTES];
        for (int i = 1, at = 0; at < length; i++, at += Digests.BYTES) {
            byte[] mixed = previous;
            for (int j = 0; j < mixed.length; j++) {
                mixed[j] ^= b0[j];
            }
            previous = Digests.sha256(mixed, new byte[] {(byte) i}, dstPrime);
            System.arraycopy(previous, 0, uniform, at, Math.min(Digests.BYTES, length - at));
        }
        return uniform;
    }

    private static ECFieldElement element(ECCurve curve, byte[] uniform) {
        return element(curve, new BigInteger(1, uniform));
    }

    private static ECFieldElement element(ECCurve curve, BigInteger number) {
        return curve.fromBigInteger(number.mod(curve.getField().getCharacteristic()));
    }

    /** 6.6.2, the simplified map of Shallue, van de Woestijne and Ulas. */
    private static ECPoint map(ECCurve curve, ECFieldElement u) {
        ECFieldElement a = curve.getA();
        ECFieldElement b = curve.getB();
        ECFieldElement zu2 = element(curve, Z).multiply(u.square());
        ECFieldElement tv1 = zu2.square().add(zu2);
        ECFieldElement x1 = tv1.isZero()
                ? b.divide(element(curve, Z).multiply(a))
                : b.negate().divide(a).multiply(tv1.invert().addOne());
        @Nullable ECFieldElement y1 = g(x1, a, b).sqrt();
        ECFieldElement x = y1 == null ? zu2.multiply(x1) : x1;
        // If g(x1) is no square, g(Z·u²·x1) is one.
        ECFieldElement y = y1 == null ? g(x, a, b).sqrt() : y1;
        ECFieldElement signed = u.testBitZero() == y.testBitZero() ? y : y.negate();
        return curve.createPoint(x.toBigInteger(), signed.toBigInteger());
    }

    private static ECFieldElement g(ECFieldElement x, ECFieldElement a, ECFieldElement b) {
        return x.square().add(a).multiply(x).add(b);
    }
}
