package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.testing.StrictReading;

/** Who signs for an operator when, to the microsecond, and which history is none. */
class OperatorHistoryTest {
    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");
    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final Duration MICRO = Duration.ofNanos(1_000);
    private static final byte[] MESSAGE = {1, 2, 3};

    private final OperatorKey first = OperatorKey.generate();
    private final OperatorKey second = OperatorKey.generate();
    private final OperatorKey third = OperatorKey.generate();

    private OperatorHistory two() throws GeneralSecurityException {
        return OperatorHistory.beginningWith(first).followedBy(first, second, NOON);
    }

    private OperatorHistory three() throws GeneralSecurityException {
        return two().followedBy(second, third, EVENING);
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(call);
    }

    private void assertSigns(OperatorKey key, Instant at) throws GeneralSecurityException {
        assertThat(three().signer(at, MESSAGE, key.sign(MESSAGE))).isEqualTo(key.certificate());
    }

    private void assertDoesNotSign(OperatorKey key, Instant at) {
        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> three().signer(at, MESSAGE, key.sign(MESSAGE)));
    }

    @Test
    void aKeySignsWithinItsTermAndFiveMinutesAround() throws Exception {
        assertThat(OperatorHistory.OVERLAP).isEqualTo(Duration.ofMinutes(5));
        assertSigns(first, Instant.EPOCH);
        assertSigns(first, NOON.plusSeconds(300).minus(MICRO));
        assertDoesNotSign(first, NOON.plusSeconds(300));

        assertSigns(second, NOON.minusSeconds(300));
        assertDoesNotSign(second, NOON.minusSeconds(300).minus(MICRO));
        assertSigns(second, EVENING.plusSeconds(300).minus(MICRO));
        assertDoesNotSign(second, EVENING.plusSeconds(300));

        assertSigns(third, EVENING.minusSeconds(300));
        assertSigns(third, Instant.parse("2200-01-01T00:00:00Z"));
        assertDoesNotSign(third, EVENING.minusSeconds(300).minus(MICRO));
    }

    @Test
    void whatNobodySignedIsNobodysWord() throws Exception {
        byte[] signature = first.sign(MESSAGE);
        signature[5] ^= 1;
        for (byte[] wrong :
                new byte[][] {signature, new byte[64], OperatorKey.generate().sign(MESSAGE)}) {
            assertThatExceptionOfType(SignatureRefusedException.class)
                    .isThrownBy(() -> three().signer(NOON, MESSAGE, wrong));
        }
        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> OperatorKey.verify(second.certificate(), MESSAGE, first.sign(MESSAGE)));
    }

    @Test
    void onlyTheNewestKeyIntroducesAndTimesDoNotGoBack() throws Exception {
        OperatorKey fourth = OperatorKey.generate();
        for (OperatorKey other : new OperatorKey[] {first, second, fourth}) {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> three().followedBy(other, fourth, EVENING));
        }
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> three().followedBy(third, fourth, EVENING.minus(MICRO)));
        assertThat(three().followedBy(third, fourth, EVENING).newest()).isEqualTo(fourth.certificate());
    }

    /** Signed by the right key, but as another number, for another line, or with a certificate that its own key did not sign. */
    @Test
    void anIntroductionSaysWhereItBelongs() throws Exception {
        byte[] line = Digests.sha256(first.certificate().getEncoded());
        byte[] next = second.certificate().getEncoded();
        assertThat(read(2, line, next).newest()).isEqualTo(second.certificate());
        for (int number : new int[] {0, 1, 3, 1025}) {
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> read(number, line, next));
        }
        byte[] otherLine = Digests.sha256(next);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> read(2, otherLine, next));
        CertificateAuthority hospital = CertificateAuthority.generate("General Hospital");
        byte[] issued = hospital.issue("olga").certificate().getEncoded();
        assertThatExceptionOfType(SignatureRefusedException.class).isThrownBy(() -> read(2, line, issued));
    }

    private OperatorHistory read(int number, byte[] line, byte[] next) throws GeneralSecurityException {
        byte[] introduction = new ByteWriter()
                .fixed(new byte[] {'S', 'O', 'S', 'O'})
                .u8(1)
                .u16(number)
                .u64(NOON.getEpochSecond() * 1_000_000)
                .fixed(line)
                .sized(next)
                .toByteArray();
        return OperatorHistory.decode(new ByteWriter()
                .fixed(new byte[] {'S', 'O', 'S', 'O'})
                .u8(1)
                .sized(first.certificate().getEncoded())
                .u16(1)
                .sized(introduction)
                .fixed(first.sign(introduction))
                .toByteArray());
    }

    @Test
    void aHistoryBeginsWithAKeyOfItsOwn() throws Exception {
        byte[] own = first.certificate().getEncoded();
        assertThat(OperatorHistory.beginningWith(own).newest()).isEqualTo(first.certificate());
        assertThat(OperatorHistory.beginningWith(own).encode())
                .isEqualTo(OperatorHistory.beginningWith(first).encode());
        CertificateAuthority hospital = CertificateAuthority.generate("General Hospital");
        byte[] issued = hospital.issue("olga").certificate().getEncoded();
        refused(() -> OperatorHistory.beginningWith(issued));
        byte[] hybrid = CertificateAuthority.generate("General Hospital", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65)
                .certificate()
                .getEncoded();
        refused(() -> OperatorHistory.beginningWith(hybrid));
    }

    @Test
    void aLongerHistoryContinuesAShorterOneAndNotTheOtherWayRound() throws Exception {
        assertThat(three().continues(two())).isTrue();
        assertThat(two().continues(three())).isFalse();
        assertThat(three().first(2).encode()).isEqualTo(two().encode());
        assertThat(three().first(2).terms().get(1).until()).isEmpty();
        assertThat(three().first(3).encode()).isEqualTo(three().encode());
        assertThat(three().first(1).encode())
                .isEqualTo(OperatorHistory.beginningWith(first).encode());
        OperatorHistory otherwise = OperatorHistory.beginningWith(first).followedBy(first, third, NOON);
        assertThat(three().continues(otherwise)).isFalse();
    }

    @Test
    void historiesAreReadStrictly() throws Exception {
        StrictReading.assertReadsOnlyTheWhole(three().encode(), OperatorHistory::decode);
        byte[] other = three().encode();
        other[4] = 2;
        refused(() -> OperatorHistory.decode(other));
    }

    /** A history grows for ever, so somebody's could fill a memory. */
    @Test
    void aHistoryHasAtMostAThousandAndTwentyFourKeys() throws Exception {
        OperatorHistory history = OperatorHistory.beginningWith(first);
        for (int keys = 1; keys < OperatorHistory.MOST_KEYS; keys++) {
            history = history.followedBy(first, first, NOON);
        }
        OperatorHistory full = history;
        assertThat(full.terms()).hasSize(1_024);
        assertThat(OperatorHistory.decode(full.encode()).terms()).hasSize(1_024);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> full.followedBy(first, first, NOON));
    }

    @Test
    void anOperatorsKeyIsReadAsItWasWritten() throws Exception {
        assertThat(OperatorKey.decode(first.encode()).certificate()).isEqualTo(first.certificate());
        assertThat(first).hasToString("OperatorKey[secret]");
        CertificateAuthority hybrid =
                CertificateAuthority.generate("General Hospital", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> OperatorKey.decode(hybrid.encode()));
    }
}
