package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One cloud's outage does not stop the other; a verified session gets an honest error and never a double. */
class OutageIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    @Test
    void withCloudBAwayAnUploadIsKeptSealedAndBecomesVisibleLater() throws InterruptedException {
        String metadata = journey.metadata("note");
        String record;
        try (var outage = system.stopStore('b')) {
            var receipt = owner.upload(metadata, "note.txt", "text/plain", "Kept.\n".getBytes(UTF_8))
                    .expect(202)
                    .json();
            record = receipt.getString("id");
            assertThat(receipt.getString("state")).isEqualTo("SEALED");
            assertThat(system.nobody().get("/../../health/ready").status()).isEqualTo(503);
        }
        system.awaitReady();

        var deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (owner.get("/records/" + record).status() != 200 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
            system.pause();
        }
        assertThat(owner.get("/records/" + record + "/content").expect(200).text())
                .isEqualTo("Kept.\n");
    }

    @Test
    void withCloudAAwayAProvenPersonGetsAnErrorAndNotADouble() throws InterruptedException {
        byte[] original = "Blood pressure 120/80.\n".getBytes(UTF_8);
        String record = journey.upload("note", "note.txt", "text/plain", original).getString("id");
        String key = journey.grant(record);
        try (var outage = system.stopStore('a')) {
            var answer = doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("store-unavailable");
            assertThat(owner.upload(
                                    Journey.metadata(record, "note", Journey.POLICY),
                                    "n.txt",
                                    "text/plain",
                                    original)
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
