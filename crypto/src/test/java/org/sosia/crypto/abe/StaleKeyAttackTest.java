package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;

/**
 * Dora left cardiology; her key was issued anew without it, under the same retrieval key. She and a cloud that kept the old transform key put old and new parts together.
 *
 * <p>Both keys have the same z, so one may hope that they fit. Each has its own t, as keys of two people have, and a patchwork is worth as much as its best single key.
 */
class StaleKeyAttackTest {
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    private final MasterSecretKey authority = MasterSecretKey.generate();
    private final PublicParameters parameters = authority.publicParameters();
    private final RetrievalKey dora = RetrievalKey.generate();
    private final RetrievalImage image = dora.image(parameters);
    private final TransformKey old = authority.issue(image, Set.of(DOCTOR, CARDIOLOGY));
    private final TransformKey fresh = authority.issue(image, Set.of(DOCTOR.nextEpoch()));
    private final Scalar s = Scalar.random();
    private final Gt secret = parameters.encapsulated(s);

    @Test
    void oldAndNewPartsDoNotFit() throws Exception {
        PolicyLock lock =
                PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor@2 and department:cardiology"), s);
        Map<Attribute, G1> pooled = new LinkedHashMap<>();
        pooled.put(DOCTOR.nextEpoch(), fresh.forAttribute(DOCTOR.nextEpoch()).orElseThrow());
        pooled.put(CARDIOLOGY, old.forAttribute(CARDIOLOGY).orElseThrow());
        for (TransformKey first : List.of(old, fresh)) {
            for (TransformKey second : List.of(old, fresh)) {
                TransformKey patchwork = new TransformKey(first.k(), second.l(), pooled);
                assertThat(dora.retrieve(lock.transform(patchwork))).isNotEqualTo(secret);
                assertThat(patchwork.isIssuedTo(parameters, image)).isFalse();
            }
        }
        TransformKey whole = authority.issue(image, Set.of(DOCTOR.nextEpoch(), CARDIOLOGY));
        assertThat(dora.retrieve(lock.transform(whole)))
                .as("a key that has both opens")
                .isEqualTo(secret);
    }

    /** The element of the old epoch under the name of the new one. */
    @Test
    void anOldElementIsNoNewOneWhateverItIsCalled() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("department:cardiology@2"), s);
        TransformKey renamed = new TransformKey(
                old.k(),
                old.l(),
                Map.of(CARDIOLOGY.nextEpoch(), old.forAttribute(CARDIOLOGY).orElseThrow()));
        assertThat(dora.retrieve(lock.transform(renamed))).isNotEqualTo(secret);
        assertThat(renamed.isIssuedTo(parameters, image)).isFalse();
    }

    /** The honest limit: what was sealed for the old epoch stays open to a cloud that did not drop the old key, until it is re-encrypted. */
    @Test
    void theOldEpochStaysOpenToACloudThatKeptTheKey() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("department:cardiology"), s);
        assertThat(dora.retrieve(lock.transform(old))).isEqualTo(secret);
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .as("an honest cloud dropped it")
                .isThrownBy(() -> lock.transform(fresh));
    }

    @Test
    void anotherPersonsRetrievalKeyCompletesNothing() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor"), s);
        Gt transformed = lock.transform(old);
        assertThat(RetrievalKey.generate().retrieve(transformed)).isNotEqualTo(secret);
        assertThat(new RetrievalKey(dora.exponent().negate()).retrieve(transformed))
                .isNotEqualTo(secret);
        assertThat(new RetrievalKey(dora.exponent().inverse()).retrieve(transformed))
                .isNotEqualTo(secret);
    }
}
