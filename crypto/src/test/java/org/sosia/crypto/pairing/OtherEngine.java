package org.sosia.crypto.pairing;

import java.math.BigInteger;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381Pairing;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.Fp12Element;
import org.bouncycastle.crypto.bls.Fp2Element;
import org.bouncycastle.crypto.bls.Fp6Element;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * Bouncy Castle's pure Java BLS12-381 as an independent judge of the native library.
 *
 * <p>Its pairing is the cube root of ours: both are pairings, they differ in the final exponent.
 */
public final class OtherEngine {
    private OtherEngine() {}

    /** Our encoding of e(p, q). */
    public static byte[] pair(byte[] g1, byte[] g2) {
        Fp12Element root = BLS12_381Pairing.pair(
                BLS12_381Serialization.decompressG1(g1, BLS12_381G1.createCurve()),
                BLS12_381Serialization.decompressG2(g2));
        return encode(root.mul(root).mul(root));
    }

    public static byte[] power(byte[] g1, byte[] g2, BigInteger exponent) {
        Fp12Element root = BLS12_381Pairing.pair(
                BLS12_381Serialization.decompressG1(g1, BLS12_381G1.createCurve()),
                BLS12_381Serialization.decompressG2(g2));
        return encode(root.mul(root).mul(root).modPow(exponent));
    }

    private static byte[] encode(Fp12Element element) {
        Fp6Element even = element.c0();
        Fp6Element odd = element.c1();
        ByteWriter writer = new ByteWriter();
        for (Fp2Element coefficient :
                new Fp2Element[] {even.c0(), odd.c0(), even.c1(), odd.c1(), even.c2(), odd.c2()}) {
            writer.fixed(fixed(coefficient.c0())).fixed(fixed(coefficient.c1()));
        }
        return writer.toByteArray();
    }

    private static byte[] fixed(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] field = new byte[48];
        int length = Math.min(digits.length, field.length);
        System.arraycopy(digits, digits.length - length, field, field.length - length, length);
        return field;
    }
}
