package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.RandomPolicies;
import org.sosia.crypto.secret.SecretBytes;

class OfflineLockTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();

    private final long seed = new SecureRandom().nextLong();
    private final RandomPolicies policies = new RandomPolicies(new SplittableRandom(seed));
    private final Scalar s = Scalar.random();

    @RepeatedTest(20)
    void aCompletedLockIsALock() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> held = policies.attributes();
        PolicyLock lock = OfflineLock.prepare(PARAMETERS, policy).complete(s);
        assertThat(lock.locks(PARAMETERS, s)).as("seed %d, %s", seed, policy).isTrue();

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
    }

    @Test
    void aStoredEntryIsCompletedAsWell() throws Exception {
        AccessPolicy policy = policies.policy();
        SecretBytes stored = OfflineLock.prepare(PARAMETERS, policy).encode();
        OfflineLock entry = OfflineLock.decode(stored, PARAMETERS);
        assertThat(entry.policy()).isEqualTo(policy);
        assertThat(entry).hasToString("OfflineLock[secret]");
        assertThat(entry.complete(s).locks(PARAMETERS, s)).isTrue();
    }

    @Test
    void malformedEntriesAreRefused() throws Exception {
        SecretBytes stored = OfflineLock.prepare(PARAMETERS, policies.policy()).encode();
        byte[] bytes = stored.exposeSecretBytes();
        assertRefused(Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
        byte[] zero = bytes.clone();
        Arrays.fill(zero, 33, 65, (byte) 0);
        assertRefused(zero);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() ->
                        OfflineLock.decode(stored, MasterSecretKey.generate().publicParameters()));
    }

    private static void assertRefused(byte[] encoded) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> OfflineLock.decode(SecretBytes.copyOf(encoded), PARAMETERS));
    }
}
