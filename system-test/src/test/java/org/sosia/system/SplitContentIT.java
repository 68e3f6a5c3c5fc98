package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A highly sensitive record by REST, and what of it lies in either database. */
class SplitContentIT {

    /** More than one commit group at either cloud; a length that no other test has. */
    private static final int BYTES = 11_234_567;

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    @Test
    void aHighlySensitiveRecordLiesHalfAtEitherCloudUntilItIsDeleted() throws Exception {
        byte[] original = Samples.large(BYTES).readAllBytes();
        String metadata = journey.metadata("attachment").replace("\"medium\"", "\"high\"");
        String record = owner.upload(metadata, "large.bin", "application/octet-stream", () -> Samples.large(BYTES))
                .expect(201)
                .json()
                .getString("id");
        String path = "/records/" + record + "/content";
        String[] key = {"Sosia-Partial-Key", journey.grant(record)};

        // Read whole, in part, and as its double.
        assertThat(owner.get(path).expect(200).bytes()).isEqualTo(original);
        var real = doctor.get(path, key).expect(200);
        assertThat(real.bytes()).isEqualTo(original);
        assertThat(doctor.get(path, key[0], key[1], "Range", "bytes=8000000-8200000")
                        .expect(206)
                        .bytes())
                .isEqualTo(Arrays.copyOfRange(original, 8_000_000, 8_200_001));
        var twin = doctor.get(path).expect(200);
        assertThat(twin.bytes()).isNotEqualTo(original);
        assertThat(twin.response().headers().map().keySet())
                .isEqualTo(real.response().headers().map().keySet());

        // Half of it is at A; at B, two halves of equal length, of which nothing says whose they are.
        UUID id = UUID.fromString(record);
        try (Connection a = system.inside('a');
                Connection b = system.inside('b')) {
            long half = number(a, "SELECT sum(octet_length(body)) FROM part WHERE item_id = ?", id);
            assertThat(half)
                    .isLessThan(number(a, "SELECT sealed_bytes FROM item WHERE id = ?", id) * 51 / 100)
                    .isEqualTo(number(b, "SELECT sum(octet_length(body)) FROM part WHERE item_id = ?", id));
            String pieces = "SELECT count(*) FROM item WHERE state IN ('PIECE', 'BOUND') AND sealed_bytes = ?";
            assertThat(number(b, pieces, half)).isEqualTo(2);
            assertThat(system.violations()).isEmpty();

            // Whoever runs cloud B changes a bit of each: no wrong byte is released, and it is told as what it is.
            flip(b, half);
            assertThat(isBroken(path)).isTrue();
            assertThat(verified(record)).isFalse();
            flip(b, half);
            assertThat(owner.get(path).expect(200).bytes()).isEqualTo(original);
            assertThat(verified(record)).isTrue();

            owner.delete("/records/" + record).expect(204);
            assertThat(number(a, "SELECT count(*) FROM part WHERE item_id = ?", id))
                    .isZero();
            assertThat(number(b, "SELECT count(*) FROM part WHERE item_id = ?", id))
                    .isZero();
            assertThat(number(b, pieces, half)).isZero();
        }
        assertThat(system.violations()).isEmpty();
    }

    private boolean verified(String record) {
        return owner.post("/records/" + record + "/verify", "{}")
                .expect(200)
                .json()
                .getBoolean("contentIntact");
    }

    private boolean isBroken(String path) {
        var answer = owner.stream(path);
        try (InputStream body = answer.body()) {
            return body.readAllBytes().length < BYTES;
        } catch (IOException cut) {
            return true;
        }
    }

    private static void flip(Connection store, long half) throws SQLException {
        try (PreparedStatement update = store.prepareStatement(
                "UPDATE part SET body = set_byte(body, 4000, get_byte(body, 4000) # 1) WHERE seq = 9 AND item_id IN"
                        + " (SELECT id FROM item WHERE state IN ('PIECE', 'BOUND') AND sealed_bytes = ?)")) {
            update.setLong(1, half);
            assertThat(update.executeUpdate()).isEqualTo(2);
        }
    }

    private static long number(Connection store, String query, Object value) throws SQLException {
        try (PreparedStatement select = store.prepareStatement(query)) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
