package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store whose disk is full: nothing is acknowledged that was not kept, nothing is half-visible, and once there is room again
 * it works without anybody having touched the application. On a real file system that is full where one can be mounted; by
 * the answer that PostgreSQL gives then (SQLSTATE 53100) everywhere.
 */
class FullDiskIT {

    private static final int LARGE = 40 << 20;

    /** Fits on the small disk once there is room again. */
    private static final int SMALL = 6 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);
    private final String patient = journey.patient();
    private final byte[] original = "Blood pressure 120/80.\n".getBytes(UTF_8);
    private final String kept =
            journey.upload("note", "note.txt", "text/plain", original).getString("id");
    private final String key = journey.grant(kept);

    private Api.Answer upload(int bytes) {
        return owner.upload(
                Journey.metadata(patient, "attachment", Journey.POLICY),
                "large.bin",
                "application/octet-stream",
                () -> Samples.large(bytes));
    }

    private void isRefusedHonestly(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.problem()).isEqualTo("store-unavailable");
        assertThat(answer.json().getString("detail")).contains("Nothing was acknowledged");
    }

    private void nothingIsVisible() {
        assertThat(owner.get("/records?patient=" + patient).expect(200).json().getJsonArray("items"))
                .isEmpty();
    }

    /** Whatever the disk does: who is proven gets the original or an honest error. */
    private void nobodyProvenGetsADouble() {
        var answer = doctor.get("/records/" + kept + "/content", "Sosia-Partial-Key", key);
        if (answer.status() == 200) {
            assertThat(answer.bytes()).isEqualTo(original);
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        }
    }

    private void worksAgain() {
        system.awaitReady();
        String id = upload(300_000).expect(201).json().getString("id");
        assertThat(Samples.sha256(owner.stream("/records/" + id + "/content").body()))
                .isEqualTo(Samples.sha256(Samples.large(300_000)));
        assertThat(doctor.get("/records/" + kept + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(original);
        assertThat(system.violations()).isEmpty();
    }

    @Test
    void anUploadOntoAFullDiskOfCloudAIsRefusedAndLeavesNothing() {
        try (var disk = SmallDisk.under(system, 'a', "base")) {
            system.awaitReady();
            disk.fill();

            isRefusedHonestly(upload(LARGE));
            nothingIsVisible();
            nobodyProvenGetsADouble();

            disk.free();
            worksAgain();
        }
        system.awaitReady();
        assertThat(system.violations()).isEmpty();
    }

    @Test
    void aFullDiskOfCloudBKeepsTheRecordSealedUntilThereIsRoom() {
        try (var disk = SmallDisk.under(system, 'b', "base")) {
            system.awaitReady();
            disk.fill();

            var receipt = upload(SMALL).expect(202).json();
            assertThat(receipt.getString("state")).isEqualTo("SEALED");
            nothingIsVisible();
            nobodyProvenGetsADouble();

            disk.free();
            becomesVisible(receipt.getString("id"), SMALL);
            worksAgain();
        }
        system.awaitReady();
    }

    private void becomesVisible(String record, int bytes) {
        RunningSystem.await(
                "the record becomes visible",
                PATIENCE,
                () -> owner.get("/records/" + record).status() == 200);
        assertThat(Samples.sha256(
                        owner.stream("/records/" + record + "/content").body()))
                .isEqualTo(Samples.sha256(Samples.large(bytes)));
    }

    /** Without room for its log PostgreSQL gives up altogether; whoever runs it makes room and starts it again. */
    @Test
    void aFullLogOfCloudAEndsItsServerAndLosesNothing() {
        try (var disk = SmallDisk.under(system, 'a', "pg_wal")) {
            system.awaitReady();
            disk.fill();

            Api.Answer answer = upload(LARGE);
            for (int more = 0; more < 10 && answer.status() == 201; more++) {
                answer = upload(LARGE);
            }
            isRefusedHonestly(answer);
            nobodyProvenGetsADouble();

            disk.free();
            system.restartStore('a');
            worksAgain();
        }
        system.awaitReady();
        assertThat(system.violations()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------ without another disk

    /** The table that refuses, as a full disk would: content as it arrives, or what is written when all of it has arrived. */
    @ParameterizedTest
    @ValueSource(strings = {"part", "entry", "task"})
    void whateverWriteAtCloudAFindsTheDiskFullTheUploadIsRefused(String table) throws SQLException {
        diskFull('a', table);
        try {
            isRefusedHonestly(upload(600_000));
            nothingIsVisible();
        } finally {
            roomAgain('a', table);
        }
        worksAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"part", "entry"})
    void whateverWriteAtCloudBFindsTheDiskFullTheRecordWaits(String table) throws SQLException {
        diskFull('b', table);
        String record;
        try {
            var receipt = upload(600_000).expect(202).json();
            assertThat(receipt.getString("state")).isEqualTo("SEALED");
            record = receipt.getString("id");
            nothingIsVisible();
        } finally {
            roomAgain('b', table);
        }
        becomesVisible(record, 600_000);
        worksAgain();
    }

    private void diskFull(char store, String table) throws SQLException {
        run(store, """
                CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER disk_full BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION disk_full();
                """.formatted(table));
    }

    private void roomAgain(char store, String table) throws SQLException {
        run(store, "DROP TRIGGER disk_full ON " + table + "; DROP FUNCTION disk_full()");
    }

    private void run(char store, String sql) throws SQLException {
        try (var connection = system.inside(store);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
