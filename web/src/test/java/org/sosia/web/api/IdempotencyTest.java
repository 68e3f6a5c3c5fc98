package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.web.api.Idempotency.Outcome;

class IdempotencyTest {
    private Instant now = Instant.parse("2027-01-31T12:00:00Z");
    private final Idempotency idempotency = new Idempotency(clock());
    private final AtomicInteger done = new AtomicInteger();
    private final Callable<Outcome> work =
            () -> new Outcome(201, URI.create("/made"), "number " + done.incrementAndGet());

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private void call(String subject, String session, int assurance) {
        Caller caller = new Caller();
        caller.establish(new Credentials(
                subject,
                subject,
                Set.of("data-owner"),
                assurance,
                now,
                session,
                "sosia-cli",
                "127.0.0.1",
                false,
                false));
        idempotency.caller = caller;
    }

    @Test
    void anAnswerThatShowsASecretIsGivenAgainForAQuarterOfAnHourOnly() throws Exception {
        call("olga", "s1", 2);
        idempotency.onceInSecret("key", "approve", work);
        now = now.plus(Idempotency.SECRET_KEPT);

        assertThat(idempotency.onceInSecret("key", "approve", work).entity()).isEqualTo("number 1");
        now = now.plus(Duration.ofSeconds(1));
        assertThat(idempotency.onceInSecret("key", "approve", work).entity()).isEqualTo("number 2");
    }

    @Test
    void aRetryGetsTheFirstAnswer() throws Exception {
        call("olga", "s1", 2);

        Outcome first = idempotency.once("key", "POST /patients a", work);
        Outcome again = idempotency.once("key", "POST /patients a", work);

        assertThat(done).hasValue(1);
        assertThat(again.entity()).isEqualTo(first.entity());
        assertThat(again.status()).isEqualTo(201);
    }

    @Test
    void withoutAKeyEveryCallIsDone() throws Exception {
        call("olga", "s1", 2);
        idempotency.once(null, "a", work);
        idempotency.once(null, "a", work);

        assertThat(done).hasValue(2);
    }

    @Test
    void aKeyIsForOneRequest() throws Exception {
        call("olga", "s1", 2);
        idempotency.once("key", "a", work);

        assertThatThrownBy(() -> idempotency.once("key", "b", work))
                .isInstanceOfSatisfying(
                        RefusedCallException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(422));
    }

    @Test
    void aWeakerSessionOfTheSamePersonLearnsNothing() throws Exception {
        call("olga", "s1", 2);
        idempotency.once("key", "a", work);

        call("olga", "s1", 1);
        assertThat(idempotency.once("key", "a", work).entity()).isEqualTo("number 2");
        call("olga", "s2", 2);
        assertThat(idempotency.once("key", "a", work).entity()).isEqualTo("number 3");
        call("otto", "s1", 2);
        assertThat(idempotency.once("key", "a", work).entity()).isEqualTo("number 4");
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        call("olga", "s1", 2);
        assertThatThrownBy(() -> idempotency.once("key", "a", () -> {
                    throw new NoSuchRecordException();
                }))
                .isInstanceOf(NoSuchRecordException.class);

        assertThat(idempotency.once("key", "a", work).entity()).isEqualTo("number 1");
    }

    @Test
    void aRetryWhileTheFirstIsAtWorkIsToldToWait() throws Exception {
        call("olga", "s1", 2);
        idempotency.once("key", "a", () -> {
            assertThatThrownBy(() -> idempotency.once("key", "a", work))
                    .isInstanceOfSatisfying(
                            RefusedCallException.class,
                            refused -> assertThat(refused.problem().status()).isEqualTo(409));
            return work.call();
        });

        assertThat(done).hasValue(1);
    }

    @Test
    void outcomesAreForgottenAfterADay() throws Exception {
        call("olga", "s1", 2);
        idempotency.once("key", "a", work);
        now = now.plus(Idempotency.KEPT).plus(Duration.ofSeconds(1));

        idempotency.once("key", "a", work);

        assertThat(done).hasValue(2);
    }

    @Test
    void theOldestGiveWay() throws Exception {
        call("olga", "s1", 2);
        for (int i = 0; i <= Idempotency.MOST; i++) {
            idempotency.once("key " + i, "a", work);
        }
        int before = done.get();

        idempotency.once("key " + Idempotency.MOST, "a", work);
        assertThat(done).hasValue(before);
        idempotency.once("key 0", "a", work);
        assertThat(done).hasValue(before + 1);
    }
}
