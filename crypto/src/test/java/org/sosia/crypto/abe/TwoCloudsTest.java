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

class TwoCloudsTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    private final long seed = new SecureRandom().nextLong();
    private final RandomPolicies policies = new RandomPolicies(new SplittableRandom(seed));
    private final Scalar s = Scalar.random();

    @RepeatedTest(10)
    void locksOfTwoCloudsAreLocks() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> held = policies.attributes();
        OutsourcedLock work = OutsourcedLock.split(policy, s);
        PolicyLock lock = work.merge(
                PARAMETERS,
                work.taskFor(1).perform(PARAMETERS),
                LockTask.decode(work.taskFor(2).encode()).perform(PARAMETERS));

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
    void keysOfTwoCloudsAreKeys() throws Exception {
        OutsourcedKeyGen work = OutsourcedKeyGen.betweenCloudsThatNeverCollude(AUTHORITY, Set.of(DOCTOR, CARDIOLOGY));
        UserKeys keys = work.merge(
                work.taskFor(1).perform(PARAMETERS),
                KeyTask.decode(work.taskFor(2).encode()).perform(PARAMETERS));

        PolicyLock lock = PolicyLock.encaps(PARAMETERS, AccessPolicy.parse("role:doctor and department:cardiology"), s);
        assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                .isEqualTo(PARAMETERS.encapsulated(s));
    }

    @Test
    void malformedTasksAreRefused() throws Exception {
        byte[] key = OutsourcedKeyGen.betweenCloudsThatNeverCollude(AUTHORITY, Set.of(DOCTOR, CARDIOLOGY))
                .taskFor(1)
                .encode()
                .exposeSecretBytes();
        byte[] lock = OutsourcedLock.split(AccessPolicy.parse("role:doctor"), s)
                .taskFor(1)
                .encode()
                .exposeSecretBytes();
        for (byte[] task : new byte[][] {key, lock}) {
            assertRefused(Arrays.copyOf(task, task.length - 1), task == key);
            assertRefused(Arrays.copyOf(task, task.length + 1), task == key);
            byte[] otherVersion = task.clone();
            otherVersion[0] = 2;
            assertRefused(otherVersion, task == key);
            byte[] zero = task.clone();
            Arrays.fill(zero, 1, 33, (byte) 0);
            assertRefused(zero, task == key);
        }
    }

    private static void assertRefused(byte[] encoded, boolean key) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> {
            if (key) {
                KeyTask.decode(SecretBytes.copyOf(encoded));
            } else {
                LockTask.decode(SecretBytes.copyOf(encoded));
            }
        });
    }

    @Test
    void tasksDoNotPrintThemselves() throws Exception {
        OutsourcedLock lock = OutsourcedLock.split(AccessPolicy.parse("role:doctor"), s);
        OutsourcedKeyGen key = OutsourcedKeyGen.betweenCloudsThatNeverCollude(AUTHORITY, Set.of(DOCTOR));
        assertThat(lock).hasToString("OutsourcedLock[secret]");
        assertThat(lock.taskFor(2)).hasToString("LockTask[secret]");
        assertThat(key).hasToString("OutsourcedKeyGen[secret]");
        assertThat(key.taskFor(2)).hasToString("KeyTask[secret]");
    }
}
