package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;

/**
 * A cloud to which half of the work was given: first it is curious and tries its half as the whole, then it is malicious and returns something else: another exponent, a split
 * view, another policy, a spoiled row. The sealer must notice before anything is stored, and name the right cloud.
 */
class RogueCloudAttackTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    private final Scalar s = Scalar.random();
    private final AccessPolicy policy = policy("role:doctor or department:cardiology");

    private static AccessPolicy policy(String text) {
        try {
            return AccessPolicy.parse(text);
        } catch (PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneCloudAloneKnowsNothingOfTheSecret(int curious) throws Exception {
        OutsourcedLock work = OutsourcedLock.split(policy, s);
        byte[] task = work.taskFor(curious).encode().exposeSecretBytes();
        Scalar summand = Scalar.decode(Arrays.copyOfRange(task, 1, 33));
        PolicyLock other = work.taskFor(3 - curious).perform(PARAMETERS);
        Gt secret = PARAMETERS.encapsulated(s);

        assertThat(PARAMETERS.encapsulated(summand)).isNotEqualTo(secret);
        assertThat(PARAMETERS.encapsulated(summand.add(summand))).isNotEqualTo(secret);
        UserKeys stranger = AUTHORITY.keyGen(Set.of(Attribute.of("role", "visitor")));
        Gt bare = other.product(stranger.transformKey(), List.of());
        assertThat(stranger.retrievalKey().retrieve(bare).multiply(PARAMETERS.encapsulated(summand)))
                .isNotEqualTo(secret);
        // With attributes that satisfy the policy it does come out, so the computation above is the right one.
        UserKeys doctor = AUTHORITY.keyGen(Set.of(DOCTOR));
        assertThat(doctor.retrievalKey()
                        .retrieve(other.transform(doctor.transformKey()))
                        .multiply(PARAMETERS.encapsulated(summand)))
                .isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCloudThatLocksWronglyIsNamed(int rogue) {
        OutsourcedLock work = OutsourcedLock.split(policy, s);
        PolicyLock honest = work.taskFor(rogue).perform(PARAMETERS);
        PolicyLock another = PolicyLock.encaps(PARAMETERS, policy, Scalar.random());
        List<PolicyLock.Row> splitView = new ArrayList<>(honest.rows());
        splitView.set(0, another.rows().get(0));
        List<PolicyLock> wrong = List.of(
                another,
                new PolicyLock(policy, another.exponent(), honest.rows()),
                new PolicyLock(policy, honest.exponent(), splitView),
                PolicyLock.encaps(PARAMETERS, policy("role:doctor"), Scalar.random()),
                PolicyLock.encaps(MasterSecretKey.generate().publicParameters(), policy, Scalar.random()));
        for (PolicyLock half : wrong) {
            assertThatExceptionOfType(CheatingCloudException.class)
                    .isThrownBy(() -> work.merge(
                            PARAMETERS,
                            rogue == 1 ? half : work.taskFor(1).perform(PARAMETERS),
                            rogue == 2 ? half : work.taskFor(2).perform(PARAMETERS)))
                    .satisfies(cheat -> assertThat(cheat.cloud()).isEqualTo(rogue));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCloudThatMakesWrongKeysIsNamed(int rogue) {
        Set<Attribute> held = Set.of(DOCTOR, CARDIOLOGY);
        OutsourcedKeyGen work = OutsourcedKeyGen.betweenCloudsThatNeverCollude(AUTHORITY, held);
        TransformKey honest = work.taskFor(rogue).perform(PARAMETERS);
        G1 noise = G1.GENERATOR.power(Scalar.random());
        List<TransformKey> wrong = List.of(
                new TransformKey(honest.k().multiply(noise), honest.l(), KeyIssuingTest.parts(honest)),
                AUTHORITY.keyGen(held).transformKey(),
                honest.without(DOCTOR),
                work.taskFor(3 - rogue).perform(PARAMETERS));
        for (TransformKey half : wrong) {
            assertThatExceptionOfType(CheatingCloudException.class)
                    .isThrownBy(() -> work.merge(
                            rogue == 1 ? half : work.taskFor(1).perform(PARAMETERS),
                            rogue == 2 ? half : work.taskFor(2).perform(PARAMETERS)))
                    .satisfies(cheat -> assertThat(cheat.cloud()).isEqualTo(rogue));
        }
    }

    /** What the warning of outsourced key generation says, as a computation: this is why nothing uses it by default. */
    @Test
    void bothCloudsAndOnePersonHaveTheMasterKey() throws Exception {
        OutsourcedKeyGen work = OutsourcedKeyGen.betweenCloudsThatNeverCollude(AUTHORITY, Set.of(DOCTOR));
        UserKeys person =
                work.merge(work.taskFor(1).perform(PARAMETERS), work.taskFor(2).perform(PARAMETERS));
        Scalar first = Scalar.decode(Arrays.copyOfRange(work.taskFor(1).encode().exposeSecretBytes(), 1, 33));
        Scalar second =
                Scalar.decode(Arrays.copyOfRange(work.taskFor(2).encode().exposeSecretBytes(), 1, 33));
        Scalar alpha = first.add(second).multiply(person.retrievalKey().exponent());
        assertThat(alpha).isEqualTo(AUTHORITY.alpha());
    }
}
