package org.sosia.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.GalleryRefusedException.Why;

/** What a server of searches and the hospital send each other, and the places in lists that come back in addresses. */
class StoreParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() {
        Asked asked = new Asked(
                new GalleryEnd("hospital", "grey-28.1", End.B, 28, 28, 7), "dora", new int[] {1, 5}, new byte[40]);
        Cursor cursor = new Cursor(Instant.parse("2026-03-14T09:26:53.589793Z"), new UUID(1, 2), true);
        return List.of(
                new Parser(
                        "opening of a channel",
                        bytes -> Opening.decode(bytes).encode(),
                        new Opening(Opening.Purpose.LINK, "hospital/grey-28.1").encode(),
                        new Opening(Opening.Purpose.QUESTIONS, "").encode()),
                new Parser("question to a server", bytes -> Asked.decode(bytes).encode(), asked.encode()),
                Parser.judging(
                        "reply of a server",
                        StoreParsersTest::read,
                        Asked.answered(new byte[40]),
                        Asked.refused(Why.MALFORMED)),
                new Parser(
                        "place in a list",
                        StoreParsersTest::place,
                        cursor.toText().getBytes(UTF_8),
                        new Cursor(cursor.at(), cursor.id()).toText().getBytes(UTF_8)));
    }

    private static byte[] place(byte[] bytes) throws MalformedException {
        String text = new String(bytes, UTF_8);
        Cursor cursor = Cursor.parse(text).orElseThrow(() -> new MalformedException("no place"));
        // The beginning of a list has a short form beside the place that it is.
        return text.equals(Cursor.OLDEST_FIRST) ? bytes : cursor.toText().getBytes(UTF_8);
    }

    /** That it is refused is something that was read, too. */
    private static void read(byte[] reply) throws MalformedException {
        try {
            Asked.read(reply);
        } catch (GalleryRefusedException refused) {
            Why.valueOf(refused.why().name());
        }
    }
}
