package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of each database and of the server while owners hand records in: what was acknowledged is whole in both stores
 * afterwards, and nothing half-written is visible. {@code -Dsosia.kills=N} kills more often.
 */
class KilledServersIT {

    private static final System.Logger LOG = System.getLogger(KilledServersIT.class.getName());

    private static final int KILLS = Integer.getInteger("sosia.kills", 3);
    private static final int OWNERS = 3;

    /** So many between two kills: the pools have connections again, and content is under way. */
    private static final int ACKNOWLEDGED_BETWEEN = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningSystem system = RunningSystem.started();
    private final Journey journey = new Journey(system.as("data-owner"), system.as("doctor"));
    private final String patient = journey.patient();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Hands in one record after the other, of 1 byte to 900 kB: within a row of the store, and over several. */
    private void handIn(int who) {
        for (int n = who; !over.get(); n += OWNERS) {
            int bytes = 1 + (int) (n * 7_919L * 104_729 % 900_000);
            try {
                var answer = system.as("data-owner")
                        .upload(
                                Journey.metadata(patient, "attachment", Journey.POLICY),
                                "large.bin",
                                "application/octet-stream",
                                () -> Samples.large(bytes));
                if (answer.status() == 201 || answer.status() == 202) {
                    JsonObject receipt = answer.json();
                    assertThat(receipt.getString("digest")).isEqualTo(Samples.sha256(Samples.large(bytes)));
                    acknowledged.put(receipt.getString("id"), bytes);
                }
            } catch (NoAnswer killed) {
                // Not acknowledged: the sender knows nothing of it, and would try again.
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfVisible() throws Exception {
        var owners = Executors.newFixedThreadPool(OWNERS);
        List<Future<?>> work = new ArrayList<>();
        for (int who = 0; who < OWNERS; who++) {
            int number = who;
            work.add(owners.submit(() -> handIn(number)));
        }
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                int before = acknowledged.size();
                RunningSystem.await(
                        "owners hand in",
                        PATIENCE,
                        () -> acknowledged.size() >= before + ACKNOWLEDGED_BETWEEN || anyEnded(work));
                kill(kill);
            }
        } finally {
            over.set(true);
            owners.shutdown();
            assertThat(owners.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }
        for (var each : work) {
            each.get();
        }
        everythingAcknowledgedIsWhole();
        everythingVisibleIsWhole();
        assertThat(system.violations()).isEmpty();
        LOG.log(System.Logger.Level.INFO, "kills {0}, acknowledged {1}, lost 0", KILLS, acknowledged.size());
    }

    private static boolean anyEnded(List<Future<?>> work) {
        return work.stream().anyMatch(Future::isDone);
    }

    private void kill(int number) {
        var at = Instant.now();
        String what = switch (number % 3) {
            case 0 -> {
                system.crashStore('a');
                yield "store A";
            }
            case 1 -> {
                system.crashStore('b');
                yield "store B";
            }
            default -> {
                system.crashApplication();
                yield "the application";
            }
        };
        system.awaitReady();
        LOG.log(
                System.Logger.Level.INFO,
                "killed {0}, ready again after {1} ms",
                what,
                Long.toString(Duration.between(at, Instant.now()).toMillis()));
    }

    private void everythingAcknowledgedIsWhole() throws InterruptedException, ExecutionException {
        Api owner = system.as("data-owner");
        Map<String, String> wrong = new HashMap<>();
        acknowledged.forEach((record, bytes) -> {
            RunningSystem.await(
                    "record " + record + " becomes visible",
                    PATIENCE,
                    () -> owner.get("/records/" + record).status() == 200);
            String digest = Samples.sha256(
                    owner.stream("/records/" + record + "/content").body());
            if (!digest.equals(Samples.sha256(Samples.large(bytes)))) {
                wrong.put(record, digest);
            }
        });
        assertThat(wrong).as("acknowledged, and not what was handed in").isEmpty();
    }

    private void everythingVisibleIsWhole() {
        Api owner = system.as("data-owner");
        String after = "";
        int seen = 0;
        do {
            var page = owner.get("/records?limit=100&patient=" + patient + after)
                    .expect(200)
                    .json();
            for (var item : page.getJsonArray("items")) {
                var record = item.asJsonObject();
                seen++;
                assertThat(Samples.sha256(owner.stream("/records/" + record.getString("id") + "/content")
                                .body()))
                        .isEqualTo(record.getString("digest"));
            }
            after = page.isNull("next") ? "" : "&after=" + page.getString("next");
        } while (!after.isEmpty());
        assertThat(seen).isGreaterThanOrEqualTo(acknowledged.size());
    }
}
