package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The hospital exchanges its master key, by REST, while doctors read and owners hand in, and the server is killed twice with {@code kill -9}: it goes on by itself. */
class MasterKeyIT {
    private static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);

    /** It waits twice a minute and a quarter until every server has heard of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final RunningSystem system = RunningSystem.started();

    @Test
    void recordsFollowToAnotherMasterKeyAndOpenBeforeDuringAndAfter() {
        Journey journey = journey();
        String patient = journey.patient();
        String before = journey.uploadFor(patient, "note.txt", "text/plain", NOTE);
        String keyBefore = journey.grant(before);
        assertOpens(before, keyBefore);
        JsonObject first = parameters();
        assertThat(first.get("change")).isIn(null, JsonValue.NULL);

        String attempt = UUID.randomUUID().toString();
        JsonObject begun = rotate(attempt);
        assertThat(rotate(attempt)).as("asked again").isEqualTo(begun);
        String job = begun.getString("id");
        RunningSystem.await(
                "both parameters are published",
                Duration.ofMinutes(1),
                () -> parameters().containsKey("change") && !parameters().isNull("change"));
        assertThat(parameters().getJsonObject("change").getString("presentDigest"))
                .isEqualTo(first.getString("digest"));
        assertOpens(before, keyBefore);
        kill();
        assertOpens(before, keyBefore);

        RunningSystem.await(
                "new records are sealed under the next",
                PATIENCE,
                () -> !parameters().getString("digest").equals(first.getString("digest")));
        Journey meanwhile = journey();
        String during = meanwhile.uploadFor(patient, "note.txt", "text/plain", NOTE);
        String keyDuring = meanwhile.grant(during);
        assertOpens(before, keyBefore);
        assertOpens(during, keyDuring);
        kill();
        assertOpens(before, keyBefore);
        assertOpens(during, keyDuring);

        RunningSystem.await(
                "the master key is exchanged",
                PATIENCE,
                () -> job(job).getString("state").equals("DONE"));
        assertThat(job(job).getInt("done")).isPositive();
        assertThat(parameters().get("change")).isIn(null, JsonValue.NULL);
        Journey afterwards = journey();
        String after = afterwards.uploadFor(patient, "note.txt", "text/plain", NOTE);
        String keyAfter = afterwards.grant(after);
        assertOpens(before, keyBefore);
        assertOpens(during, keyDuring);
        assertOpens(after, keyAfter);
        assertThat(system.as("data-owner")
                        .get("/records/" + before + "/content")
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
        RunningSystem.await("the root key is rotated after it", Duration.ofMinutes(1), () -> epoch("root") > 1);
        assertThat(epoch("master-key")).isEqualTo(2);
        assertOpens(before, keyBefore);
        assertThat(system.violations()).isEmpty();
    }

    private void kill() {
        system.crashApplication();
        system.awaitReady();
    }

    private Journey journey() {
        return new Journey(system.as("data-owner"), system.freshlyAs("doctor"));
    }

    private JsonObject rotate(String attempt) {
        return system.freshlyAs("key-authority")
                .post("/keys/master-key/rotations", "{}", "Idempotency-Key", attempt)
                .expect(200)
                .json();
    }

    private JsonObject job(String id) {
        return system.as("key-authority").get("/keys/jobs/" + id).expect(200).json();
    }

    private int epoch(String name) {
        return system
                .as("key-authority")
                .get("/keys")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(key -> key.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getInt("epoch");
    }

    private JsonObject parameters() {
        return system.as("doctor").get("/parameters").expect(200).json();
    }

    private void assertOpens(String record, String key) {
        assertThat(system.as("doctor")
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
    }
}
