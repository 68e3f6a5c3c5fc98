package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Whoever runs a cloud's database changes it behind the application's back: he flips, cuts, empties, drops, swaps and repeats
 * rows of content, puts genuine rows of another record in their place, edits headers and metadata, gives a record another length,
 * version or patient. He succeeds if a reader gets one byte that was not sealed there, or is made to believe that a
 * part is the whole.
 *
 * <p>{@code -Dsosia.faults=N} tries more, {@code -Dsosia.seed=N} repeats a run.
 */
class TamperedStoreAttackIT {

    private static final System.Logger LOG = System.getLogger(TamperedStoreAttackIT.class.getName());

    private static final int FAULTS = Integer.getInteger("sosia.faults", 200);

    /** Three rows of the store, the last of them a short one. */
    private static final int BYTES = 600_000;

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    /** What whoever runs the database does to a row. */
    private enum Fault {
        FLIPPED_BIT,
        EMPTIED_ROW,
        MISSING_ROW,
        SHORT_ROW,
        LONG_ROW,
        SWAPPED_ROWS,
        REPEATED_ROW,
        ROW_OF_ANOTHER_RECORD,
        NO_ROWS,
        FLIPPED_HEADER,
        HEADER_OF_ANOTHER_RECORD,
        FLIPPED_METADATA,
        METADATA_OF_ANOTHER_RECORD,
        OTHER_LENGTH,
        OTHER_VERSION,
        OTHER_PATIENT
    }

    /** One way to read a record, and what it reads when nobody interferes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reader(char store, Api person, String[] headers, byte[] whole) {}

    @Test
    void whateverIsDoneToAStoreNoWrongByteLeavesIt() throws Exception {
        long seed = Long.getLong("sosia.seed", System.nanoTime());
        LOG.log(System.Logger.Level.INFO, "seed {0}", Long.toString(seed));
        var random = new SplittableRandom(seed);
        String record = upload();
        String other = upload();
        String[] key = {"Sosia-Partial-Key", journey.grant(record)};
        String[] none = {};
        byte[] original = Samples.large(BYTES).readAllBytes();
        byte[] twin = doctor.get(path(record)).expect(200).bytes();
        List<Reader> readers = List.of(
                new Reader('a', owner, none, original),
                new Reader('a', doctor, key, original),
                new Reader('b', doctor, none, twin));

        for (int i = 0; i < FAULTS; i++) {
            Fault fault = Fault.values()[i % Fault.values().length];
            Reader reader = readers.get(random.nextInt(readers.size()));
            try (var store = system.inside(reader.store())) {
                var stolen = new Rows(store, record);
                stolen.spoil(fault, other, random);
                nothingWrongIsReleased(fault + " at " + reader.store() + ", seed " + seed, reader, record);
                stolen.putBack();
            }
        }

        for (Reader reader : readers) {
            assertThat(reader.person()
                            .get(path(record), reader.headers())
                            .expect(200)
                            .bytes())
                    .as("what was put back opens again")
                    .isEqualTo(reader.whole());
        }
        assertThat(system.violations()).isEmpty();
        assertThat(incidents(record))
                .as("one a reader, however often it was seen")
                .isEqualTo(2);
    }

    /** A patient gets nothing of a stranger's record because a cloud says that it is hers. */
    @Test
    void aRecordPutIntoAnotherPatientsFileOpensForNobody() throws Exception {
        String record = upload();
        try (var store = system.inside('a')) {
            var stolen = new Rows(store, record);
            stolen.spoil(Fault.OTHER_PATIENT, upload(), new SplittableRandom(1));

            assertThat(owner.get("/records/" + record).status()).isEqualTo(500);
            assertThat(owner.get("/records/" + record).problem()).isEqualTo("integrity");

            stolen.putBack();
        }
        assertThat(owner.get("/records/" + record).status()).isEqualTo(200);
    }

    private String upload() {
        return owner.upload(
                        journey.metadata("attachment"),
                        "large.bin",
                        "application/octet-stream",
                        () -> Samples.large(BYTES))
                .expect(201)
                .json()
                .getString("id");
    }

    private static String path(String record) {
        return "/records/" + record + "/content";
    }

