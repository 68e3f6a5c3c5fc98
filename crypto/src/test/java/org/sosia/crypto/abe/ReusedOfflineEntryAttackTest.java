package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;

/**
 * One entry, two records. The quotient of both locks is a lock of Y^(s2-s1) that needs no attribute: everything random in it cancelled. So somebody who once read
 * the first record, and holds a key for nothing any more, reads the second.
 *
 * <p>The first test carries the attack out, with a store that gives an entry twice. The others show that an entry lets itself be used once, also in a race.
 */
class ReusedOfflineEntryAttackTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();

    private final Scalar s1 = Scalar.random();
    private final Scalar s2 = Scalar.random();

    private static OfflineLock entry() throws Exception {
        return OfflineLock.prepare(PARAMETERS, AccessPolicy.parse("role:doctor and department:cardiology"));
    }

    @Test
    void whoeverReadTheFirstRecordReadsTheSecond() throws Exception {
        SecretBytes stored = entry().encode();
        PolicyLock first = OfflineLock.decode(stored, PARAMETERS).complete(s1);
        PolicyLock second = OfflineLock.decode(stored, PARAMETERS).complete(s2);
        UserKeys noLongerEmployed = AUTHORITY.keyGen(Set.<Attribute>of());

        G2 exponents = second.exponent().multiply(first.exponent().inverse());
        G1 shares = second.rows()
                .get(1)
                .share()
                .multiply(first.rows().get(1).share().inverse());
        Gt quotient = new PairingProduct()
                .times(noLongerEmployed.transformKey().k(), exponents)
                .times(shares, noLongerEmployed.transformKey().l())
                .value();
        Gt remembered = PARAMETERS.encapsulated(s1);
        assertThat(remembered.multiply(noLongerEmployed.retrievalKey().retrieve(quotient)))
                .as("the attack works, which is why entries serve once")
                .isEqualTo(PARAMETERS.encapsulated(s2));

        PolicyLock separate = entry().complete(s2);
        G1 unrelated = separate.rows()
                .get(1)
                .share()
                .multiply(first.rows().get(1).share().inverse());
        Gt nothing = new PairingProduct()
                .times(
                        noLongerEmployed.transformKey().k(),
                        separate.exponent().multiply(first.exponent().inverse()))
                .times(unrelated, noLongerEmployed.transformKey().l())
                .value();
        assertThat(remembered.multiply(noLongerEmployed.retrievalKey().retrieve(nothing)))
                .as("with an entry of its own it does not")
                .isNotEqualTo(PARAMETERS.encapsulated(s2));
    }

    @Test
    void anEntryIsCompletedOrStoredOnce() throws Exception {
        OfflineLock completed = entry();
        completed.complete(s1);
        assertThatIllegalStateException().isThrownBy(() -> completed.complete(s2));
        assertThatIllegalStateException().isThrownBy(completed::encode);
        OfflineLock stored = entry();
        stored.encode();
        assertThatIllegalStateException().isThrownBy(stored::encode);
        assertThatIllegalStateException().isThrownBy(() -> stored.complete(s1));
    }

    @Test
    void aRaceHasOneWinner() throws Exception {
        OfflineLock entry = entry();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            var attempts = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        try {
                            entry.complete(Scalar.random());
                            return 1;
                        } catch (IllegalStateException e) {
                            return 0;
                        }
                    }))
                    .toList();
            start.countDown();
            int winners = 0;
            for (Future<Integer> attempt : attempts) {
                winners += attempt.get();
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
