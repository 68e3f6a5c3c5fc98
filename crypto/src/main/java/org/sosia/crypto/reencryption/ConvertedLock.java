package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.pairing.Gt;

/**
 * What the proxy made of the owner's lock of one record.
 *
 * <p><b>Security.</b> Tells nothing to those who cannot open the re-key's target. It cannot be converted again: it is in the target group. What a lying proxy
 * sends is noticed when the record is opened, and shown to others by {@link ConversionProof}.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, id of the re-key (16), SHA-256 of the record's core (32), T (576).
 *
 * <p><b>Source.</b> T in docs/SCHEME.md, section 4a, Convert.
 */
public final class ConvertedLock {
    /** An encoded lock. */
    public static final int ENCODED_BYTES = 1 + 16 + Digests.BYTES + Gt.BYTES;

    private static final byte VERSION = 1;

    private final UUID reKey;
    private final byte[] coreDigest;
    private final Gt converted;

    ConvertedLock(UUID reKey, byte[] coreDigest, Gt converted) {
        this.reKey = reKey;
        this.coreDigest = coreDigest.clone();
        this.converted = converted;
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the lock
     * @throws GeneralSecurityException if version, length or the element is wrong
     */
    public static ConvertedLock decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        UUID reKey = reader.uuid();
        byte[] coreDigest = reader.fixed(Digests.BYTES);
        Gt converted = Gt.decode(reader.fixed(Gt.BYTES));
        reader.end();
        return new ConvertedLock(reKey, coreDigest, converted);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .uuid(reKey)
                .fixed(coreDigest)
                .fixed(converted.encode())
                .toByteArray();
    }

    /**
     * With what it was made.
     *
     * @return the re-key's id
     */
    public UUID reKey() {
        return reKey;
    }

    /**
     * Of what it was made.
     *
     * @return SHA-256 of the record's core, as {@link Header#coreDigest()}
     */
    public byte[] coreDigest() {
        return coreDigest.clone();
    }

    boolean isFor(UUID wanted, Header header) {
        return reKey.equals(wanted) && Arrays.equals(coreDigest, header.coreDigest());
    }

    Gt converted() {
        return converted;
    }
}