    private static void nothingWrongIsReleased(String fault, Reader reader, String record) {
        HttpResponse<InputStream> answer = reader.person().stream(path(record), reader.headers());
        var received = new ByteArrayOutputStream();
        boolean broken = false;
        try (InputStream in = answer.body()) {
            byte[] buffer = new byte[1 << 14];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received.write(buffer, 0, n);
            }
        } catch (IOException cut) {
            broken = true;
        }
        if (answer.statusCode() == 200) {
            assertThat(broken)
                    .as("%s: the answer must not seem to be whole", fault)
                    .isTrue();
            assertThat(received.size()).as(fault).isLessThan(reader.whole().length);
            assertThat(received.toByteArray())
                    .as("%s: what came before is genuine", fault)
                    .isEqualTo(Arrays.copyOf(reader.whole(), received.size()));
        } else {
            assertThat(answer.statusCode()).as("%s: %s", fault, received).isEqualTo(500);
            assertThat(received.toString(java.nio.charset.StandardCharsets.UTF_8))
                    .as(fault)
                    .contains("integrity");
        }
    }

    private long incidents(String record) {
        return system.as("security-desk").get("/alerts?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject())
                .filter(item -> item.getString("technique").equals("tampering"))
                .filter(item -> item.getString("record", "").equals(record))
                .count();
    }

    /** A record's rows as they were, to put back what was spoiled. */
    private static final class Rows {

        private final Connection store;
        private final UUID record;
        private final List<byte[]> parts = new ArrayList<>();
        private final byte[] header;
        private final byte[] metadata;
        private final int version;
        private final UUID patient;
        private final long length;

        Rows(Connection store, String record) throws SQLException {
            this.store = store;
            this.record = UUID.fromString(record);
            try (PreparedStatement select =
                            prepared("SELECT body FROM part WHERE item_id = ? ORDER BY seq", this.record);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    parts.add(rows.getBytes(1));
                }
            }
            try (PreparedStatement select = prepared(
                            "SELECT header, metadata, version, subject_id, sealed_bytes FROM item WHERE id = ?",
                            this.record);
                    ResultSet row = select.executeQuery()) {
                row.next();
                header = row.getBytes(1);
                metadata = row.getBytes(2);
                version = row.getInt(3);
                patient = row.getObject(4, UUID.class);
                length = row.getLong(5);
            }
        }

        void spoil(Fault fault, String otherRecord, SplittableRandom random) throws SQLException {
            UUID other = UUID.fromString(otherRecord);
            int seq = random.nextInt(parts.size());
            int next = (seq + 1 + random.nextInt(parts.size() - 1)) % parts.size();
            byte[] body = parts.get(seq);
            switch (fault) {
                case FLIPPED_BIT -> put(seq, flipped(body, random));
                case EMPTIED_ROW -> put(seq, new byte[0]);
                case MISSING_ROW -> run("DELETE FROM part WHERE item_id = ? AND seq = ?", record, seq);
                case NO_ROWS -> run("DELETE FROM part WHERE item_id = ?", record);
                case SHORT_ROW -> put(seq, Arrays.copyOf(body, random.nextInt(1, body.length)));
                case LONG_ROW -> put(seq, Arrays.copyOf(body, body.length + random.nextInt(1, 17_000)));
                case SWAPPED_ROWS -> {
                    put(seq, parts.get(next));
                    put(next, body);
                }
                case REPEATED_ROW -> put(seq, parts.get(next));
                case ROW_OF_ANOTHER_RECORD -> put(seq, new Rows(store, otherRecord).parts.get(seq));
                case FLIPPED_HEADER -> run("UPDATE item SET header = ? WHERE id = ?", flipped(header, random), record);
                case HEADER_OF_ANOTHER_RECORD ->
                    run("UPDATE item SET header = (SELECT header FROM item WHERE id = ?) WHERE id = ?", other, record);
                case FLIPPED_METADATA ->
                    run("UPDATE item SET metadata = ? WHERE id = ?", flipped(metadata, random), record);
                case METADATA_OF_ANOTHER_RECORD ->
                    run(
                            "UPDATE item SET metadata = (SELECT metadata FROM item WHERE id = ?) WHERE id = ?",
                            other,
                            record);
                case OTHER_LENGTH ->
                    run(
                            "UPDATE item SET sealed_bytes = ? WHERE id = ?",
                            Math.max(1, length + random.nextInt(-70_000, 70_000) * 2L + 1),
                            record);
                case OTHER_VERSION -> run("UPDATE item SET version = version + 1 WHERE id = ?", record);
                case OTHER_PATIENT ->
                    run(
                            "UPDATE item SET subject_id = (SELECT subject_id FROM item WHERE id = ?) WHERE id = ?",
                            other,
                            record);
            }
        }

        void putBack() throws SQLException {
            run("DELETE FROM part WHERE item_id = ?", record);
            for (int seq = 0; seq < parts.size(); seq++) {
                run("INSERT INTO part (item_id, seq, body) VALUES (?, ?, ?)", record, seq, parts.get(seq));
            }
            run(
                    "UPDATE item SET header = ?, metadata = ?, version = ?, subject_id = ?, sealed_bytes = ? WHERE id = ?",
                    header,
                    metadata,
                    version,
                    patient,
                    length,
                    record);
        }

        private void put(int seq, byte[] body) throws SQLException {
            run("UPDATE part SET body = ? WHERE item_id = ? AND seq = ?", body, record, seq);
        }

        private static byte[] flipped(byte[] bytes, SplittableRandom random) {
            byte[] spoiled = bytes.clone();
            spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(8));
            return spoiled;
        }

        private void run(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(sql, values)) {
                statement.executeUpdate();
            }
        }

        private PreparedStatement prepared(String sql, Object... values) throws SQLException {
            PreparedStatement statement = store.prepareStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        }
    }
}
