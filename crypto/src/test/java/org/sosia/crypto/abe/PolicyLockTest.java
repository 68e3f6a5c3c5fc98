package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.OtherEngine;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.RandomPolicies;
import org.sosia.crypto.secret.SecretBytes;

class PolicyLockTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    private final long seed = new SecureRandom().nextLong();
    private final RandomPolicies policies = new RandomPolicies(new SplittableRandom(seed));
    private final Scalar s = Scalar.random();

    @RepeatedTest(40)
    void keysOpenWhatTheirAttributesSatisfyAndNothingElse() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> held = policies.attributes();
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, policy, s);
        UserKeys keys = AUTHORITY.keyGen(held);

        if (RandomPolicies.oracle(policy, held)) {
            assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                    .as("seed %d, %s, %s", seed, policy, held)
                    .isEqualTo(PARAMETERS.encapsulated(s));
        } else {
            assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                    .as("seed %d, %s, %s", seed, policy, held)
                    .isThrownBy(() -> lock.transform(keys.transformKey()));
        }
        assertThat(lock.isConsistent(PARAMETERS))
                .as("seed %d, %s", seed, policy)
                .isTrue();
    }

    @Test
    void anEncodedLockOpensAsWell() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor and department:cardiology");
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, policy, s);
        UserKeys keys = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));

        PolicyLock read = PolicyLock.read(new ByteReader(encoded(lock)), policy);
        TransformKey transformKey = TransformKey.decode(keys.transformKey().encode());
        RetrievalKey retrievalKey = RetrievalKey.decode(keys.retrievalKey().encode());

        assertThat(encoded(read)).isEqualTo(encoded(lock)).hasSize(96 + 2 + 2 * 144);
        assertThat(retrievalKey.retrieve(read.transform(transformKey))).isEqualTo(PARAMETERS.encapsulated(s));
        assertThat(transformKey.attributes()).containsExactlyInAnyOrder(DOCTOR, CARDIOLOGY);
    }

    @Test
    void theAuthorityAndItsParametersSurviveEncoding() throws Exception {
        MasterSecretKey read = MasterSecretKey.decode(AUTHORITY.encode());
        assertThat(PublicParameters.decode(PARAMETERS.encode()))
                .isEqualTo(PARAMETERS)
                .isEqualTo(read.publicParameters())
                .isNotEqualTo(MasterSecretKey.generate().publicParameters())
                .hasSameHashCodeAs(PARAMETERS);
        assertThat(PARAMETERS.digest()).isEqualTo(read.publicParameters().digest());
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("role:doctor"), s);
        UserKeys keys = read.keyGen(Set.of(DOCTOR));
        assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                .isEqualTo(PARAMETERS.encapsulated(s));
    }

    /** The secret recomputed by another library, from the encodings alone: Y^s = e(g1, g2)^(α·s). */
    @Test
    void anIndependentEngineFindsTheSameSecret() throws Exception {
        byte[] master = AUTHORITY.encode().exposeSecretBytes();
        Scalar alpha = Scalar.decode(Arrays.copyOfRange(master, 1, 33));
        assertThat(OtherEngine.power(
                        G1.GENERATOR.encode(),
                        G2.GENERATOR.encode(),
                        alpha.multiply(s).toInteger()))
                .isEqualTo(PARAMETERS.encapsulated(s).encode());
    }

    @Test
    void aKeyForNothingOpensNothing() throws Exception {
        UserKeys keys = AUTHORITY.keyGen(Set.of());
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("role:doctor or department:cardiology"), s);
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() ->
                        lock.transform(TransformKey.decode(keys.transformKey().encode())));
    }

    @Test
    void largePoliciesWork() throws Exception {
        String block = IntStream.range(0, 64).mapToObj(i -> "x:v" + i).collect(Collectors.joining(" and ", "(", ")"));
        AccessPolicy policy = AccessPolicy.parse(String.join(" and ", block, block, block, block));
        Set<Attribute> held =
                IntStream.range(0, 64).mapToObj(RandomPolicies::attribute).collect(Collectors.toSet());
        UserKeys keys = AUTHORITY.keyGen(held);
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, policy, s);
        assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                .isEqualTo(PARAMETERS.encapsulated(s));
    }

    @Test
    void aKeyHasALimitOfAttributes() {
        Set<Attribute> many =
                IntStream.range(0, 257).mapToObj(RandomPolicies::attribute).collect(Collectors.toSet());
        assertThatIllegalArgumentException().isThrownBy(() -> AUTHORITY.keyGen(many));
    }

    @Test
    void thePublicTestRefusesChangedLocks() throws Exception {
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("2 of (a:1, b:2, c:3) or d:4"), s);
        PolicyLock.Row first = lock.rows().get(0);
        G1 g1 = G1.GENERATOR.power(Scalar.random());
        G2 g2 = G2.GENERATOR.power(Scalar.random());

        assertThat(lock.isConsistent(PARAMETERS)).isTrue();
        assertThat(new PolicyLock(lock.policy(), lock.exponent().multiply(g2), lock.rows()).isConsistent(PARAMETERS))
                .isFalse();
        assertThat(withFirst(lock, new PolicyLock.Row(first.share().multiply(g1), first.randomizer()))
                        .isConsistent(PARAMETERS))
                .isFalse();
        assertThat(withFirst(
                                lock,
                                new PolicyLock.Row(
                                        first.share(), first.randomizer().multiply(g2)))
                        .isConsistent(PARAMETERS))
                .isFalse();
        assertThat(lock.isConsistent(MasterSecretKey.generate().publicParameters()))
                .isFalse();
    }

    /** A sealer who hands one branch another secret cheats some readers and not others: a split view. */
    @Test
    void thePublicTestRefusesSplitViews() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor or department:cardiology");
        PolicyLock honest = PolicyLock.encaps(PARAMETERS, policy, s);
        PolicyLock other = PolicyLock.encaps(PARAMETERS, policy, Scalar.random());
        PolicyLock split = withFirst(honest, other.rows().get(0));

        assertThat(split.isConsistent(PARAMETERS)).isFalse();
        UserKeys second = AUTHORITY.keyGen(Set.of(CARDIOLOGY));
        assertThat(second.retrievalKey().retrieve(split.transform(second.transformKey())))
                .as("the second branch is untouched, so only the test notices")
                .isEqualTo(PARAMETERS.encapsulated(s));
    }

    private static PolicyLock withFirst(PolicyLock lock, PolicyLock.Row row) {
        List<PolicyLock.Row> rows = new ArrayList<>(lock.rows());
        rows.set(0, row);
        return new PolicyLock(lock.policy(), lock.exponent(), rows);
    }

    @Test
    void rowsAndPolicyMustBelongTogether() throws Exception {
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("role:doctor and a:1"), s);
        AccessPolicy other = AccessPolicy.parse("role:doctor");
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PolicyLock.read(new ByteReader(encoded(lock)), other));
    }

    @Test
    void malformedKeysAreRefused() {
        byte[] transformKey =
                AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY)).transformKey().encode();
        assertRefused(() -> TransformKey.decode(new byte[0]));
        assertRefused(() -> TransformKey.decode(Arrays.copyOf(transformKey, transformKey.length - 1)));
        assertRefused(() -> TransformKey.decode(Arrays.copyOf(transformKey, transformKey.length + 1)));
        byte[] otherVersion = transformKey.clone();
        otherVersion[0] = 2;
        assertRefused(() -> TransformKey.decode(otherVersion));
        byte[] infinity = transformKey.clone();
        Arrays.fill(infinity, 1, 49, (byte) 0);
        infinity[1] = (byte) 0xc0;
        assertRefused(() -> TransformKey.decode(infinity));
        assertRefused(() -> PublicParameters.decode(Arrays.copyOf(PARAMETERS.encode(), 624)));
        assertRefused(() -> MasterSecretKey.decode(SecretBytes.copyOf(new byte[65])));
        assertRefused(() -> RetrievalKey.decode(SecretBytes.copyOf(new byte[33])));
        assertRefused(() -> RetrievalKey.decode(SecretBytes.random(40)));
    }

    /** Two orders of the same attributes would be two encodings of one key. */
    @Test
    void attributesOutOfOrderAreRefused() throws Exception {
        byte[] key = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY)).transformKey().encode();
        ByteReader reader = new ByteReader(key);
        byte[] head = reader.fixed(147);
        byte[] first = reader.sized(200);
        byte[] firstElement = reader.fixed(48);
        byte[] second = reader.sized(200);
        byte[] secondElement = reader.fixed(48);
        reader.end();
        byte[] swapped = new ByteWriter()
                .fixed(head)
                .sized(second)
                .fixed(secondElement)
                .sized(first)
                .fixed(firstElement)
                .toByteArray();
        byte[] twice = new ByteWriter()
                .fixed(head)
                .sized(first)
                .fixed(firstElement)
                .sized(first)
                .fixed(firstElement)
                .toByteArray();
        assertRefused(() -> TransformKey.decode(swapped));
        assertRefused(() -> TransformKey.decode(twice));
    }

    @Test
    void keysDoNotPrintThemselves() {
        UserKeys keys = AUTHORITY.keyGen(Set.of(DOCTOR));
        assertThat(AUTHORITY).hasToString("MasterSecretKey[secret]");
        assertThat(keys).hasToString("UserKeys[secret]");
        assertThat(keys.retrievalKey()).hasToString("RetrievalKey[secret]");
        assertThat(keys.transformKey()).hasToString("TransformKey[1 attributes]");
    }

    private interface Decoding {
        void run() throws GeneralSecurityException;
    }

    private static void assertRefused(Decoding decoding) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(decoding::run);
    }

    private static byte[] encoded(PolicyLock lock) {
        ByteWriter writer = new ByteWriter();
        lock.write(writer);
        return writer.toByteArray();
    }
}
