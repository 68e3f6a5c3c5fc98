package org.sosia.outsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sosia.alerts.Alerts;
import org.sosia.crypto.abe.OutsourcedLock;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.identity.Credentials;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.TestHospital;
import org.sosia.refusal.InvalidValueException;

/** A weak client has its encryption done: neither cloud sees both halves, a wrong half is noticed, and the hospital can leave it off. */
class OutsourcingTest {
    private final TestHospital hospital = new TestHospital();
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Scalar s = Scalar.random();
    private final OutsourcedLock split = OutsourcedLock.split(policy(TestHospital.POLICY), s);

    private static AccessPolicy policy(String text) {
        try {
            return AccessPolicy.parse(text);
        } catch (org.sosia.crypto.policy.PolicySyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] task(OutsourcedLock of, int cloud) {
        return of.taskFor(cloud).encode().exposeSecretBytes();
    }

    private LockView lock(byte[] first, byte[] second) throws Exception {
        return hospital.signIn(owner).bean(Outsourcing.class).lock(first, second);
    }

    @Test
    void itIsOffUnlessTheHospitalSaysSo() {
        assertThatThrownBy(() -> lock(task(split, 1), task(split, 2))).isInstanceOf(OutsourcingOffException.class);
        assertThat(hospital.a.calls).doesNotContain("lockHalf");
    }

    @Test
    void whatBothCloudsMadeOpensForWhoSatisfiesThePolicy() throws Exception {
        hospital.set("sosia.outsourcing.encryption", "true");

        LockView made = lock(task(split, 1), task(split, 2));

        assertThat(made.warning()).isEqualTo("both-clouds-can-open");
        PolicyLock lock =
                PolicyLock.read(new ByteReader(Base64.getDecoder().decode(made.lock())), policy(TestHospital.POLICY));
        TransformKey doctors =
                TransformKey.decode(hospital.b.transformKey(hospital.real().realm(), TestHospital.DOCTOR));
        var z = hospital.real()
                .persons()
                .find(TestHospital.DOCTOR)
                .orElseThrow()
                .retrievalKey();
        assertThat(z.orElseThrow().retrieve(lock.transform(doctors)))
                .isEqualTo(hospital.real().keys().parameters().encapsulated(s));
        assertThat(lock.isConsistent(hospital.real().keys().parameters())).isTrue();
    }

    @Test
    void aCloudThatReturnsAWrongHalfIsNamed() throws Exception {
        hospital.set("sosia.outsourcing.encryption", "true");
        hospital.enrol("sam", "security-desk", Set.of());
        byte[] another = task(OutsourcedLock.split(policy(TestHospital.POLICY), Scalar.random()), 2);
        byte[] common = hospital.real().keys().parameters().encode();
        byte[] wrong = hospital.b.lockHalf(common, another);
        hospital.b.halved = honest -> wrong;

        assertThatThrownBy(() -> lock(task(split, 1), task(split, 2))).isInstanceOf(IntegrityException.class);
        assertThat(hospital.signIn(hospital.proven("sam", "security-desk"))
                        .bean(Alerts.class)
                        .list(null, null, null, 10)
                        .items())
                .singleElement()
                .satisfies(incident -> assertThat(incident.cloud()).isEqualTo("duplicate"));
    }

    @Test
    void halvesOfDifferentLocksAndGarbageAreRefused() {
        hospital.set("sosia.outsourcing.encryption", "true");
        OutsourcedLock other = OutsourcedLock.split(policy("role:doctor"), s);
        byte[] first = task(split, 1);

        assertThatThrownBy(() -> lock(first, task(other, 2))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> lock(first, new byte[] {1})).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> lock(new byte[0], first)).isInstanceOf(InvalidValueException.class);
    }
}
