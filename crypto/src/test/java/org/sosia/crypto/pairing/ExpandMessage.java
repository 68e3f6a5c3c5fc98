package org.sosia.crypto.pairing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sosia.crypto.encoding.Digests;

/** {@code expand_message_xmd} of RFC 9380, section 5.3.1, written from the text, to judge the library's. */
final class ExpandMessage {
    private ExpandMessage() {}

    static byte[] xmdSha256(byte[] message, String domain, int length) {
        byte[] given = domain.getBytes(StandardCharsets.US_ASCII);
        // Section 5.3.3: a domain that is too long is hashed.
        byte[] dst = given.length <= 255
                ? given
                : Digests.sha256("H2C-OVERSIZE-DST-".getBytes(StandardCharsets.US_ASCII), given);
        byte[] dstLength = {(byte) dst.length};
        byte[] outLength = {(byte) (length >>> 8), (byte) length};
        byte[] b0 = Digests.sha256(new byte[64], message, outLength, new byte[1], dst, dstLength);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[32];
        for (int i = 1; out.size() < length; i++) {
            for (int j = 0; j < block.length; j++) {
                block[j] ^= b0[j];
            }
            block = Digests.sha256(block, new byte[] {(byte) i}, dst, dstLength);
            out.writeBytes(block);
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }
}
