package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in lists travel in addresses, where anybody writes what they like. */
class CursorTest {
    private static final Cursor PLACE = new Cursor(Instant.parse("2026-03-14T09:26:53.589793Z"), new UUID(1, 2), true);

    @Test
    void whatWasWrittenIsRead() {
        assertThat(Cursor.parse(PLACE.toText())).contains(PLACE);
        assertThat(Cursor.parse(Cursor.OLDEST_FIRST)).contains(new Cursor(Instant.EPOCH, new UUID(0, 0), true));
    }

    /** A store cannot compare with the year 1,000,000,000: it would answer with an error of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "oldest_",
                "+1000000000-12-31T23:59:59.999999999Z_00000000-0000-0001-0000-000000000002",
                "-1000000000-01-01T00:00:00Z_00000000-0000-0001-0000-000000000002",
                "9999-01-01T00:00:00Z_00000000-0000-0001-0000-000000000002",
                "2026-03-14T09:26:53.589793Z_0-0-1-0-2",
                "2026-03-14T09:26:53.5897930001Z_00000000-0000-0001-0000-000000000002",
                "2026-03-14T09:26:53.589793Z_00000000-0000-0001-0000-000000000002_"
            })
    void nothingElseIsAPlace(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
