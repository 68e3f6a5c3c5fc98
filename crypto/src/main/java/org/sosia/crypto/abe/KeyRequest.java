package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;

/**
 * A person asks an authority for a transform key: the image of the retrieval key, with a proof of knowing that key.
 *
 * <p><b>Security.</b> A Schnorr proof made non-interactive by hashing: it says that P and Y_u hide the same exponent and that who made it knew it, in this
 * context; it tells nothing else about it. It does not say <em>who</em> asks: that is what the context and the sign-in around it are for.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, P (48), Y_u (576), challenge (32), response (32).
 *
 * <p><b>Source.</b> C. P. Schnorr, CRYPTO 1989; for two bases D. Chaum and T. P. Pedersen, CRYPTO 1992. docs/SCHEME.md, section 3, Request.
 */
public final class KeyRequest {
    /** An encoded request. */
    public static final int ENCODED_BYTES = 1 + G1.BYTES + Gt.BYTES + 2 * Scalar.BYTES;

    private static final byte VERSION = 1;
    private static final String DOMAIN = "sosia/v1/key-request";

    private final RetrievalImage image;
    private final Scalar challenge;
    private final Scalar response;

    private KeyRequest(RetrievalImage image, Scalar challenge, Scalar response) {
        this.image = image;
        this.challenge = challenge;
        this.response = response;
    }

    /** SCHEME 3, Request: R = g1^ρ, R' = Y^ρ, c = H2S(parameters, P, Y_u, R, R', context), answer ρ + c/z. */
    static KeyRequest prove(PublicParameters parameters, RetrievalImage image, Scalar exponent, byte[] context) {
        Scalar nonce = Scalar.random();
        Scalar challenge =
                challenge(parameters, image, G1.GENERATOR.power(nonce), parameters.encapsulated(nonce), context);
        return new KeyRequest(image, challenge, nonce.add(challenge.multiply(exponent)));
    }

    /**
     * Checks the proof.
     *
     * @param parameters of the authority that was asked
     * @param context the bytes the request should have been made for
     * @return the image, to which transform keys may be issued from now on
     * @throws KeyRequestRefusedException if it was made for another context or authority, or by somebody who does not know the retrieval key
     */
    public RetrievalImage verify(PublicParameters parameters, byte[] context) throws KeyRequestRefusedException {
        Scalar negated = challenge.negate();
        G1 onPoint = G1.GENERATOR.power(response).multiply(image.point().power(negated));
        Gt onSecured =
                parameters.encapsulated(response).multiply(image.secured().power(negated));
        if (!challenge(parameters, image, onPoint, onSecured, context).equals(challenge)) {
            throw new KeyRequestRefusedException();
        }
        return image;
    }

    private static Scalar challenge(
            PublicParameters parameters, RetrievalImage image, G1 onPoint, Gt onSecured, byte[] context) {
        return Scalar.hash(DOMAIN, parameters.digest(), image.encode(), onPoint.encode(), onSecured.encode(), context);
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the request, not yet verified
     * @throws GeneralSecurityException if version, length, an element or a scalar is wrong
     */
    public static KeyRequest decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        G1 point = G1.decode(reader.fixed(G1.BYTES));
        Gt secured = Gt.decode(reader.fixed(Gt.BYTES));
        Scalar challenge = Scalar.decode(reader.fixed(Scalar.BYTES));
        Scalar response = Scalar.decode(reader.fixed(Scalar.BYTES));
        reader.end();
        return new KeyRequest(new RetrievalImage(point, secured), challenge, response);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(image.point().encode())
                .fixed(image.secured().encode())
                .fixed(challenge.encode())
                .fixed(response.encode())
                .toByteArray();
    }

    @Override
    public String toString() {
        return "KeyRequest[public]";
    }
}
