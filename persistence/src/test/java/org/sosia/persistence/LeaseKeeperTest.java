package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final BlockingQueue<Runnable> due = new ArrayBlockingQueue<>(1);
    private int renewals;

    private Runnable next() {
        try {
            Runnable step = due.poll(1, TimeUnit.MINUTES);
            assertThat(step).isNotNull();
            return step;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private String keeping(Runnable renewal) {
        return LeaseKeeper.during(this::work, due::add, PAUSE, renewal);
    }

    /** Work so long that the lease is renewed twice. */
    private String work() {
        next().run();
        next().run();
        return "done";
    }

    @Test
    void renewsUntilTheWorkEnds() {
        assertThat(keeping(() -> renewals++)).isEqualTo("done");
        assertThat(renewals).isEqualTo(2);

        next().run();
        assertThat(renewals).as("after the end").isEqualTo(2);
        assertThat(due).as("and it never asks again").isEmpty();
    }

    @Test
    void aRenewalThatFailsIsTriedAgain() {
        keeping(() -> {
            renewals++;
            throw new IllegalStateException("the store is away");
        });

        assertThat(renewals).isEqualTo(2);
    }

    @Test
    void nothingIsRenewedForWorkThatFailed() {
        assertThatThrownBy(() -> LeaseKeeper.during(
                        () -> {
                            throw new IllegalArgumentException("no such work");
                        },
                        due::add,
                        PAUSE,
                        () -> renewals++))
                .hasMessage("no such work");

        next().run();
        assertThat(renewals).isZero();
    }
}
