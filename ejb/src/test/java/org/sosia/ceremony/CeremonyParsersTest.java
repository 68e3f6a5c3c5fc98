package org.sosia.ceremony;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** How far a ceremony is, as a store keeps it. */
class CeremonyParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() {
        UUID ceremony = new UUID(1, 2);
        Proceedings begun = Proceedings.begun(
                true,
                2,
                Instant.ofEpochSecond(1_800_000_000),
                "ada",
                List.of(
                        Chair.empty(1, "ada", "Ada").taken(ceremony, SeatKey.random()),
                        Chair.empty(2, "bo", "Bo"),
                        Chair.empty(3, "cy", "Cy")),
                List.of(Hand.waiting(1, "ada"), Hand.waiting(2, "bo")));
        return List.of(new Parser(
                "proceedings of a ceremony",
                bytes -> Proceedings.decode(bytes).map(Proceedings::encode).orElse(bytes),
                begun.encode()));
    }
}
