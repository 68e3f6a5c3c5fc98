package org.sosia.persistence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * The first frame of a channel to a server of searches: what the channel is for. FORMATS, Frames of searches.
 *
 * @param purpose what comes next
 * @param rack the gallery of a link; empty for questions, each of which names its own
 */
record Opening(Purpose purpose, String rack) {

    static final int MOST_NAME_BYTES = 256;

    private static final byte VERSION = 1;

    /** What a channel is for. */
    enum Purpose {
        /** Questions of the hospital, one after the other, each answered before the next. */
        QUESTIONS(0),
        /** What the two servers say to each other about one gallery. */
        LINK(1);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }

        static Optional<Purpose> of(int code) {
            return Arrays.stream(values())
                    .filter(purpose -> purpose.code == code)
                    .findFirst();
        }
    }

    byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(purpose.code)
                .sized(rack.getBytes(StandardCharsets.UTF_8))
                .toByteArray();
    }

    static Opening decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, 2 + Integer.BYTES + MOST_NAME_BYTES);
        in.expect(VERSION);
        Purpose purpose = Purpose.of(in.u8())
                .orElseThrow(() -> new MalformedException("the channel is for nothing that is known"));
        Opening opening = new Opening(purpose, in.text(MOST_NAME_BYTES));
        in.end();
        return opening;
    }
}
