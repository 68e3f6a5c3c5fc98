package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;

/**
 * One trustee's answer for one record: T^(w_i), with a proof that w_i is the trustee's share.
 *
 * <p><b>Security.</b> Fewer answers than the number tell nothing about the record, and nothing at all about another one.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, number of the trustee (1), T^(w_i) (576), challenge (32), response (32).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4b; the proof: Chaum and Pedersen, Wallet Databases with Observers, CRYPTO 1992, made non-interactive as by Fiat and Shamir.
 */
public final class TrusteeAnswer {
    /** An encoded answer. */
    public static final int ENCODED_BYTES = 2 + Gt.BYTES + 2 * Scalar.BYTES;

    private static final byte VERSION = 1;
    private static final String CHALLENGE = "sosia/v1/trustee-answer";

    private final int trustee;
    private final Gt power;
    private final Scalar challenge;
    private final Scalar response;

    private TrusteeAnswer(int trustee, Gt power, Scalar challenge, Scalar response) {
        this.trustee = trustee;
        this.power = power;
        this.challenge = challenge;
        this.response = response;
    }

    static TrusteeAnswer give(Scope scope, TrusteesTarget target, PersonKey trustee, ConvertedLock converted)
            throws GeneralSecurityException {
        int number = target.number(trustee);
        Scalar share = target.share(scope, number, trustee);
        Gt base = converted.converted();
        Gt power = base.power(share);
        Scalar nonce = Scalar.random();
        Scalar challenge = challenge(
                scope, number, converted, Generators.zPower(share), power, Generators.zPower(nonce), base.power(nonce));
        return new TrusteeAnswer(number, power, challenge, nonce.add(challenge.multiply(share)));
    }

    /** Z^s · V^(-c) and T^s · (T^w)^(-c) are what the prover committed to. */
    boolean holds(Scope scope, ConvertedLock converted, Gt commitment) {
        Scalar minus = challenge.negate();
        Gt first = Generators.zPower(response).multiply(commitment.power(minus));
        Gt second = converted.converted().power(response).multiply(power.power(minus));
        return challenge.equals(challenge(scope, trustee, converted, commitment, power, first, second));
    }

    private static Scalar challenge(
            Scope scope, int number, ConvertedLock converted, Gt commitment, Gt power, Gt first, Gt second) {
        return Scalar.hash(
                CHALLENGE,
                scope.bound(),
                new byte[] {(byte) number},
                converted.encode(),
                commitment.encode(),
                power.encode(),
                first.encode(),
                second.encode());
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the answer, not yet checked
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static TrusteeAnswer decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        int trustee = reader.u8();
        Gt power = Gt.decode(reader.fixed(Gt.BYTES));
        Scalar challenge = Scalar.decode(reader.fixed(Scalar.BYTES));
        Scalar response = Scalar.decode(reader.fixed(Scalar.BYTES));
        reader.end();
        return new TrusteeAnswer(trustee, power, challenge, response);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(trustee)
                .fixed(power.encode())
                .fixed(challenge.encode())
                .fixed(response.encode())
                .toByteArray();
    }

    /**
     * Whose answer it says to be.
     *
     * @return the trustee's number, counted from 1
     */
    public int trustee() {
        return trustee;
    }

    Gt power() {
        return power;
    }
}
