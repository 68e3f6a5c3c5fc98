package org.sosia.crypto.splitting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * The first bytes of a share.
 *
 * @param number which share it is, counted from 0
 * @param keyShare its part of the key
 * @param commitment to the key
 */
@SuppressWarnings("ArrayRecordComponent")
record ShareHead(Splitting splitting, int number, UUID object, byte[] keyShare, byte[] commitment) {
    static final int BYTES = 88;

    private static final byte[] MAGIC = "SOSH".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int COMMITMENT_BYTES = 32;

    static ShareHead decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, BYTES);
        reader.expect(MAGIC);
        reader.expect(VERSION);
        Splitting splitting = SplitReceipt.readSplitting(reader);
        ShareHead head = new ShareHead(
                splitting, reader.u8(), reader.uuid(), reader.fixed(SplitKey.BYTES), reader.fixed(COMMITMENT_BYTES));
        reader.end();
        return head;
    }

    byte[] encode() {
        return new ByteWriter()
                .fixed(MAGIC)
                .u8(VERSION)
                .u8(splitting.needed())
                .u8(splitting.shares())
                .u8(number)
                .uuid(object)
                .fixed(keyShare)
                .fixed(commitment)
                .toByteArray();
    }

    /** What key, mask and commitment are bound to: the split, not the share. */
    static byte[] context(Splitting splitting, UUID object) {
        return new ByteWriter()
                .u8(VERSION)
                .u8(splitting.needed())
                .u8(splitting.shares())
                .uuid(object)
                .toByteArray();
    }

    @Override
    public String toString() {
        return "ShareHead[" + number + " of " + object + "]";
    }
}
