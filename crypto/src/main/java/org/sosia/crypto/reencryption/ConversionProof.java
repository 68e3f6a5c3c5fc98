package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;

/**
 * The proxy's proof that it used the re-key the owner signed: it knows one R with e(PK_o, R) = U and e(C_o, R) = T.
 *
 * <p><b>Security.</b> Convinces whoever checks it, and gives nothing away about the re-key: it can be simulated without it. Nobody but the proxy can make one.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, challenge (32), response, G2 (96).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4a; a proof of knowledge of a preimage of a group homomorphism, as Schnorr's: U. Maurer, Unifying Zero-Knowledge Proofs of Knowledge,
 * AFRICACRYPT 2009.
 */
public final class ConversionProof {
    /** An encoded proof. */
    public static final int ENCODED_BYTES = 1 + Scalar.BYTES + G2.BYTES;

    private static final byte VERSION = 1;
    private static final String CHALLENGE = "sosia/v1/conversion-proof";

    private final Scalar challenge;
    private final G2 response;

    private ConversionProof(Scalar challenge, G2 response) {
        this.challenge = challenge;
        this.response = response;
    }

    static ConversionProof of(Terms terms, Header header, ConvertedLock converted, G2 conversion) {
        G2 nonce = G2.GENERATOR.power(Scalar.random());
        Scalar challenge = challenge(
                terms,
                converted,
                PairingProduct.pair(terms.scope().ownerKey(), nonce),
                PairingProduct.pair(header.ownerLock(), nonce));
        return new ConversionProof(challenge, nonce.multiply(conversion.power(challenge)));
    }

    boolean holds(Terms terms, Header header, ConvertedLock converted) {
        Gt first = committed(terms.scope().ownerKey(), terms.blinded());
        Gt second = committed(header.ownerLock(), converted.converted());
        return challenge.equals(challenge(terms, converted, first, second));
    }

    /** e(base, S) · image^(-c). */
    private Gt committed(G1 base, Gt image) {
        return PairingProduct.pair(base, response).multiply(image.power(challenge.negate()));
    }

    private static Scalar challenge(Terms terms, ConvertedLock converted, Gt first, Gt second) {
        return Scalar.hash(
                CHALLENGE,
                terms.scope().bound(),
                terms.blinded().encode(),
                converted.encode(),
                first.encode(),
                second.encode());
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the proof, not yet checked
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static ConversionProof decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        Scalar challenge = Scalar.decode(reader.fixed(Scalar.BYTES));
        G2 response = G2.decode(reader.fixed(G2.BYTES));
        reader.end();
        return new ConversionProof(challenge, response);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(challenge.encode())
                .fixed(response.encode())
                .toByteArray();
    }
}
