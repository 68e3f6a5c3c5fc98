package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.RandomPolicies;
import org.sosia.crypto.secret.SecretBytes;

class StrictLockTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();
    private static final byte[] CONTEXT = {1, 2, 3};

    private final long seed = new SecureRandom().nextLong();
    private final RandomPolicies policies = new RandomPolicies(new SplittableRandom(seed));
    private final SecretBytes secret = SecretBytes.random(32);
    private final Scalar s = Scalar.random();

    @RepeatedTest(10)
    void aDerivedLockIsALock() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> all = policy.attributes();
        PolicyLock lock = derived(policy);
        UserKeys keys = AUTHORITY.keyGen(all);
        assertThat(lock.locks(PARAMETERS, s)).as("seed %d, %s", seed, policy).isTrue();
        assertThat(keys.retrievalKey().retrieve(lock.transform(keys.transformKey())))
                .as("seed %d, %s", seed, policy)
                .isEqualTo(PARAMETERS.encapsulated(s));
        assertThat(PolicyLock.read(new ByteReader(lock.encode()), policy).isDerivedFrom(PARAMETERS, s, secret, CONTEXT))
                .isTrue();
    }

    /** Rows of one lock share no randomness, nor do locks of other seeds or contexts. */
    @Test
    void nothingRandomOccursTwice() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("2 of (a:1, a:1, a:1) and a:1");
        List<PolicyLock.Row> rows = new ArrayList<>(derived(policy).rows());
        rows.addAll(PolicyLock.encapsDerived(PARAMETERS, policy, s, secret, new byte[] {1, 2})
                .rows());
        rows.addAll(PolicyLock.encapsDerived(PARAMETERS, policy, s, SecretBytes.random(32), CONTEXT)
                .rows());
        assertThat(rows.stream().map(PolicyLock.Row::randomizer)).doesNotHaveDuplicates();
        assertThat(rows.stream().map(PolicyLock.Row::share)).doesNotHaveDuplicates();
    }

    /**
     * A re-randomised lock opens and passes every other test: it is the same secret in other bytes. Only the strict mode refuses it.
     */
    @Test
    void aRerandomisedLockIsRefused() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor and a:1");
        PolicyLock lock = derived(policy);
        Scalar extra = Scalar.random();
        List<PolicyLock.Row> rows = new ArrayList<>(lock.rows());
        PolicyLock.Row first = rows.get(0);
        rows.set(
                0,
                new PolicyLock.Row(
                        first.share()
                                .multiply(PublicParameters.hash(policy.leaves().get(0))
                                        .power(extra)),
                        first.randomizer().multiply(G2.GENERATOR.power(extra).inverse())));
        PolicyLock changed = new PolicyLock(policy, lock.exponent(), rows);

        assertThat(changed.locks(PARAMETERS, s)).isTrue();
        assertThat(changed.isDerivedFrom(PARAMETERS, s, secret, CONTEXT)).isFalse();
    }

    @Test
    void everyOtherChangeIsRefused() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor or a:1");
        PolicyLock lock = derived(policy);
        assertThat(lock.isDerivedFrom(PARAMETERS, Scalar.random(), secret, CONTEXT))
                .isFalse();
        assertThat(lock.isDerivedFrom(PARAMETERS, s, SecretBytes.random(32), CONTEXT))
                .isFalse();
        assertThat(lock.isDerivedFrom(PARAMETERS, s, secret, new byte[0])).isFalse();
        assertThat(lock.isDerivedFrom(MasterSecretKey.generate().publicParameters(), s, secret, CONTEXT))
                .isFalse();
        List<PolicyLock.Row> rows = new ArrayList<>(lock.rows());
        rows.set(1, new PolicyLock.Row(G1.GENERATOR, rows.get(1).randomizer()));
        assertThat(new PolicyLock(policy, lock.exponent(), rows).isDerivedFrom(PARAMETERS, s, secret, CONTEXT))
                .isFalse();
    }

    private PolicyLock derived(AccessPolicy policy) {
        return PolicyLock.encapsDerived(PARAMETERS, policy, s, secret, CONTEXT);
    }
}
