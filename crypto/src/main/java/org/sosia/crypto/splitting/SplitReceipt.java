package org.sosia.crypto.splitting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/**
 * What splitting leaves: how it was done, and the digest of each share, by which a damaged one is named. Nothing in it is secret; whoever
 * merges must have it from a place that the stores do not control.
 *
 * <p><b>Shape.</b> See docs/FORMATS.md, section Share.
 */
public final class SplitReceipt {
    /** Limit of the encoding. */
    public static final int MAX_ENCODED_BYTES = 27 + Splitting.MAX_SHARES * Digests.BYTES;

    private static final byte VERSION = 1;

    private final Splitting splitting;
    private final UUID object;
    private final long length;
    private final List<byte[]> digests;

    SplitReceipt(Splitting splitting, UUID object, long length, List<byte[]> digests) {
        this.splitting = splitting;
        this.object = object;
        this.length = length;
        this.digests = digests;
    }

    /**
     * Decodes.
     *
     * @param encoded at most {@value #MAX_ENCODED_BYTES} bytes
     * @return the receipt
     * @throws GeneralSecurityException if the bytes are not exactly one receipt
     */
    public static SplitReceipt decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        reader.expect(VERSION);
        Splitting splitting = readSplitting(reader);
        UUID object = reader.uuid();
        long length = reader.u64();
        List<byte[]> digests = new ArrayList<>();
        for (int i = 0; i < splitting.shares(); i++) {
            digests.add(reader.fixed(Digests.BYTES));
        }
        reader.end();
        return new SplitReceipt(splitting, object, length, digests);
    }

    static Splitting readSplitting(ByteReader reader) throws MalformedException {
        int needed = reader.u8();
        int shares = reader.u8();
        if (!Splitting.isPossible(needed, shares)) {
            throw new MalformedException("content is not split in this way");
        }
        return Splitting.of(needed, shares);
    }

    /**
     * Encodes.
     *
     * @return the bytes
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter()
                .u8(VERSION)
                .u8(splitting.needed())
                .u8(splitting.shares())
                .uuid(object)
                .u64(length);
        digests.forEach(writer::fixed);
        return writer.toByteArray();
    }

    /**
     * How the content was split.
     *
     * @return k of n
     */
    public Splitting splitting() {
        return splitting;
    }

    /**
     * What was split.
     *
     * @return its id
     */
    public UUID object() {
        return object;
    }

    /**
     * The length of what was split.
     *
     * @return bytes of sealed content
     */
    public long length() {
        return length;
    }

    /**
     * The length of each share.
     *
     * @return bytes
     */
    public long shareLength() {
        return splitting.shareLength(length);
    }

    /**
     * Reads a share to its end and requires that nothing was changed.
     *
     * @param number which share it should be, counted from 0
     * @param share the share
     * @throws DamagedShareException if it is not, byte for byte, the share that was written
     * @throws IOException if it cannot be read
     */
    public void verify(int number, SealedSource share) throws IOException {
        if (share.length() != shareLength()) {
            throw new DamagedShareException(number);
        }
        MessageDigest digest = Digests.newSha256();
        try (InputStream bytes = new DigestInputStream(share.read(0, share.length()), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        if (!isDigest(number, digest.digest())) {
            throw new DamagedShareException(number);
        }
    }

    /**
     * Whether a share that was read elsewhere is, byte for byte, the one that was written.
     *
     * @param number which share it should be, counted from 0
     * @param digest its SHA-256
     * @return whether it is
     */
    public boolean isDigest(int number, byte[] digest) {
        return MessageDigest.isEqual(digest, digests.get(number));
    }

    @Override
    public String toString() {
        return "SplitReceipt[" + object + ", " + splitting + ", " + length + " bytes]";
    }
}
