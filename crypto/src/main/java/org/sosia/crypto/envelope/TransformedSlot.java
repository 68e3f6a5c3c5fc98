package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Gt;

/**
 * What the cloud made of a policy slot with one person's transform key.
 *
 * <p><b>Security.</b> Tells nothing without that person's retrieval key. What a lying cloud sends is noticed when the envelope is opened.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, T (576).
 *
 * <p><b>Source.</b> T in docs/SCHEME.md, section 3, Transform.
 */
public final class TransformedSlot {
    /** An encoded slot. */
    public static final int ENCODED_BYTES = 1 + Gt.BYTES;

    private static final byte VERSION = 1;

    private final Gt transformed;

    TransformedSlot(Gt transformed) {
        this.transformed = transformed;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the slot
     * @throws GeneralSecurityException if version, length or the element is wrong
     */
    public static TransformedSlot decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        Gt transformed = Gt.decode(reader.fixed(Gt.BYTES));
        reader.end();
        return new TransformedSlot(transformed);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter().u8(VERSION).fixed(transformed.encode()).toByteArray();
    }

    Gt transformed() {
        return transformed;
    }
}
