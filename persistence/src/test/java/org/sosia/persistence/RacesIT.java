package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens when several nodes do the same thing at the same moment. */
class RacesIT {

    private static final int NODES = 8;
    private static final Instant NOW = SampleHospital.NOW;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final ExecutorService POOL = Executors.newFixedThreadPool(NODES);

    private final OriginalCloud cloud = STORES.original();

    @AfterAll
    static void stop() {
        POOL.shutdown();
    }

    @Test
    void noTwoWorkersGetTheSameTask() throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tasks.add(Task.of("x", NOW, new byte[0]));
        }
        cloud.savePatient(patient(UUID.randomUUID()), event(), tasks);
        Set<UUID> given = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();

        together(() -> {
            while (cloud.withNextTask("x", task -> {
                if (!given.add(task.id())) {
                    twice.incrementAndGet();
                }
                return Outcome.DONE;
            })) {
                Thread.onSpinWait();
            }
            return true;
        });

        assertThat(twice).hasValue(0);
        assertThat(given).hasSize(40);
        assertThat(cloud.pendingTasks()).isZero();
    }

    @Test
    void ofManyFirstSecretsOneWinsAndAllReadIt() throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Boolean> won = together(() ->
                cloud.addSecret(new SealedSecret("root", 1, new byte[] {(byte) next.incrementAndGet()})));

        assertThat(won.stream().filter(one -> one)).hasSize(1);
        assertThat(cloud.secret("root")).isPresent();
    }

    @Test
    void wrongTriesAtTheSameMomentAllCount() throws Exception {
        List<Integer> tries =
                together(() -> cloud.recordWrongTry("s", 3, event()).wrongTries());

        assertThat(tries).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(cloud.mark("s").orElseThrow().deceived()).isTrue();
    }

    @Test
    void parallelEvidenceBecomesOneIncidentAndOneCall() throws Exception {
        List<UUID> raised = together(() -> cloud.raiseIncident(
                new Incident(UUID.randomUUID(), "k", "GUESS", 1, NOW, NOW, 1, "OPEN", new byte[0]),
                event(),
                List.of(Task.of("call", NOW, new byte[0]))));

        assertThat(Set.copyOf(raised)).hasSize(1);
        assertThat(cloud.incident(raised.get(0)).orElseThrow().count()).isEqualTo(NODES);
        assertThat(cloud.pendingTasks()).isEqualTo(1);
    }

    @Test
    void afterTheWindowParallelEvidenceBecomesOneNewIncident() throws Exception {
        UUID old = cloud.raiseIncident(
                new Incident(UUID.randomUUID(), "k", "GUESS", 1, NOW, NOW, 1, "OPEN", new byte[0]), event(), List.of());
        Instant later = NOW.plusSeconds(3_600);
        List<UUID> raised = together(() -> cloud.raiseIncident(
                new Incident(UUID.randomUUID(), "k", "GUESS", 1, later, later, 1, "OPEN", new byte[0]),
                event(),
                List.of()));

        assertThat(Set.copyOf(raised)).hasSize(1).doesNotContain(old);
        assertThat(cloud.incident(raised.get(0)).orElseThrow().count()).isEqualTo(NODES);
    }

    @Test
    void parallelWritersMakeOneChain() throws Exception {
        List<Long> numbers = together(() -> cloud.audit(event()));

        assertThat(numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        byte[] last = AuditChain.root();
        for (AuditEntry entry : cloud.auditEntries(0, 100)) {
            assertThat(entry.previous()).isEqualTo(last);
            last = entry.hash();
        }
    }

    @Test
    void ofManyDecisionsOneWins() throws Exception {
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                "dora",
                "olga",
                RequestState.PENDING,
                NOW,
                null,
                null,
                null,
                new byte[0]);
        cloud.saveRequest(request, event());

        List<Boolean> won = together(() -> {
            GrantHalfRow grant = new GrantHalfRow(
                    UUID.randomUUID(), request.record(), "dora", new byte[] {1}, NOW.plusSeconds(9), false, null);
            return wins(() ->
                    cloud.keep(grant, request.approved(grant.id(), NOW, grant.expiresAt(), new byte[0]), event()));
        });

        assertThat(won.stream().filter(one -> one)).hasSize(1);
        assertThat(cloud.auditEntries(0, 100)).hasSize(2);
    }

    @Test
    void ofManyChangesOfOneVersionOneWins() throws Exception {
        UUID id = UUID.randomUUID();
        cloud.savePatient(patient(id), event(), List.of());

        AtomicInteger next = new AtomicInteger();
        List<Boolean> won = together(() -> {
            SealedPatient change = new SealedPatient(
                    id,
                    "olga",
                    PatientState.READY,
                    2,
                    NOW,
                    NOW,
                    new byte[] {(byte) next.incrementAndGet()},
                    new byte[1]);
            return wins(() -> cloud.savePatient(change, event(), List.of()));
        });

        assertThat(won.stream().filter(one -> one)).hasSize(1);
    }

    private static boolean wins(Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (StoreConflictException lost) {
            return false;
        }
    }

    private static <T> List<T> together(Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(NODES);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            running.add(POOL.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : running) {
            answers.add(one.get());
        }
        return answers;
    }

    private static AuditEvent event() {
        return SampleHospital.event("TEST");
    }

    private static SealedPatient patient(UUID id) {
        return new SealedPatient(id, "olga", PatientState.READY, 1, NOW, NOW, new byte[] {1}, new byte[] {2});
    }
}
