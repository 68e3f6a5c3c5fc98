package org.sosia.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.persistence.IncidentFilter;
import org.sosia.retrieval.ProofRequiredException;
import org.sosia.retrieval.Retrieval;

/**
 * The attacker has got hold of something genuine: a colleague's partial key, a session's name, a proof that was given before, an
 * account whose role was raised at the identity provider, or the inside of the server far enough to call a door with a
 * {@link Caller} of their own making. Each alone must open nothing.
 */
class StolenProofAttackTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials dora = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final Credentials derek = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private final byte[] original = "No murmur.\n".getBytes(UTF_8);
    private UUID record = new UUID(0, 0);
    private String key = "";

    @BeforeEach
    void doraHoldsAKey() throws Exception {
        record = records.record(owner, records.patient(owner, TestHospital.PATIENT), original);
        key = records.grant(owner, dora, record).partialKey().orElseThrow();
    }

    @Test
    void aColleaguesKeyOpensNothingAndIsReported() throws Exception {
        assertThat(records.read(derek, record, key)).isNotEqualTo(original);
        assertThat(hospital.b.incidents(new IncidentFilter(null, null, null, 10)))
                .hasSize(1);
        assertThat(hospital.a.actionsOn(record)).doesNotContain("UNWRAP");
    }

    @Test
    void aColleagueWithTheSameAttributesCannotUseItEither() throws Exception {
        hospital.enrol("diana", "doctor", Set.of("role:doctor", "department:cardiology"));
        Credentials diana = hospital.proven("diana", "doctor");
        records.grant(owner, diana, record);

        assertThat(records.read(diana, record, key))
                .as("her own approval, but another's key")
                .isNotEqualTo(original);
    }

    @Test
    void aSessionsNameInAnothersTokenBringsNoProofAlong() throws Exception {
        Credentials atTheScreen = TestHospital.atTheScreen(dora);
        hospital.signIn(atTheScreen).bean(Gate.class).prove(record, key);

        Credentials thief = TestHospital.in(TestHospital.atTheScreen(derek), dora.session());

        assertThat(hospital.signIn(thief).bean(Gate.class).isOpen(record)).isFalse();
        assertThatThrownBy(() -> records.read(thief, record, null)).isInstanceOf(ProofRequiredException.class);
    }

    @Test
    void aStolenPasswordWithTheKeyIsNotEnough() throws Exception {
        assertThat(records.read(TestHospital.withAssurance(dora, 1), record, key))
                .isNotEqualTo(original);
    }

    @Test
    void aStaleTokenWithTheKeyIsNotEnough() throws Exception {
        hospital.clock.pass(Duration.ofHours(7));
        assertThat(records.read(dora, record, key)).isEqualTo(original);

        hospital.clock.pass(Duration.ofMinutes(61));

        assertThat(records.read(dora, record, key)).isNotEqualTo(original);
    }

    @Test
    void aRoleRaisedAtTheProviderAloneOpensNothing() throws Exception {
        hospital.enrol("clerk", "security-desk", Set.of());
        Credentials raised = hospital.proven("clerk", "data-owner");

        assertThat(hospital.signIn(raised).bean(Lanes.class).hospital().lane()).isEqualTo(Lane.DUPLICATE);
        assertThatThrownBy(() -> records.read(raised, record, null)).isInstanceOf(NoSuchRecordException.class);
    }

    @Test
    void aCallerOfTheAttackersOwnMakingIsStillNotRegistered() throws Exception {
        Caller forged = new Caller();
        forged.establish(hospital.proven("nobody-knows", "doctor"));

        assertThat(hospital.bean(AuthenticityVerifier.class).verify(forged.credentials()))
                .isEqualTo(Lane.DUPLICATE);
        assertThat(records.read(forged.credentials(), record, key)).isNotEqualTo(original);
    }

    @Test
    void anotherOwnersIdsLookLikeIdsThatDoNotExist() {
        Credentials otto = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");

        for (UUID id : List.of(record, UUID.randomUUID())) {
            assertThatThrownBy(() -> hospital.signIn(otto).bean(Retrieval.class).get(id))
                    .isExactlyInstanceOf(NoSuchRecordException.class)
                    .hasMessage("no such record");
            assertThatThrownBy(() -> hospital.signIn(otto).bean(Retrieval.class).delete(id))
                    .isExactlyInstanceOf(NoSuchRecordException.class);
            assertThatThrownBy(() -> hospital.signIn(otto).bean(Retrieval.class).open(id, null, null))
                    .isExactlyInstanceOf(NoSuchRecordException.class);
        }
        assertThat(hospital.a.record(record)).isPresent();
    }

    @Test
    void aKeyFromTheTwinOpensNothingReal() throws Exception {
        Credentials lowOwner = hospital.low(TestHospital.OWNER, "data-owner");
        Credentials lowDoctor = hospital.low(TestHospital.DOCTOR, "doctor");
        String twinKey = records.grant(lowOwner, lowDoctor, record).partialKey().orElseThrow();

        assertThat(records.read(TestHospital.in(dora, "fresh"), record, twinKey))
                .isNotEqualTo(original);
        assertThat(records.read(lowDoctor, record, twinKey)).isNotEqualTo(original);
    }
}
