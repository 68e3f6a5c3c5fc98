package org.sosia.crypto.pairing;

import java.math.BigInteger;
import org.sosia.crypto.encoding.MalformedException;

/** The twelve coefficients of an encoded element of the target group, in the order of docs/FORMATS.md. */
final class GtEncoding {
    static final int COEFFICIENTS = 12;
    static final int COEFFICIENT_BYTES = 48;

    /** The prime of the curve's base field. */
    static final BigInteger FIELD = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);

    private GtEncoding() {}

    static BigInteger[] coefficients(byte[] encoded) throws MalformedException {
        BigInteger[] coefficients = new BigInteger[COEFFICIENTS];
        for (int i = 0; i < COEFFICIENTS; i++) {
            coefficients[i] = new BigInteger(1, encoded, i * COEFFICIENT_BYTES, COEFFICIENT_BYTES);
            if (coefficients[i].compareTo(FIELD) >= 0) {
                throw new MalformedException("this is no element of the target group");
            }
        }
        return coefficients;
    }
}
