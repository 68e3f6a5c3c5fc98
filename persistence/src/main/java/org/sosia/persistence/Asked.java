package org.sosia.persistence;

import java.nio.charset.StandardCharsets;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.Link;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.GalleryRefusedException.Why;

/**
 * A question to a server in another process, and what comes back: one frame each. FORMATS, Frames of searches.
 *
 * @param end the end that shall answer
 * @param who who searches
 * @param rows among which rows
 * @param request the encoded request for this end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and it lives for one call
record Asked(GalleryEnd end, String who, int[] rows, byte[] request) {

    private static final byte VERSION = 1;

    /** In place of a reason. */
    private static final int ANSWERED = 0xff;

    byte[] encode() {
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .u8(end.code())
                .u8(end.columns())
                .u8(end.rows())
                .u8(end.segments())
                .sized(utf8(end.realm()))
                .sized(utf8(end.extractor()))
                .sized(utf8(who))
                .u32(rows.length);
        for (int row : rows) {
            out.u32(row);
        }
        return out.sized(request).toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Asked decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, Link.MOST_FRAME_BYTES);
        in.expect(VERSION);
        End side = End.of(in.u8()).orElseThrow(() -> new MalformedException("a gallery has two ends"));
        int columns = in.u8();
        int height = in.u8();
        int segments = in.u8();
        if (columns < 1 || height < 1) {
            throw new MalformedException("no gallery has this form");
        }
        String realm = in.text(Opening.MOST_NAME_BYTES);
        String extractor = in.text(Opening.MOST_NAME_BYTES);
        var end = new GalleryEnd(realm, extractor, side, columns, height, segments);
        String who = in.text(Opening.MOST_NAME_BYTES);
        int count = in.u32();
        // A row takes four bytes, so there are no more of them than the frame is long.
        if (count < 0 || count > encoded.length / Integer.BYTES) {
            throw new MalformedException("more rows are announced than there are");
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = in.u32();
            if (rows[i] < 0) {
                throw new MalformedException("a row has no negative number");
            }
        }
        Asked asked = new Asked(end, who, rows, in.sized(encoded.length));
        in.end();
        return asked;
    }

    static byte[] answered(byte[] answer) {
        return new ByteWriter().u8(VERSION).u8(ANSWERED).sized(answer).toByteArray();
    }

    static byte[] refused(Why why) {
        return new ByteWriter().u8(VERSION).u8(why.code).toByteArray();
    }

    /** What came back. */
    static byte[] read(byte[] reply) throws MalformedException, GalleryRefusedException {
        ByteReader in = new ByteReader(reply, Link.MOST_FRAME_BYTES);
        in.expect(VERSION);
        int code = in.u8();
        if (code == ANSWERED) {
            byte[] answer = in.sized(reply.length);
            in.end();
            return answer;
        }
        in.end();
        throw new GalleryRefusedException(
                Why.of(code).orElseThrow(() -> new MalformedException("a refusal for no known reason")));
    }
}
