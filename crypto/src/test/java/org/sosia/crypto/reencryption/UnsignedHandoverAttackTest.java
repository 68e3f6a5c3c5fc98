package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.signature.SignatureRefusedException;

/**
 * Everything that is computed is right, and something beside it is not: the owner did not sign the delegation, or the header; the record is of another collection, under a digest that says
 * otherwise; the values to check answers with belong to another re-key. Each is refused for what it is, before anybody answers or opens, and nobody is blamed for it.
 */
class UnsignedHandoverAttackTest {
    private static final List<PersonKey> TRUSTEES =
            IntStream.range(0, 3).mapToObj(i -> PersonKey.generate()).toList();

    private final Header header = Handover.record(COLLECTION).header;
    private final Header foreign = Handover.record(CollectionKeys.generate()).header;
    private final IssuedEmergencyKey issued = issued();
    private final Delegation delegation = issued.delegation();

    private static IssuedEmergencyKey issued() {
        try {
            return Handover.OLGA.toTrustees(
                    UUID.randomUUID(),
                    2,
                    TRUSTEES.stream().map(PersonKey::publicPart).toList());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ConvertedLock converted() throws GeneralSecurityException {
        return issued.reKey().convert(header, CA.certificate());
    }

    /** The right value under the name of a record of another collection. */
    private ConvertedLock renamed(Header to) throws GeneralSecurityException {
        return new ConvertedLock(delegation.id(), to.coreDigest(), converted().converted());
    }

    private List<TrusteeAnswer> answers() throws GeneralSecurityException {
        List<TrusteeAnswer> answers = new ArrayList<>();
        for (PersonKey trustee : TRUSTEES.subList(0, 2)) {
            answers.add(delegation.answer(
                    trustee, header, converted(), issued.reKey().prove(header, CA.certificate()), CA.certificate()));
        }
        return answers;
    }

    /** The signature stands at the end: version, 64 bytes, certificate. The last of the 64 is changed. */
    private static byte[] unsigned(byte[] encoded, int behind) {
        byte[] changed = encoded.clone();
        int signature = SIGNER.sign(new byte[1]).encode().length;
        changed[changed.length - behind - signature + 1 + 63] ^= 1;
        return changed;
    }

    private Header unsignedHeader() throws GeneralSecurityException {
        return Header.decode(unsigned(header.encode(), 0));
    }

    private Delegation unsignedDelegation() throws GeneralSecurityException {
        return Delegation.decode(
                unsigned(delegation.encode(), delegation.target().encode().length));
    }

    private static void unsigned(ThrowingCallable call) {
        assertThatExceptionOfType(SignatureRefusedException.class).isThrownBy(call);
    }

    private static void malformed(ThrowingCallable call) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(call);
    }

    @Test
    void whatWasNotSignedIsNotOpened() throws Exception {
        List<TrusteeAnswer> answers = answers();
        issued.coordination()
                .open(delegation, header, converted(), answers, CA.certificate())
                .close();
        unsigned(
                () -> issued.coordination().open(unsignedDelegation(), header, converted(), answers, CA.certificate()));
        unsigned(
                () -> issued.coordination().open(delegation, unsignedHeader(), converted(), answers, CA.certificate()));
    }

    @Test
    void whatWasNotSignedIsNotAnswered() throws Exception {
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        PersonKey trustee = TRUSTEES.get(0);
        unsigned(() -> unsignedDelegation().answer(trustee, header, converted(), proof, CA.certificate()));
        unsigned(() -> delegation.answer(trustee, unsignedHeader(), converted(), proof, CA.certificate()));
        unsigned(() -> unsignedDelegation().verify(header, converted(), proof, CA.certificate()));
        unsigned(() -> delegation.verify(unsignedHeader(), converted(), proof, CA.certificate()));
    }

    @Test
    void whatWasNotSignedIsNotConverted() throws Exception {
        ReKey reKey = issued.reKey();
        ReKey changed = ReKey.decode(unsigned(reKey.encode(), 96));
        unsigned(() -> changed.convert(header, CA.certificate()));
        unsigned(() -> reKey.convert(unsignedHeader(), CA.certificate()));
        unsigned(() -> reKey.prove(unsignedHeader(), CA.certificate()));
    }

    @Test
    void aRecordOfAnotherCollectionIsNobodysLie() throws Exception {
        ConversionProof proof = issued.reKey().prove(header, CA.certificate());
        TrusteeAnswer answer = answers().get(0);
        malformed(() -> delegation.verify(foreign, renamed(foreign), proof, CA.certificate()));
        malformed(() -> issued.coordination().check(delegation, foreign, renamed(foreign), answer));
        malformed(() ->
                issued.coordination().open(delegation, foreign, renamed(foreign), List.of(answer), CA.certificate()));
        PersonKey paula = PersonKey.generate();
        IssuedReKey toPaula = Handover.OLGA.toPerson(UUID.randomUUID(), paula.publicPart());
        DelegationSecret secret = toPaula.delegation().open(paula);
        ConvertedLock right = toPaula.reKey().convert(header, CA.certificate());
        malformed(() ->
                secret.open(foreign, new ConvertedLock(toPaula.reKey().id(), foreign.coreDigest(), right.converted())));
    }

    @Test
    void aConversionIsForOneRecordAndOneReKey() throws Exception {
        Header other = Handover.record(COLLECTION).header;
        PersonKey paula = PersonKey.generate();
        IssuedReKey toPaula = Handover.OLGA.toPerson(UUID.randomUUID(), paula.publicPart());
        DelegationSecret secret = toPaula.delegation().open(paula);
        ConvertedLock right = toPaula.reKey().convert(header, CA.certificate());
        secret.open(header, right).close();
        malformed(() -> secret.open(other, right));
        malformed(
                () -> secret.open(header, new ConvertedLock(UUID.randomUUID(), right.coreDigest(), right.converted())));
        malformed(() -> issued.coordination()
                .check(delegation, other, converted(), answers().get(0)));
    }

    @Test
    void valuesOfAnotherReKeyBlameNobody() throws Exception {
        Coordination other = issued().coordination();
        TrusteeAnswer answer = answers().get(0);
        malformed(() -> other.check(delegation, header, converted(), answer));
        malformed(() -> other.open(delegation, header, converted(), List.of(answer), CA.certificate()));
        assertThat(delegation.trusteesTarget().isCoordinatedBy(other)).isFalse();
        assertThat(delegation.trusteesTarget().isCoordinatedBy(issued.coordination()))
                .isTrue();
    }

    @Test
    void aTargetIsOpenedInItsOwnWayOnly() throws Exception {
        Delegation toNurses = Handover.toNurses().delegation();
        PolicyTarget target = (PolicyTarget) toNurses.target();
        var transformed = target.transform(Handover.NINA.transformKey());
        PolicyTarget approved =
                (PolicyTarget) Handover.toNursesWithApproval().delegation().target();
        var grant = Handover.GRANT.half().convert(approved.approvable().orElseThrow());
        malformed(() -> toNurses.open(
                PARAMETERS, transformed, Handover.NINA.retrievalKey(), grant, Handover.GRANT.partialKey()));
        malformed(() -> delegation.open(PARAMETERS, transformed, Handover.NINA.retrievalKey()));
        malformed(() -> toNurses.open(PersonKey.generate()));
        malformed(toNurses::trusteesTarget);
    }

    @Test
    void aPolicyTargetIsTestedUnderItsOwnParameters() {
        for (IssuedReKey toNurses : List.of(Handover.toNurses(), Handover.toNursesWithApproval())) {
            PolicyTarget target = (PolicyTarget) toNurses.delegation().target();
            assertThat(target.isConsistent(PARAMETERS)).isTrue();
            assertThat(target.isConsistent(MasterSecretKey.generate().publicParameters()))
                    .isFalse();
        }
    }

    @Test
    void aReKeySaysOfWhichEpochItIs() throws Exception {
        Delegator later = new Delegator(COLLECTION, 7, SIGNER);
        IssuedReKey reKey =
                later.toPerson(UUID.randomUUID(), PersonKey.generate().publicPart());
        assertThat(ReKey.decode(reKey.reKey().encode()).epoch()).isEqualTo(7);
        assertThat(Delegation.decode(reKey.delegation().encode()).epoch()).isEqualTo(7);
        assertThat(reKey.reKey()).hasToString("ReKey[" + reKey.reKey().id() + "]");
        assertThat(reKey.delegation()).hasToString("Delegation[" + reKey.reKey().id() + "]");
        String longest = "o".repeat(64);
        Delegator long64 = new Delegator(COLLECTION, 0, CA.issue(longest));
        assertThat(long64.toPerson(UUID.randomUUID(), PersonKey.generate().publicPart())
                        .reKey()
                        .owner())
                .isEqualTo(longest);
    }

    @Test
    void aPadIsOpenedWithItsKeyForItsReferralOnly() throws Exception {
        UUID referral = UUID.randomUUID();
        UUID record = UUID.randomUUID();
        PartialKey key = COLLECTION.issueGrant().partialKey();
        byte[] pad = Pad.seal(key, referral, record, delegation);
        assertThat(Pad.open(key, referral, record, pad).encode()).isEqualTo(delegation.encode());
        assertThat(Pad.seal(key, referral, record, delegation)).isNotEqualTo(pad);
        PartialKey other = COLLECTION.issueGrant().partialKey();
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> Pad.open(other, referral, record, pad),
                () -> Pad.open(key, record, referral, pad),
                () -> Pad.open(key, referral, UUID.randomUUID(), pad))) {
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(wrong);
        }
    }

    @Test
    void thereAreTwoToSixteenTrusteesEachNamedOnce() throws Exception {
        List<PersonKey> sixteen =
                IntStream.range(0, 16).mapToObj(i -> PersonKey.generate()).toList();
        IssuedEmergencyKey most = Handover.OLGA.toTrustees(
                UUID.randomUUID(),
                16,
                sixteen.stream().map(PersonKey::publicPart).toList());
        byte[] encoded = most.delegation().encode();
        TrusteesTarget read = Delegation.decode(encoded).trusteesTarget();
        assertThat(read.threshold()).isEqualTo(16);
        assertThat(read.trustees()).hasSize(16);
        assertThat(read.encode()).isEqualTo(most.delegation().target().encode());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Handover.OLGA.toTrustees(
                        UUID.randomUUID(),
                        2,
                        Collections.nCopies(17, TRUSTEES.get(0).publicPart())));

        byte[] target = delegation.target().encode();
        assertThat(readTarget(target).threshold()).isEqualTo(2);
        for (int[] counts : new int[][] {{1, 3}, {0, 3}, {4, 3}, {2, 17}, {2, 1}}) {
            byte[] wrong = target.clone();
            wrong[1] = (byte) counts[0];
            wrong[2] = (byte) counts[1];
            malformed(() -> readTarget(wrong));
        }
        byte[] twice = target.clone();
        int one = 3 + 32;
        int each = (target.length - one) / 3;
        System.arraycopy(target, one, twice, one + each, 32);
        malformed(() -> readTarget(twice));
    }

    private static TrusteesTarget readTarget(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded);
        reader.expect((byte) TrusteesTarget.TYPE);
        TrusteesTarget target = TrusteesTarget.read(reader);
        reader.end();
        assertThat(new ByteWriter().fixed(target.encode()).toByteArray()).isEqualTo(encoded);
        return target;
    }
}
