package org.sosia.crypto.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;

/**
 * A cloud takes a new signing key from time to time. Somebody who never had its keys introduces one of her own; somebody who stole an old one
 * goes on signing with it, or leads the history elsewhere; the cloud itself wants to be rid of what it once signed. What it signed in each term
 * stays its word.
 */
class SucceedingKeysAttackTest {
    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00.000001Z");
    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final byte[] HEADER = {1};
    private static final byte[] KEY = {2};
    private static final byte[] RESULT = {3};

    private final OperatorKey first = OperatorKey.generate();
    private final OperatorKey second = OperatorKey.generate();
    private final OperatorKey third = OperatorKey.generate();
    private final OperatorHistory history = threeKeys();

    private OperatorHistory threeKeys() {
        try {
            return OperatorHistory.beginningWith(first)
                    .followedBy(first, second, NOON)
                    .followedBy(second, third, EVENING);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Statement said(OperatorKey by, Instant at) {
        return Statement.sign(Work.CONVERSION, HEADER, KEY, RESULT, at, by);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(call);
    }

    @Test
    void whatWasSignedInEachTermVerifiesForEver() throws Exception {
        OperatorHistory read = OperatorHistory.decode(history.encode());

        assertThat(said(first, NOON.minusSeconds(1)).signer(read)).isEqualTo(first.certificate());
        assertThat(said(second, NOON).signer(read)).isEqualTo(second.certificate());
        assertThat(said(third, EVENING.plus(Duration.ofDays(9000))).signer(read))
                .isEqualTo(third.certificate());
        assertThat(read.newest()).isEqualTo(third.certificate());
        assertThat(read.terms())
                .extracting(OperatorHistory.Term::until)
                .containsExactlyElementsOf(List.of(
                        java.util.Optional.of(NOON), java.util.Optional.of(EVENING), java.util.Optional.empty()));
    }

    @Test
    void anOldKeySignsNothingAfterItsTerm() throws Exception {
        Instant end = NOON.plus(OperatorHistory.OVERLAP);
        assertThat(said(first, end.minusNanos(1000)).signer(history)).isEqualTo(first.certificate());

        refused(() -> said(first, end).signer(history));
        refused(() -> said(third, EVENING.minus(OperatorHistory.OVERLAP).minusNanos(1000))
                .signer(history));
        refused(() -> said(OperatorKey.generate(), NOON).signer(history));
    }

    @Test
    void nobodyIntroducesAKeyButTheNewestOne() {
        OperatorKey own = OperatorKey.generate();

        refused(() -> history.followedBy(own, OperatorKey.generate(), EVENING));
        refused(() -> history.followedBy(first, own, EVENING));
        refused(() -> history.followedBy(third, own, EVENING.minusSeconds(1)));
    }

    @Test
    void whoStoleAnOldKeyCannotLeadTheHistoryElsewhere() throws Exception {
        OperatorHistory elsewhere =
                OperatorHistory.beginningWith(first).followedBy(first, OperatorKey.generate(), NOON);
        OperatorHistory accepted = OperatorHistory.beginningWith(first).followedBy(first, second, NOON);

        assertThat(elsewhere.continues(accepted)).isFalse();
        assertThat(history.continues(accepted)).isTrue();
        assertThat(history.continues(history)).isTrue();
        assertThat(accepted.continues(history)).as("a key is never forgotten").isFalse();
    }

    @Test
    void anIntroductionIsForOneOperatorAndOnePlace() throws Exception {
        // The same key is introduced to another line; its link there does not fit here.
        OperatorHistory other = OperatorHistory.beginningWith(second).followedBy(second, third, EVENING);
        byte[] spliced = history.encode();
        byte[] link = other.encode();
        System.arraycopy(link, link.length - 200, spliced, spliced.length - 200, 200);

        refused(() -> OperatorHistory.decode(spliced));
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] encoded = history.encode();
        for (int at = 0; at < encoded.length; at++) {
            byte[] changed = encoded.clone();
            changed[at] ^= 1;
            refused(() -> OperatorHistory.decode(changed));
        }
    }
}
