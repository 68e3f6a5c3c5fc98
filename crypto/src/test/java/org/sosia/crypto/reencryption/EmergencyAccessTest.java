package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.SealedRecord;

/** Three of five trustees open a record of a patient who cannot be asked. */
class EmergencyAccessTest {
    private static final List<PersonKey> TRUSTEES =
            IntStream.range(0, 5).mapToObj(i -> PersonKey.generate()).toList();

    private final SealedRecord sealed = Handover.record(COLLECTION);
    private final Header header = sealed.header;
    private final IssuedEmergencyKey issued = issued(3, TRUSTEES);
    private final Delegation delegation = issued.delegation();
    private final ConvertedLock converted = converted(header);

    private static IssuedEmergencyKey issued(int threshold, List<PersonKey> trustees) {
        try {
            return Handover.OLGA.toTrustees(UUID.randomUUID(), threshold, publicParts(trustees));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static List<PersonPublicKey> publicParts(List<PersonKey> persons) {
        return persons.stream().map(PersonKey::publicPart).toList();
    }

    private ConvertedLock converted(Header of) {
        try {
            return issued.reKey().convert(of, CA.certificate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private List<TrusteeAnswer> answers(int... trustees) throws GeneralSecurityException {
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        List<TrusteeAnswer> answers = new ArrayList<>();
        for (int trustee : trustees) {
            byte[] sent = delegation
                    .answer(TRUSTEES.get(trustee), header, converted, proof, CA.certificate())
                    .encode();
            answers.add(TrusteeAnswer.decode(sent));
        }
        return answers;
    }

    private OpenedEnvelope open(List<TrusteeAnswer> answers) throws GeneralSecurityException {
        return issued.coordination().open(delegation, header, converted, answers, CA.certificate());
    }

    @Test
    void anyThreeOpen() throws Exception {
        for (int[] three : new int[][] {{0, 1, 2}, {4, 2, 0}, {1, 3, 4}}) {
            try (OpenedEnvelope opened = open(answers(three))) {
                assertThat(new String(sealed.read(opened), StandardCharsets.UTF_8))
                        .isEqualTo("content");
            }
        }
    }

    @Test
    void moreThanThreeOpen() throws Exception {
        open(answers(0, 1, 2, 3)).close();
        open(answers(0, 1, 2, 3, 4)).close();
    }

    @Test
    void twoDoNot() throws Exception {
        List<TrusteeAnswer> two = answers(0, 1);
        assertThatExceptionOfType(TooFewAnswersException.class).isThrownBy(() -> open(two));
        assertThatExceptionOfType(TooFewAnswersException.class).isThrownBy(() -> open(List.of()));
    }

    @Test
    void oneWhoAnswersTwiceCountsOnce() throws Exception {
        List<TrusteeAnswer> answers = answers(0, 1, 1, 0);
        assertThatExceptionOfType(TooFewAnswersException.class).isThrownBy(() -> open(answers));
    }

    @Test
    void everyNumberOfTrusteesWorks() throws Exception {
        for (int count = 2; count <= TRUSTEES.size(); count++) {
            for (int threshold = 2; threshold <= count; threshold++) {
                IssuedEmergencyKey key = issued(threshold, TRUSTEES.subList(0, count));
                ConvertedLock lock = key.reKey().convert(header, CA.certificate());
                ConversionProof proof = key.reKey().prove(header, CA.certificate());
                List<TrusteeAnswer> answers = new ArrayList<>();
                for (PersonKey trustee : TRUSTEES.subList(count - threshold, count)) {
                    answers.add(key.delegation().answer(trustee, header, lock, proof, CA.certificate()));
                }
                key.coordination()
                        .open(key.delegation(), header, lock, answers, CA.certificate())
                        .close();
            }
        }
    }

    @Test
    void whatWasIssuedSurvivesEncoding() throws Exception {
        Delegation read = Delegation.decode(delegation.encode());
        read.verify(CA.certificate());
        assertThat(read.encode()).isEqualTo(delegation.encode());
        TrusteesTarget target = (TrusteesTarget) read.target();
        assertThat(target.threshold()).isEqualTo(3);
        assertThat(target.trustees()).hasSize(5);
        assertThat(target.trustees().get(4))
                .isEqualTo(TRUSTEES.get(4).publicPart().fingerprint());
        Coordination coordination = Coordination.decode(issued.coordination().encode());
        assertThat(coordination.encode()).isEqualTo(issued.coordination().encode());
        coordination
                .open(read, header, converted, answers(0, 1, 2), CA.certificate())
                .close();
        assertThat(answers(0).get(0).encode()).hasSize(TrusteeAnswer.ENCODED_BYTES);
        MalleatedReKeyAttackTest.assertOnlyThisLength(delegation.encode(), Delegation::decode);
        MalleatedReKeyAttackTest.assertOnlyThisLength(issued.coordination().encode(), Coordination::decode);
        MalleatedReKeyAttackTest.assertOnlyThisLength(answers(0).get(0).encode(), TrusteeAnswer::decode);
    }

    @Test
    void numbersHaveLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> issued(1, TRUSTEES));
        assertThatIllegalArgumentException().isThrownBy(() -> issued(6, TRUSTEES));
        List<PersonKey> seventeen =
                IntStream.range(0, 17).mapToObj(i -> PersonKey.generate()).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> issued(3, seventeen));
        List<PersonPublicKey> twice = publicParts(List.of(TRUSTEES.get(0), TRUSTEES.get(1), TRUSTEES.get(0)));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> Handover.OLGA.toTrustees(UUID.randomUUID(), 2, twice));
    }

    @Test
    void aStrangerIsNoTrustee() throws Exception {
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> delegation.answer(PersonKey.generate(), header, converted, proof, CA.certificate()));
    }
}
