package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every cloud keeps besides records. */
class CloudIT {

    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53.589793238Z");
    private static final Instant MICROS = NOW.truncatedTo(ChronoUnit.MICROS);

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private final OriginalCloud cloud = STORES.original();

    // ------------------------------------------------------------------------------------------------------ patients

    @Test
    void aPatientComesBackAsKept() {
        SealedPatient patient = patient("olga", 1, NOW);
        cloud.savePatient(patient, event("REGISTER"), List.of());

        SealedPatient kept = cloud.patient(patient.id()).orElseThrow();

        assertThat(kept).usingRecursiveComparison().isEqualTo(patientAt(patient, MICROS));
    }

    @Test
    void bothUnitsMapTheSameClasses() {
        SealedPatient patient = patient("olga", 1, NOW);
        STORES.duplicate().savePatient(patient, event("REGISTER"), List.of());

        assertThat(STORES.duplicate().patient(patient.id())).isPresent();
        assertThat(cloud.patient(patient.id())).isEmpty();
    }

    @Test
    void aPendingPatientIsKeptButNotListed() {
        SealedPatient pending = patient("olga", 1, NOW).in(PatientState.PENDING);
        cloud.savePatient(pending, event("REGISTER"), List.of());

        assertThat(cloud.patient(pending.id())).isPresent();
        assertThat(cloud.patients(new PatientFilter(null, null, 10))).isEmpty();

        cloud.savePatient(pending.in(PatientState.READY), event("REGISTER"), List.of());
        assertThat(cloud.patients(new PatientFilter(null, null, 10))).hasSize(1);
    }

