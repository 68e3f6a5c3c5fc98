package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;

/**
 * Trustees cheat: one answers wrongly, in another's name, or for another record; fewer than the number put together what they have; and a proxy asks them for one record while showing another.
 */
class CheatingTrusteeAttackTest {
    private static final List<PersonKey> TRUSTEES =
            IntStream.range(0, 4).mapToObj(i -> PersonKey.generate()).toList();

    private final Header header = Handover.record(COLLECTION).header;
    private final Header other = Handover.record(COLLECTION).header;
    private final IssuedEmergencyKey issued = issued();
    private final Delegation delegation = issued.delegation();
    private final ConvertedLock converted = converted(header);

    private static IssuedEmergencyKey issued() {
        try {
            return Handover.OLGA.toTrustees(
                    UUID.randomUUID(),
                    3,
                    TRUSTEES.stream().map(PersonKey::publicPart).toList());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ConvertedLock converted(Header of) {
        try {
            return issued.reKey().convert(of, CA.certificate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private TrusteeAnswer answer(int trustee, Header of) throws GeneralSecurityException {
        return delegation.answer(
                TRUSTEES.get(trustee - 1),
                of,
                converted(of),
                issued.reKey().prove(of, CA.certificate()),
                CA.certificate());
    }

    private Scalar share(int trustee) throws GeneralSecurityException {
        return delegation.trusteesTarget().share(delegation.scope(), trustee, TRUSTEES.get(trustee - 1));
    }

    /** The answer's own bytes with another power: the proof does not fit it. */
    private static TrusteeAnswer withPower(TrusteeAnswer answer, int trustee, Gt power)
            throws GeneralSecurityException {
        byte[] encoded = answer.encode();
        return TrusteeAnswer.decode(new ByteWriter()
                .u8(1)
                .u8(trustee)
                .fixed(power.encode())
                .fixed(Arrays.copyOfRange(encoded, 2 + Gt.BYTES, encoded.length))
                .toByteArray());
    }

    private void assertNamed(int cheat, TrusteeAnswer... answers) {
        CheatingTrusteeException named = catchThrowableOfType(
                CheatingTrusteeException.class,
                () -> issued.coordination().open(delegation, header, converted, List.of(answers), CA.certificate()));
        assertThat(named.trustee()).isEqualTo(cheat);
        assertThat(catchThrowableOfType(
                                CheatingTrusteeException.class,
                                () -> issued.coordination().check(delegation, header, converted, answers[1]))
                        .trustee())
                .isEqualTo(cheat);
    }

    @Test
    void aWrongAnswerIsNamed() throws Exception {
        TrusteeAnswer honest = answer(2, header);
        Gt random = Generators.zPower(Scalar.random());
        assertNamed(2, answer(1, header), withPower(honest, 2, random), answer(3, header));
        assertNamed(2, answer(1, header), withPower(honest, 2, honest.power().multiply(random)), answer(3, header));
        assertNamed(2, answer(1, header), withPower(honest, 2, converted.converted()), answer(3, header));
    }

    @Test
    void anAnswerInAnothersNameIsNamed() throws Exception {
        TrusteeAnswer mine = answer(1, header);
        assertNamed(2, mine, withPower(mine, 2, mine.power()), answer(3, header));
    }

    @Test
    void anAnswerForAnotherRecordIsNamed() throws Exception {
        assertNamed(2, answer(1, header), answer(2, other), answer(3, header));
    }

    @Test
    void aTrusteeWhoDoesNotExistIsRefused() throws Exception {
        TrusteeAnswer mine = answer(1, header);
        for (int number : new int[] {0, 5, 255}) {
            TrusteeAnswer nobodys = withPower(mine, number, mine.power());
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> issued.coordination().check(delegation, header, converted, nobodys));
        }
    }

    /** A proof for an exponent of one's own: it proves equality, with a value that is not the owner's. */
    @Test
    void aProofForAnotherShareIsNamed() throws Exception {
        IssuedEmergencyKey own = issued();
        TrusteeAnswer ofOther = own.delegation()
                .answer(
                        TRUSTEES.get(1),
                        header,
                        own.reKey().convert(header, CA.certificate()),
                        own.reKey().prove(header, CA.certificate()),
                        CA.certificate());
        assertNamed(2, answer(1, header), ofOther, answer(3, header));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> own.coordination()
                        .open(delegation, header, converted, List.of(answer(1, header)), CA.certificate()));
    }

    /** Around the count of answers: every way to put two together misses. */
    @Test
    void twoTrusteesObtainNothing() throws Exception {
        List<Set<Integer>> pretended = List.of(Set.of(1, 2), Set.of(1, 2, 3), Set.of(1, 2, 4), Set.of(1, 2, 3, 4));
        for (Set<Integer> holders : pretended) {
            Gt guess = converted
                    .converted()
                    .power(share(1).multiply(SecretPolynomial.lagrange(holders, 1)))
                    .multiply(converted.converted().power(share(2).multiply(SecretPolynomial.lagrange(holders, 2))));
            assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> header.open(guess));
        }
        for (Scalar single : List.of(share(1), share(2), share(1).inverse())) {
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> header.open(converted.converted().power(single)));
        }
    }

    /** Three can: the same sums, with a third share. It shows that the test above computes what it says. */
    @Test
    void threeSharesAreEnough() throws Exception {
        Set<Integer> holders = Set.of(1, 2, 3);
        Gt secret = converted.converted().power(share(1).multiply(SecretPolynomial.lagrange(holders, 1)));
        for (int holder = 2; holder <= 3; holder++) {
            secret = secret.multiply(
                    converted.converted().power(share(holder).multiply(SecretPolynomial.lagrange(holders, holder))));
        }
        header.open(secret).close();
    }

    /** The answers for one record do not open another. */
    @Test
    void answersServeOneRecord() throws Exception {
        List<TrusteeAnswer> answers = List.of(answer(1, header), answer(2, header), answer(3, header));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() ->
                        issued.coordination().open(delegation, other, converted(other), answers, CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> issued.coordination().open(delegation, other, converted, answers, CA.certificate()));
    }

    /** A proxy that wants one record opened and names another: trustees would help without knowing to what. */
    @Test
    void aTrusteeIsNotLedToAnotherRecord() throws Exception {
        ConvertedLock lie = new ConvertedLock(
                issued.reKey().id(), header.coreDigest(), converted(other).converted());
        for (Header proven : List.of(header, other)) {
            ConversionProof proof = issued.reKey().prove(proven, CA.certificate());
            assertThatExceptionOfType(CheatingProxyException.class)
                    .isThrownBy(() -> delegation.answer(TRUSTEES.get(0), header, lie, proof, CA.certificate()));
        }
        ConvertedLock shifted = new ConvertedLock(
                issued.reKey().id(),
                header.coreDigest(),
                converted.converted().multiply(Generators.zPower(Scalar.of(1))));
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        assertThatExceptionOfType(CheatingProxyException.class)
                .isThrownBy(() -> delegation.answer(TRUSTEES.get(0), header, shifted, proof, CA.certificate()));
    }

    /** Whoever holds what the proxy sent names it: nobody needs a key for that, and the honest proxy is never named. */
    @Test
    void aLyingProxyIsNamedByAnybody() throws Exception {
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        delegation.verify(header, converted, proof, CA.certificate());
        ConvertedLock wrong =
                new ConvertedLock(issued.reKey().id(), header.coreDigest(), Generators.zPower(Scalar.random()));
        assertThatExceptionOfType(CheatingProxyException.class)
                .isThrownBy(() -> delegation.verify(header, wrong, proof, CA.certificate()));
        ConversionProof ofOtherKey = issued().reKey().prove(header, CA.certificate());
        assertThatExceptionOfType(CheatingProxyException.class)
                .isThrownBy(() -> delegation.verify(header, converted, ofOtherKey, CA.certificate()));
        byte[] encoded = proof.encode();
        encoded[20] ^= 1;
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(
                        () -> delegation.verify(header, converted, ConversionProof.decode(encoded), CA.certificate()));
    }

    /** A proxy that signed what it gave, and gave the wrong thing: whoever gets hold of the re-key convicts it. */
    @Test
    void aProxyThatSignedALieIsConvicted() throws Exception {
        OperatorKey operator = OperatorKey.generate();
        byte[] key = issued.reKey().encode();
        byte[] lie = new ConvertedLock(issued.reKey().id(), header.coreDigest(), Generators.zPower(Scalar.random()))
                .encode();
        Statement honest =
                Statement.sign(Work.RE_ENCRYPTION, header.encode(), key, converted.encode(), Instant.EPOCH, operator);
        Statement lying = Statement.sign(Work.RE_ENCRYPTION, header.encode(), key, lie, Instant.EPOCH, operator);
        assertThat(honest.proves(operator.certificate(), header.encode(), key)).isEqualTo(Statement.Proof.RIGHT);
        assertThat(lying.proves(operator.certificate(), header.encode(), key)).isEqualTo(Statement.Proof.WRONG);
        assertThat(Statement.decode(lying.encode()).work()).isEqualTo(Work.RE_ENCRYPTION);
    }

    @Test
    void degenerateAnswersAreRefused() throws Exception {
        TrusteeAnswer answer = answer(1, header);
        MalleatedReKeyAttackTest.assertNoDegenerateTarget(answer.encode(), answer.power(), TrusteeAnswer::decode);
        Gt commitment = Generators.zPower(share(1));
        MalleatedReKeyAttackTest.assertNoDegenerateTarget(
                issued.coordination().encode(), commitment, Coordination::decode);
    }
}
