package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One cloud's outage does not stop the other; a verified session gets an honest error and never a double. */
class OutageIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    @Test
    @SuppressWarnings("try") // the outage lasts as long as the block
    void withCloudBAwayAnUploadIsKeptSealedAndBecomesVisibleLater() {
        String metadata = journey.metadata("note");
        JsonObject receipt;
        try (var outage = system.stopStore('b')) {
            receipt = owner.upload(metadata, "note.txt", "text/plain", "Kept.\n".getBytes(UTF_8))
                    .expect(202)
                    .json();
            assertThat(receipt.getString("state")).isEqualTo("SEALED");
            assertThat(system.health()).isEqualTo(503);
        }
        system.awaitReady();

        String record = receipt.getString("id");
        RunningSystem.await(
                "the record becomes visible",
                Duration.ofMinutes(2),
                () -> owner.get("/records/" + record).status() == 200);
        assertThat(owner.get("/records/" + record + "/content").expect(200).text())
                .isEqualTo("Kept.\n");
    }

    @Test
    @SuppressWarnings("try") // the outage lasts as long as the block
    void withCloudAAwayAProvenPersonGetsAnErrorAndNotADouble() {
        byte[] original = "Blood pressure 120/80.\n".getBytes(UTF_8);
        String record =
                journey.upload("note", "note.txt", "text/plain", original).getString("id");
        String key = journey.grant(record);
        try (var outage = system.stopStore('a')) {
            var answer = doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("store-unavailable");
            assertThat(owner.upload(Journey.metadata(record, "note", Journey.POLICY), "n.txt", "text/plain", original)
                            .status())
                    .isEqualTo(503);
        }
        system.awaitReady();
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(original);
    }
}
