package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;

/**
 * What a retrieval key looks like from outside: an authority issues transform keys to it, anybody checks them against it.
 *
 * <p><b>Security.</b> Says no more than a transform key says to the cloud that holds it (Y_u = e(K, g2) / e(A, L)). It is no secret, except for
 * who blinds the retrieval key with a passphrase: image and blinded key together let passphrases be tried offline. An image read from bytes
 * proves nothing about who knows the key; a {@link KeyRequest} does.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, P = g1^(1/z) (48), Y_u = Y^(1/z) (576).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Request.
 */
public final class RetrievalImage {
    /** An encoded image. */
    public static final int ENCODED_BYTES = 1 + G1.BYTES + Gt.BYTES;

    private static final byte VERSION = 1;

    private final G1 point;
    private final Gt secured;

    RetrievalImage(G1 point, Gt secured) {
        this.point = point;
        this.secured = secured;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the image
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static RetrievalImage decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        G1 point = G1.decode(reader.fixed(G1.BYTES));
        Gt secured = Gt.decode(reader.fixed(Gt.BYTES));
        reader.end();
        return new RetrievalImage(point, secured);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(point.encode())
                .fixed(secured.encode())
                .toByteArray();
    }

    /** P = g1^(1/z). */
    G1 point() {
        return point;
    }

    /** Y_u = Y^(1/z). */
    Gt secured() {
        return secured;
    }

    /**
     * Whether both are images of one retrieval key, under whatever parameters.
     *
     * @param other another image
     * @return P = P': there is one z to each
     */
    public boolean isOfSameKey(RetrievalImage other) {
        return point.equals(other.point);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetrievalImage that && point.equals(that.point) && secured.equals(that.secured);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "RetrievalImage[public]";
    }
}
