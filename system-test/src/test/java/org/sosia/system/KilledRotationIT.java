package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the server in the middle of rotations: of the certificate authority and of what partial keys are sealed to. They go on by themselves
 * from where they were, what was handed in, granted and put into inboxes before opens as before, and what comes after too.
 */
class KilledRotationIT {

    private static final System.Logger LOG = System.getLogger(KilledRotationIT.class.getName());

    private static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);

    /** Of the persons' keys twenty are made at a time: some pieces of work, so that a kill falls between the first and the last. */
    private static final int NEWCOMERS = 50;

    /** Each rotation waits twice a minute and a quarter until every server has heard of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(12);

    private final RunningSystem system = RunningSystem.started();
    private final Api authority = system.freshlyAs("key-authority");

    @Test
    void rotationsGoOnWhereTheServerWasKilled() {
        for (int i = 0; i < NEWCOMERS; i++) {
            register("newcomer-" + UUID.randomUUID());
        }
        String patient = journey().patient();
        String shown = journey().uploadFor(patient, "note.txt", "text/plain", NOTE);
        String key = journey().grant(shown);
        String waiting = journey().uploadFor(patient, "note.txt", "text/plain", NOTE);
        String grant = grantToTheInbox(waiting);
        int before = authorities();

        String persons = begin("person-keys");
        String authorities = begin("certificate-authority");
        RunningSystem.await("some persons have new keys", PATIENCE, () -> done(persons) > 0);
        JsonObject first = killed(persons);
        assertThat(job(persons).getString("id")).isEqualTo(persons);
        RunningSystem.await("some owners have new certificates", PATIENCE, () -> done(authorities) > 0);
        JsonObject second = killed(authorities);
        RunningSystem.await("both rotations end", PATIENCE, () -> isDone(persons) && isDone(authorities));

        assertThat(first.getString("state")).isEqualTo("RUNNING");
        assertThat(second.getString("state")).isEqualTo("RUNNING");
        assertThat(done(persons)).as("those that were done and the others").isGreaterThan(NEWCOMERS);
        assertThat(authorities()).isEqualTo(before + 1);
        opens(shown, key);
        opens(waiting, taken(grant));
        String after = journey().uploadFor(patient, "note.txt", "text/plain", NOTE);
        opens(after, journey().grant(after));
        opens(waiting, taken(grantToTheInbox(waiting)));
        assertThat(system.violations()).isEmpty();
        LOG.log(
                System.Logger.Level.INFO,
                "killed at {0} of {1} persons in phase {2}, and in phase {3} of the authority",
                first.getInt("done"),
                done(persons),
                first.getInt("phase"),
                second.getInt("phase"));
    }

    private void register(String subject) {
        authority
                .post(
                        "/registrations",
                        "{\"subject\":\"" + subject + "\",\"name\":\"Newcomer\",\"role\":\"data-owner\"}")
                .expect(201);
        system.as("cloud-operator")
                .post("/registrations/" + subject + "/approve", "{}")
                .expect(200);
    }

    private String begin(String key) {
        return system.freshlyAs("key-authority")
                .post("/keys/" + key + "/rotations", "{}")
                .expect(200)
                .json()
                .getString("id");
    }

    /** Kills the server, and has it started again. What the job had reached just before. */
    private JsonObject killed(String job) {
        JsonObject reached = job(job);
        system.crashApplication();
        system.awaitReady();
        assertThat(job(job).getInt("done")).as("nothing is forgotten").isGreaterThanOrEqualTo(reached.getInt("done"));
        return reached;
    }

    private JsonObject job(String id) {
        return system.as("key-authority").get("/keys/jobs/" + id).expect(200).json();
    }

    private int done(String job) {
        return job(job).getInt("done");
    }

    private boolean isDone(String job) {
        return job(job).getString("state").equals("DONE");
    }

    private int authorities() {
        return system.as("doctor")
                .get("/parameters")
                .expect(200)
                .json()
                .getJsonArray("formerAuthorities")
                .size();
    }

    /** An approval whose partial key waits, sealed to the doctor. */
    private String grantToTheInbox(String record) {
        return system.as("data-owner")
                .post(
                        "/requests/" + journey().request(record) + "/approve",
                        "{\"expires\":\"PT8H\",\"handover\":\"seal\"}")
                .expect(200)
                .json()
                .getString("grant");
    }

    private String taken(String grant) {
        return system.as("doctor")
                .post("/grants/" + grant + "/partial-key", "{}")
                .expect(200)
                .json()
                .getString("partialKey");
    }

    /** The content is what was handed in, to the doctor by her key and to the owner by her signature. */
    private void opens(String record, String key) {
        assertThat(system.as("doctor")
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
        JsonObject verified = system.as("data-owner")
                .post("/records/" + record + "/verify", "{}")
                .expect(200)
                .json();
        assertThat(verified.getBoolean("contentIntact")).isTrue();
        assertThat(verified.getBoolean("signatureValid")).isTrue();
    }

    /** Tokens live for minutes, rotations longer. */
    private Journey journey() {
        return new Journey(system.as("data-owner"), system.as("doctor"));
    }
}