    @Test
    void anOlderVersionDoesNotReplaceANewerOne() {
        SealedPatient first = patient("olga", 1, NOW);
        cloud.savePatient(first, event("REGISTER"), List.of());
        cloud.savePatient(version(first, 2), event("CHANGE"), List.of());

        assertThatThrownBy(() -> cloud.savePatient(first, event("CHANGE"), List.of()))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.auditEntries(0, 10)).extracting(AuditEntry::action).containsExactly("REGISTER", "CHANGE");
    }

    @Test
    void ofTwoChangesOfTheSameVersionOneWins() {
        SealedPatient first = patient("olga", 1, NOW);
        cloud.savePatient(first, event("REGISTER"), List.of());
        cloud.savePatient(version(first, 2), event("CHANGE"), List.of());
        SealedPatient other =
                new SealedPatient(first.id(), "olga", PatientState.READY, 2, NOW, NOW, new byte[] {9}, new byte[] {9});

        assertThatThrownBy(() -> cloud.savePatient(other, event("CHANGE"), List.of()))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void theFirstVersionMayBeSavedAgainByAWorkerThatDoesNotKnowItSucceeded() {
        SealedPatient first = patient("olga", 1, NOW);
        cloud.savePatient(first, event("REGISTER"), List.of());
        cloud.savePatient(first, event("REGISTER"), List.of());

        assertThat(cloud.patients(new PatientFilter(null, null, 10))).hasSize(1);
        assertThat(cloud.auditEntries(0, 10)).hasSize(1);
    }

    @Test
    void theSameGrantIsKeptOnce() {
        AccessRequest request = request("dora", "olga");
        cloud.saveRequest(request, event("ASK"));
        GrantHalfRow grant = grant(request, MICROS.plusSeconds(60));
        AccessRequest approved = request.approved(grant.id(), MICROS, grant.expiresAt(), new byte[] {6});
        cloud.keep(grant, approved, event("APPROVE"));
        cloud.keep(grant, approved, event("APPROVE"));

        assertThat(cloud.auditEntries(0, 10)).hasSize(2);
    }

    @Test
    void aDeletedPatientIsForgottenAndTheIdStaysTaken() {
        SealedPatient patient = patient("olga", 1, NOW);
        cloud.savePatient(patient, event("REGISTER"), List.of());
        cloud.deletePatient(patient.id(), event("DELETE"), List.of());

        assertThat(cloud.patient(patient.id())).isEmpty();
        assertThat(cloud.patients(new PatientFilter(null, null, 10))).isEmpty();
        assertThatThrownBy(() -> cloud.savePatient(version(patient, 9), event("CHANGE"), List.of()))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void aListPagesByKeyFromNewToOldEvenWhenTimesAreEqual() {
        List<SealedPatient> all = IntStream.range(0, 7)
                .mapToObj(i -> patient("olga", 1, NOW.plusSeconds(i / 3)))
                .toList();
        all.forEach(patient -> cloud.savePatient(patient, event("REGISTER"), List.of()));
        cloud.savePatient(patient("otto", 1, NOW), event("REGISTER"), List.of());

        List<SealedPatient> first = cloud.patients(new PatientFilter("olga", null, 4));
        Cursor cursor = Cursor.parse(
                        new Cursor(first.get(3).createdAt(), first.get(3).id()).toText())
                .orElseThrow();
        List<SealedPatient> second = cloud.patients(new PatientFilter("olga", cursor, 4));

        assertThat(first).hasSize(4);
        assertThat(second).hasSize(3);
        assertThat(first).extracting(SealedPatient::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(first)
                .extracting(SealedPatient::id)
                .doesNotContainAnyElementsOf(
                        second.stream().map(SealedPatient::id).toList());
    }

    @Test
    void aListPagesFromOldToNewAsWell() {
        List<SealedPatient> all = IntStream.range(0, 7)
                .mapToObj(i -> patient("olga", 1, NOW.plusSeconds(i / 3)))
                .toList();
        all.forEach(patient -> cloud.savePatient(patient, event("REGISTER"), List.of()));
        List<UUID> fromNewToOld = cloud.patients(new PatientFilter("olga", null, 10)).stream()
                .map(SealedPatient::id)
                .toList();

        List<UUID> fromOldToNew = new ArrayList<>();
        String place = Cursor.OLDEST_FIRST;
        for (int page = 0; page < 4; page++) {
            Cursor cursor = Cursor.parse(place).orElseThrow();
            for (SealedPatient row : cloud.patients(new PatientFilter("olga", cursor, 2))) {
                fromOldToNew.add(row.id());
                place = Cursor.following(cursor, row.createdAt(), row.id()).toText();
            }
        }

        Collections.reverse(fromOldToNew);
        assertThat(fromOldToNew).hasSize(7).isEqualTo(fromNewToOld);
    }

    @Test
    void aPageHasALimit() {
        assertThatThrownBy(() -> new PatientFilter(null, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PatientFilter(null, null, 1_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMalformedCursorIsNone() {
        assertThat(Cursor.parse("")).isEmpty();
        assertThat(Cursor.parse("2026-01-01T00:00:00Z")).isEmpty();
        assertThat(Cursor.parse("oldest_")).isEmpty();
        assertThat(Cursor.parse("newest_2026-01-01T00:00:00Z_" + UUID.randomUUID()))
                .isEmpty();
        assertThat(Cursor.parse("yesterday_" + UUID.randomUUID())).isEmpty();
        assertThat(Cursor.parse("2026-01-01T00:00:00Z_1' OR '1'='1")).isEmpty();
    }

    @Test
    void whatFailsLeavesNeitherAuditNorTask() {
        SealedPatient first = patient("olga", 1, NOW);
        cloud.savePatient(first, event("REGISTER"), List.of());
        cloud.deletePatient(first.id(), event("DELETE"), List.of());
        Task task = Task.of("x", NOW, new byte[0]);

        assertThatThrownBy(() -> cloud.savePatient(first, event("CHANGE"), List.of(task)))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.pendingTasks()).isZero();
        assertThat(cloud.auditEntries(0, 10)).hasSize(2);
    }

    // ------------------------------------------------------------------------------------------------------ requests

    @Test
    void requestsAreFoundByOwnerRequesterRecordAndState() {
        AccessRequest one = request("dora", "olga");
        AccessRequest other = request("derek", "otto");
        cloud.saveRequest(one, event("ASK"));
        cloud.saveRequest(other, event("ASK"));

        assertThat(requests(new RequestFilter("olga", null, null, null, null, 10)))
                .containsExactly(one.id());
        assertThat(requests(new RequestFilter(null, "derek", null, null, null, 10)))
                .containsExactly(other.id());
        assertThat(requests(new RequestFilter(null, null, one.record(), null, null, 10)))
                .containsExactly(one.id());
        assertThat(requests(new RequestFilter(null, null, null, RequestState.PENDING, null, 10)))
                .hasSize(2);
        assertThat(requests(new RequestFilter(null, null, null, RequestState.DENIED, null, 10)))
                .isEmpty();
        assertThat(cloud.request(one.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(one);
    }

    @Test
    void aDecidedRequestIsNotDecidedAgain() {
        AccessRequest request = request("dora", "olga");
        cloud.saveRequest(request, event("ASK"));
        cloud.saveRequest(request.denied(MICROS, new byte[] {5}), event("DENY"));

        GrantHalfRow grant = grant(request, MICROS.plusSeconds(60));
        AccessRequest approved = request.approved(grant.id(), MICROS, grant.expiresAt(), new byte[] {6});
        assertThatThrownBy(() -> cloud.keep(grant, approved, event("APPROVE")))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.grant(grant.id())).isEmpty();
        assertThat(cloud.request(request.id()).orElseThrow().state()).isEqualTo(RequestState.DENIED);
    }

    // ---------------------------------------------------------------------------------------------------------- grants

    @Test
    void aGrantIsFoundWhileItLives() {
        AccessRequest request = request("dora", "olga");
        cloud.saveRequest(request, event("ASK"));
        GrantHalfRow grant = keep(request);

        assertThat(cloud.approvalFor("dora", request.record(), MICROS)).isPresent();
        assertThat(cloud.approvalFor("derek", request.record(), MICROS)).isEmpty();
        assertThat(cloud.approvalFor("dora", UUID.randomUUID(), MICROS)).isEmpty();
        assertThat(cloud.approvalFor("dora", request.record(), grant.expiresAt()))
                .isEmpty();
        assertThat(cloud.request(request.id()).orElseThrow().grant()).isEqualTo(grant.id());
    }

    @Test
    void aReferralIsNoApproval() {
        AccessRequest referred = request("dora", "olga");
        GrantHalfRow lock =
                GrantHalfRow.referral(UUID.randomUUID(), referred.record(), "dora", MICROS.plusSeconds(60), null);
        cloud.keep(lock, referred.approved(lock.id(), MICROS, lock.expiresAt(), new byte[] {6}), event("REFER"));

        assertThat(cloud.grant(lock.id())).isPresent();
        assertThat(cloud.approvalFor("dora", referred.record(), MICROS)).isEmpty();
    }

    @Test
    void aRevokedGrantIsForgottenAndItsRequestSaysSo() {
        AccessRequest request = request("dora", "olga");
        cloud.saveRequest(request, event("ASK"));
        GrantHalfRow grant = keep(request);

        long entry = cloud.revoke(grant.id(), event("REVOKE"));

        assertThat(cloud.approvalFor("dora", request.record(), MICROS)).isEmpty();
        GrantHalfRow left = cloud.grant(grant.id()).orElseThrow();
        assertThat(left.revoked()).isTrue();
        assertThat(left.half()).isEmpty();
        assertThat(left.delivery()).isNull();
        assertThat(cloud.request(request.id()).orElseThrow().state()).isEqualTo(RequestState.REVOKED);
        assertThat(cloud.auditEntries(entry - 1, 1))
                .extracting(AuditEntry::action)
                .containsExactly("REVOKE");
    }

    @Test
    void aGrantThatDoesNotLiveIsNotApplied() {
        AccessRequest request = request("dora", "olga");
        cloud.saveRequest(request, event("ASK"));
        GrantHalfRow grant = keep(request);
        byte[] unread = {1};

        // None of these gets as far as reading the header, which is none.
        assertThat(cloud.convert(UUID.randomUUID(), "dora", request.record(), unread, MICROS))
                .isEmpty();
        assertThat(cloud.convert(grant.id(), "derek", request.record(), unread, MICROS))
                .isEmpty();
        assertThat(cloud.convert(grant.id(), "dora", UUID.randomUUID(), unread, MICROS))
                .isEmpty();
        assertThat(cloud.convert(grant.id(), "dora", request.record(), unread, grant.expiresAt()))
                .isEmpty();
        cloud.revoke(grant.id(), event("REVOKE"));
        assertThat(cloud.convert(grant.id(), "dora", request.record(), unread, MICROS))
                .isEmpty();
    }

    // --------------------------------------------------------------------------------------------- persons and secrets

    @Test
    void personsAreListedBySubject() {
        for (String subject : List.of("c", "a", "b")) {
            cloud.savePerson(new Person(subject, PersonState.PENDING, MICROS, new byte[] {1}), event("REGISTER"));
        }
        cloud.savePerson(new Person("a", PersonState.APPROVED, MICROS, new byte[] {2}), event("APPROVE"));

        assertThat(cloud.person("a").orElseThrow().state()).isEqualTo(PersonState.APPROVED);
        assertThat(cloud.person("d")).isEmpty();
        assertThat(cloud.persons(null, 2)).extracting(Person::subject).containsExactly("a", "b");
        assertThat(cloud.persons("b", 2)).extracting(Person::subject).containsExactly("c");
    }

    @Test
    void ofTwoChangesOfAPersonTheOneThatWasReadBeforeTheOtherIsRefused() {
        Person read = new Person("ada", PersonState.APPROVED, MICROS, new byte[] {1});
        cloud.savePerson(read, event("ENROL"));
        cloud.replacePerson(read, new Person("ada", PersonState.DISABLED, MICROS, new byte[] {2}), event("DISABLE"));

        assertThatThrownBy(() -> cloud.replacePerson(
                        read, new Person("ada", PersonState.APPROVED, MICROS, new byte[] {3}), event("LINK")))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.person("ada").orElseThrow().state()).isEqualTo(PersonState.DISABLED);
    }

    @Test
    void theFirstSecretOfANameStays() {
        assertThat(cloud.secret("x")).isEmpty();
        assertThat(cloud.addSecret(new SealedSecret("x", 1, new byte[] {1}))).isTrue();
        assertThat(cloud.addSecret(new SealedSecret("x", 1, new byte[] {2}))).isFalse();
        assertThat(cloud.secret("x").orElseThrow().sealed()).containsExactly(1);
    }

    @Test
    void whatIsNoCertificateIsNotKeptAsOne() {
        assertThatThrownBy(() -> cloud.keepCertificate(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cloud.certificate()).isEmpty();
    }

    // --------------------------------------------------------------------------------------------------------- audit

    @Test
    void entriesAreNumberedWithoutGapsAndChained() {
        UUID object = UUID.randomUUID();
        assertThat(cloud.audit(new AuditEvent("dora", "UNWRAP", object, new byte[] {7})))
                .isEqualTo(1);
        assertThat(cloud.audit(new AuditEvent("olga", "APPROVE", null, new byte[0])))
                .isEqualTo(2);

        List<AuditEntry> entries = cloud.auditEntries(0, 10);

        assertThat(entries).extracting(AuditEntry::seq).containsExactly(1L, 2L);
        assertThat(entries.get(0).object()).isEqualTo(object);
        assertThat(entries.get(0).previous()).isEqualTo(AuditChain.root());
        assertThat(entries.get(1).object()).isNull();
        assertThat(entries.get(1).previous()).isEqualTo(entries.get(0).hash());
        assertThat(cloud.auditEntries(1, 10)).extracting(AuditEntry::action).containsExactly("APPROVE");
        assertThat(cloud.auditEntriesBefore(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::seq)
                .containsExactly(2L, 1L);
        assertThat(cloud.auditEntriesBefore(2, 10))
                .extracting(AuditEntry::action)
                .containsExactly("UNWRAP");
    }

    // ----------------------------------------------------------------------------------------------------- incidents

    @Test
    void evidenceOfTheSameKindIsCountedInOneIncident() {
        Incident first = incident("k", 3, NOW);
        UUID kept = cloud.raiseIncident(first, event("ALERT"), List.of(Task.of("call", NOW, new byte[0])));
        UUID again = cloud.raiseIncident(
                incident("k", 5, NOW.plusSeconds(60)), event("ALERT"), List.of(Task.of("call", NOW, new byte[0])));

        Incident counted = cloud.incident(kept).orElseThrow();
        assertThat(again).isEqualTo(kept).isEqualTo(first.id());
        assertThat(counted.count()).isEqualTo(2);
        assertThat(counted.severity()).isEqualTo(5);
        assertThat(counted.firstAt()).isEqualTo(MICROS);
        assertThat(counted.lastAt()).isEqualTo(MICROS.plusSeconds(60));
        assertThat(cloud.pendingTasks()).isEqualTo(1);
        assertThat(cloud.auditEntries(0, 10)).hasSize(2);
    }

    @Test
    void afterAQuarterOfAnHourTheSameKindIsNews() {
        UUID first = cloud.raiseIncident(incident("k", 3, NOW), event("ALERT"), List.of());
        UUID second =
                cloud.raiseIncident(incident("k", 3, NOW.plus(Duration.ofMinutes(15))), event("ALERT"), List.of());

        assertThat(second).isNotEqualTo(first);
        assertThat(cloud.incident(first).orElseThrow().dedupe()).isNull();
        assertThat(cloud.incidents(new IncidentFilter(null, null, null, 10)))
                .extracting(Incident::id)
                .containsExactly(second, first);
    }

    @Test
    void incidentsOfDifferentKindsStayApart() {
        UUID first = cloud.raiseIncident(incident("k", 3, NOW), event("ALERT"), List.of());
        UUID second = cloud.raiseIncident(incident("l", 3, NOW), event("ALERT"), List.of());

        assertThat(second).isNotEqualTo(first);
        assertThat(cloud.incidents(new IncidentFilter("OPEN", "GUESS", null, 10)))
                .hasSize(2);
        assertThat(cloud.incidents(new IncidentFilter("OPEN", "OTHER", null, 10)))
                .isEmpty();
    }

    @Test
    void theDesksWordDoesNotUndoTheCounting() {
        UUID id = cloud.raiseIncident(incident("k", 3, NOW), event("ALERT"), List.of());
        Incident read = cloud.incident(id).orElseThrow();
        cloud.raiseIncident(incident("k", 3, NOW), event("ALERT"), List.of());
        cloud.updateIncident(read.in("SEEN"), event("ACKNOWLEDGE"));

        Incident kept = cloud.incident(id).orElseThrow();
        assertThat(kept.state()).isEqualTo("SEEN");
        assertThat(kept.count()).isEqualTo(2);
    }

    // ------------------------------------------------------------------------------------------------------ sessions

    @Test
    void theNthWrongTryDeceives() {
        assertThat(cloud.mark("s")).isEmpty();
        assertThat(cloud.recordWrongTry("s", 3, event("TRY")).deceived()).isFalse();
        assertThat(cloud.recordWrongTry("s", 3, event("TRY")).deceived()).isFalse();
        SessionMark third = cloud.recordWrongTry("s", 3, event("TRY"));

        assertThat(third.wrongTries()).isEqualTo(3);
        assertThat(third.deceived()).isTrue();
        assertThat(cloud.mark("s").orElseThrow().deceived()).isTrue();
        assertThat(cloud.mark("t")).isEmpty();
    }

    @Test
    void onceDeceivedAlwaysDeceived() {
        cloud.deceive("s", event("TRY"));
        assertThat(cloud.recordWrongTry("s", 3, event("TRY")).deceived()).isTrue();
        assertThat(cloud.mark("s").orElseThrow().wrongTries()).isEqualTo(1);
    }

    @Test
    void theFirstWrongTryDeceivesWhenOneIsEnough() {
        assertThat(cloud.recordWrongTry("s", 1, event("TRY")).deceived()).isTrue();
    }

    // ---------------------------------------------------------------------------------------------------------- tasks

    @Test
    void aTaskIsGivenToOneWorkerAndDisappearsWhenDone() {
        Task task = Task.of("x", NOW, new byte[] {1, 2});
        cloud.savePatient(patient("olga", 1, NOW), event("REGISTER"), List.of(task));

        assertThat(cloud.withNextTask("y", given -> Outcome.DONE)).isFalse();
        assertThat(cloud.withNextTask("x", given -> {
                    assertThat(given.sealed()).containsExactly(1, 2);
                    assertThat(given.attempts()).isEqualTo(1);
                    assertThat(cloud.withNextTask("x", nothing -> Outcome.DONE)).isFalse();
                    assertThat(cloud.withTask(task.id(), nothing -> Outcome.DONE))
                            .isFalse();
                    return Outcome.DONE;
                }))
                .isTrue();
        assertThat(cloud.pendingTasks()).isZero();
        assertThat(cloud.withNextTask("x", given -> Outcome.DONE)).isFalse();
    }

    @Test
    void aTaskThatCouldNotBeDoneComesBackLater() {
        Task task = keepTask("x");
        assertThat(cloud.withNextTask("x", given -> Outcome.RETRY)).isTrue();
        assertThat(cloud.withNextTask("x", given -> Outcome.DONE)).isFalse();
        assertThat(cloud.pendingTasks()).isEqualTo(1);

        STORES.tamper(STORES.atA(), "UPDATE task SET due_at = now()");
        assertThat(cloud.withNextTask("x", given -> {
                    assertThat(given.id()).isEqualTo(task.id());
                    assertThat(given.attempts()).isEqualTo(2);
                    return Outcome.DONE;
                }))
                .isTrue();
    }

    @Test
    void aWorkersFailureIsARetry() {
        keepTask("x");
        assertThat(cloud.withNextTask("x", given -> {
                    throw new IllegalStateException("down");
                }))
                .isTrue();
        assertThat(cloud.pendingTasks()).isEqualTo(1);
    }

    @Test
    void aTaskOfACrashedWorkerComesBackWhenItsLeaseEnds() {
        Task task = keepTask("x");
        assertThat(cloud.withNextTask("x", given -> {
                    STORES.tamper(STORES.atA(), "UPDATE task SET lease = now() - interval '1 second'");
                    assertThat(cloud.withNextTask("x", again -> Outcome.RETRY)).isTrue();
                    return Outcome.DONE;
                }))
                .isTrue();

        // The first worker came too late: the task is somebody else's by now, and not done.
        assertThat(cloud.pendingTasks()).isEqualTo(1);
        assertThat(cloud.withTask(task.id(), given -> Outcome.DONE)).isTrue();
        assertThat(cloud.pendingTasks()).isZero();
    }

    @Test
    void aLeaseIsRenewedByWhoHasItAndByNobodyElse() {
        Steps steps = (Steps) cloud;
        keepTask("x");
        assertThat(cloud.withNextTask("x", given -> {
                    STORES.tamper(STORES.atA(), "UPDATE task SET lease = now() - interval '1 second'");
                    steps.renew(given);
                    assertThat(cloud.withNextTask("x", nobody -> Outcome.DONE)).isFalse();

                    STORES.tamper(STORES.atA(), "UPDATE task SET lease = now() - interval '1 second'");
                    assertThat(cloud.withNextTask("x", somebodyElse -> {
                                STORES.tamper(STORES.atA(), "UPDATE task SET lease = now() - interval '1 second'");
                                steps.renew(given);
                                assertThat(cloud.withNextTask("x", third -> Outcome.RETRY))
                                        .isTrue();
                                return Outcome.DONE;
                            }))
                            .isTrue();
                    steps.renew(given);
                    return Outcome.DONE;
                }))
                .isTrue();
        assertThat(cloud.pendingTasks()).isEqualTo(1);
    }

    @Test
    void aCertainTaskIsGivenBeforeItIsDue() {
        Task later = Task.of("x", NOW, new byte[0]).dueAt(Instant.now().plusSeconds(3_600));
        cloud.savePatient(patient("olga", 1, NOW), event("REGISTER"), List.of(later));

        assertThat(cloud.withNextTask("x", given -> Outcome.DONE)).isFalse();
        assertThat(cloud.withTask(UUID.randomUUID(), given -> Outcome.DONE)).isFalse();
        assertThat(cloud.withTask(later.id(), given -> Outcome.DONE)).isTrue();
    }

    // -------------------------------------------------------------------------------------------------------- health

    @Test
    void secretsAreReplacedAllOrNone() {
        SealedSecret root = new SealedSecret("root", 1, new byte[] {1});
        SealedSecret other = new SealedSecret("other", 1, new byte[] {2});
        cloud.addSecret(root);
        cloud.addSecret(other);
        List<SealedSecret> before = cloud.secrets();
        List<SealedSecret> after = before.stream()
                .map(row -> new SealedSecret(row.name(), 2, new byte[] {9}))
                .toList();

        assertThatThrownBy(() -> cloud.replaceSecrets(List.of(root), after.subList(0, 1), true, event("ROTATE")))
                .isInstanceOf(StoreConflictException.class);
        cloud.replaceSecrets(before, after, true, event("ROTATE"));
        assertThat(cloud.secrets()).extracting(SealedSecret::epoch).containsExactly(2, 2);
        assertThatThrownBy(() -> cloud.replaceSecrets(before, after, true, event("ROTATE")))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.auditEntries(0, 10)).hasSize(1);
    }

    @Test
    void aSecretSealedUnderAReplacedRootIsNotTaken() {
        cloud.addSecret(new SealedSecret("root", 2, new byte[] {1}));

        assertThat(cloud.addSecret(new SealedSecret("late", 1, new byte[] {2}))).isFalse();
        assertThat(cloud.secret("late")).isEmpty();
        assertThat(cloud.addSecret(new SealedSecret("late", 2, new byte[] {2}))).isTrue();
    }

    @Test
    void aReachableStoreIsAlive() {
        assertThat(cloud.alive()).isTrue();
        assertThat(STORES.duplicate().alive()).isTrue();
    }

    // ------------------------------------------------------------------------------------------------------------------

    private static AuditEvent event(String action) {
        return new AuditEvent("olga", action, null, new byte[0]);
    }

    private static SealedPatient patient(String owner, int version, Instant at) {
        return new SealedPatient(
                UUID.randomUUID(), owner, PatientState.READY, version, at, at, new byte[] {1, 2, 3}, new byte[] {4});
    }

    private static SealedPatient version(SealedPatient patient, int version) {
        return new SealedPatient(
                patient.id(),
                patient.owner(),
                patient.state(),
                version,
                patient.createdAt(),
                patient.updatedAt(),
                patient.sealed(),
                patient.signature());
    }

    private static SealedPatient patientAt(SealedPatient patient, Instant at) {
        return new SealedPatient(
                patient.id(),
                patient.owner(),
                patient.state(),
                patient.version(),
                at,
                at,
                patient.sealed(),
                patient.signature());
    }

    private static AccessRequest request(String requester, String owner) {
        return new AccessRequest(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                requester,
                owner,
                RequestState.PENDING,
                MICROS,
                null,
                null,
                null,
                new byte[] {1});
    }

    private List<UUID> requests(RequestFilter filter) {
        return cloud.requests(filter).stream().map(AccessRequest::id).toList();
    }

    private static GrantHalfRow grant(AccessRequest request, Instant expires) {
        return new GrantHalfRow(
                UUID.randomUUID(), request.record(), request.requester(), new byte[] {1}, expires, false, new byte[] {2
                });
    }

    private GrantHalfRow keep(AccessRequest request) {
        GrantHalfRow grant = grant(request, MICROS.plusSeconds(60));
        cloud.keep(grant, request.approved(grant.id(), MICROS, grant.expiresAt(), new byte[] {6}), event("APPROVE"));
        return grant;
    }

    private static Incident incident(String dedupe, int severity, Instant at) {
        return new Incident(UUID.randomUUID(), dedupe, "GUESS", severity, at, at, 1, "OPEN", new byte[] {1});
    }

    private Task keepTask(String kind) {
        Task task = Task.of(kind, NOW, new byte[0]);
        cloud.savePatient(patient("olga", 1, NOW), event("REGISTER"), List.of(task));
        return task;
    }
}
