package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.LinearSecretSharing;

/**
 * Two people, neither of whom may read, put their keys together: one is a doctor, the other works in cardiology.
 *
 * <p>Every key carries its own random exponent t. In a product over rows of two keys the terms in t do not cancel. The test builds every
 * patchwork of the parts of both keys, and tries both retrieval keys on each. It also lets a cloud that holds all transform keys try alone.
 */
class PooledKeysAttackTest {
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    private final MasterSecretKey authority = MasterSecretKey.generate();
    private final PublicParameters parameters = authority.publicParameters();
    private final UserKeys derek = authority.keyGen(Set.of(DOCTOR));
    private final UserKeys nora = authority.keyGen(Set.of(CARDIOLOGY));
    private final Scalar s = Scalar.random();
    private final Gt secret = parameters.encapsulated(s);

    @Test
    void noPatchworkOfTwoKeysOpens() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor and department:cardiology"), s);
        Map<Attribute, G1> pooled = new LinkedHashMap<>();
        pooled.put(DOCTOR, derek.transformKey().forAttribute(DOCTOR).orElseThrow());
        pooled.put(CARDIOLOGY, nora.transformKey().forAttribute(CARDIOLOGY).orElseThrow());
        List<G1> ks = List.of(
                derek.transformKey().k(),
                nora.transformKey().k(),
                derek.transformKey().k().multiply(nora.transformKey().k()));
        List<G2> ls = List.of(
                derek.transformKey().l(),
                nora.transformKey().l(),
                derek.transformKey().l().multiply(nora.transformKey().l()));
        for (G1 k : ks) {
            for (G2 l : ls) {
                Gt transformed = lock.transform(new TransformKey(k, l, pooled));
                assertThat(derek.retrievalKey().retrieve(transformed)).isNotEqualTo(secret);
                assertThat(nora.retrievalKey().retrieve(transformed)).isNotEqualTo(secret);
                assertThat(derek.retrievalKey()
                                .retrieve(transformed)
                                .multiply(nora.retrievalKey().retrieve(transformed)))
                        .isNotEqualTo(secret);
            }
        }
    }

    @Test
    void theProductOfTwoPartialTransformationsIsWorthless() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor and department:cardiology"), s);
        Gt one = lock.product(derek.transformKey(), List.of(weight(0)));
        Gt two = lock.product(nora.transformKey(), List.of(weight(1)));
        assertThat(derek.retrievalKey()
                        .retrieve(one)
                        .multiply(nora.retrievalKey().retrieve(two)))
                .isNotEqualTo(secret);
        assertThat(derek.retrievalKey().retrieve(one.multiply(two))).isNotEqualTo(secret);
    }

    private static LinearSecretSharing.Weight weight(int row) {
        return new LinearSecretSharing.Weight(row, BigInteger.ONE);
    }

    @Test
    void theCloudAloneDoesNotOpen() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor or department:cardiology"), s);
        Gt one = lock.transform(derek.transformKey());
        Gt two = lock.transform(nora.transformKey());
        for (Gt guess : List.of(one, two, one.multiply(two), parameters.encapsulated(Scalar.random()))) {
            assertThat(guess).isNotEqualTo(secret);
        }
    }

    @Test
    void anotherPersonsRetrievalKeyDoesNotOpen() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor or department:cardiology"), s);
        Gt transformed = lock.transform(derek.transformKey());
        assertThat(derek.retrievalKey().retrieve(transformed)).isEqualTo(secret);
        assertThat(nora.retrievalKey().retrieve(transformed)).isNotEqualTo(secret);
    }

    @Test
    void keysOfAnotherAuthorityDoNotOpen() throws Exception {
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor"), s);
        UserKeys foreign = MasterSecretKey.generate().keyGen(Set.of(DOCTOR));
        assertThat(foreign.retrievalKey().retrieve(lock.transform(foreign.transformKey())))
                .isNotEqualTo(secret);
    }

    /** An attribute of an older issue is another attribute, also when somebody renames it in their key. */
    @Test
    void aRenamedAttributeDoesNotOpen() throws Exception {
        Attribute newer = new Attribute("hospital", "role", "doctor", 2);
        PolicyLock lock = PolicyLock.encaps(parameters, AccessPolicy.parse("role:doctor@2"), s);
        TransformKey renamed = new TransformKey(
                derek.transformKey().k(),
                derek.transformKey().l(),
                Map.of(newer, derek.transformKey().forAttribute(DOCTOR).orElseThrow()));
        assertThat(derek.retrievalKey().retrieve(lock.transform(renamed))).isNotEqualTo(secret);
    }
}
