package org.sosia.crypto.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.CertificateAuthority;

/**
 * Somebody shifts a re-key, puts the target of one beside the element of another, hands in a re-key of another owner, collection or epoch, or converts records that were never signed.
 *
 * <p>A re-key is as malleable as any element: RK · g2^δ converts perfectly, to another exponent. The signature refuses it; without the signature, whoever opens notices.
 */
class MalleatedReKeyAttackTest {
    private static final byte VERSION = 1;

    private final IssuedReKey issued = Handover.toNurses();
    private final Header header = Handover.record(COLLECTION).header;

    private static final class Parts {
        private final Terms terms;
        private final G2 conversion;

        Parts(ReKey reKey) throws GeneralSecurityException {
            ByteReader reader = new ByteReader(reKey.encode());
            reader.expect(VERSION);
            terms = Terms.read(reader);
            conversion = G2.decode(reader.fixed(G2.BYTES));
        }
    }

    @Test
    void aShiftedReKeyIsRefusedByTheProxy() throws Exception {
        Parts parts = new Parts(issued.reKey());
        for (G2 shifted : List.of(
                parts.conversion.multiply(G2.GENERATOR),
                parts.conversion.power(Scalar.random()),
                parts.conversion.inverse())) {
            ReKey malleated = new ReKey(parts.terms, shifted);
            assertThat(malleated.isConsistent()).isFalse();
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> malleated.convert(header, CA.certificate()));
        }
    }

    /** Around the proxy's checks: the reader's own. */
    @Test
    void whatAShiftedReKeyConvertsDoesNotOpen() throws Exception {
        Parts parts = new Parts(issued.reKey());
        G2 shifted = parts.conversion.multiply(G2.GENERATOR.power(Scalar.random()));
        ConvertedLock converted = new ConvertedLock(
                issued.reKey().id(), header.coreDigest(), PairingProduct.pair(header.ownerLock(), shifted));
        DelegationSecret secret = Handover.openedByNina(issued.delegation());
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> secret.open(header, converted));
    }

    @Test
    void halvesOfTwoReKeysDoNotMix() throws Exception {
        IssuedReKey other = Handover.toNurses();
        ReKey mixed = new ReKey(new Parts(issued.reKey()).terms, new Parts(other.reKey()).conversion);
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> mixed.verify(CA.certificate()));
        Delegation exchanged = new Delegation(
                new Parts(issued.reKey()).terms, other.delegation().target());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> exchanged.verify(CA.certificate()));
        // Its slot is bound to the other re-key by itself, too.
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> Handover.openedByNina(exchanged));
    }

    @Test
    void anotherOwnersReKeyConvertsNothing() throws Exception {
        IssuedReKey ottos = new Delegator(COLLECTION, 0, CA.issue("otto"))
                .toPolicy(UUID.randomUUID(), PARAMETERS, AccessPolicy.parse("role:nurse"));
        assertThatNoException().isThrownBy(() -> ottos.reKey().verify(CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> ottos.reKey().convert(header, CA.certificate()));
        IssuedReKey foreign = new Delegator(
                        COLLECTION,
                        0,
                        CertificateAuthority.generate("General Hospital").issue("olga"))
                .toPolicy(UUID.randomUUID(), PARAMETERS, AccessPolicy.parse("role:nurse"));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> foreign.reKey().convert(header, CA.certificate()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> foreign.delegation().verify(CA.certificate()));
    }

    @Test
    void anUnsignedRecordIsNotConverted() throws Exception {
        byte[] encoded = header.encode();
        encoded[encoded.length - 1] ^= 1;
        byte[] otherRevision = header.encode();
        otherRevision[4 + 1 + 16 + 3] ^= 1;
        for (byte[] changed : List.of(encoded, otherRevision)) {
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> issued.reKey().convert(Header.decode(changed), CA.certificate()));
        }
    }

    @Test
    void theConvertedLockOfAnotherRecordDoesNotOpen() throws Exception {
        Header other = Handover.record(COLLECTION).header;
        ConvertedLock ofOther = issued.reKey().convert(other, CA.certificate());
        DelegationSecret secret = Handover.openedByNina(issued.delegation());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> secret.open(header, ofOther));
        ConvertedLock renamed = new ConvertedLock(issued.reKey().id(), header.coreDigest(), ofOther.converted());
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> secret.open(header, renamed));
    }

    @Test
    void theConversionOfAnotherReKeyDoesNotOpen() throws Exception {
        ConvertedLock byOther = Handover.toNurses().reKey().convert(header, CA.certificate());
        DelegationSecret secret = Handover.openedByNina(issued.delegation());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> secret.open(header, byOther));
        ConvertedLock renamed = new ConvertedLock(issued.reKey().id(), header.coreDigest(), byOther.converted());
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> secret.open(header, renamed));
    }

    @Test
    void aWrongExponentDoesNotOpen() throws Exception {
        ConvertedLock converted = issued.reKey().convert(header, CA.certificate());
        Scope scope = new Parts(issued.reKey()).terms.scope();
        for (Scalar guess : List.of(Scalar.random(), Scalar.of(1), Scalar.of(2))) {
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> new DelegationSecret(scope, guess).open(header, converted));
        }
    }

    /** An owner who signs a target that holds something else, to show each reader something of their own. */
    @Test
    void aTargetThatHoldsSomethingElseIsNoticed() throws Exception {
        Scope scope = new Parts(issued.reKey()).terms.scope();
        PersonKey paula = PersonKey.generate();
        Target target = PersonTarget.seal(scope, paula.publicPart(), SecretBytes.random(32));
        Scalar another = Scalar.random();
        IssuedReKey dishonest =
                Terms.issue(scope, target, COLLECTION.conversion(another), Generators.zPower(another), SIGNER);
        dishonest.delegation().verify(CA.certificate());
        assertThat(dishonest.reKey().isConsistent()).isTrue();
        assertThatExceptionOfType(DishonestReKeyException.class)
                .isThrownBy(() -> dishonest.delegation().open(paula));
    }

    @Test
    void targetsOfOneKindDoNotOpenAsAnother() throws Exception {
        PersonKey paula = PersonKey.generate();
        Delegation person =
                Handover.OLGA.toPerson(UUID.randomUUID(), paula.publicPart()).delegation();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> issued.delegation().open(paula));
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(person::trusteesTarget);
        var transformed = ((PolicyTarget) issued.delegation().target()).transform(Handover.NINA.transformKey());
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> person.open(PARAMETERS, transformed, Handover.NINA.retrievalKey()));
    }

    /** Every element of every new encoding, replaced by infinity, by points outside the subgroup, by elements of small order. */
    @Test
    void degenerateElementsAreRefused() throws Exception {
        byte[] reKey = issued.reKey().encode();
        Parts parts = new Parts(issued.reKey());
        assertNoDegeneratePoint(reKey, parts.conversion.encode(), encoded -> ReKey.decode(encoded));
        assertNoDegeneratePoint(reKey, parts.terms.scope().ownerKey().encode(), encoded -> ReKey.decode(encoded));
        assertNoDegenerateTarget(reKey, parts.terms.blinded(), encoded -> ReKey.decode(encoded));

        Delegation approval = Handover.toNursesWithApproval().delegation();
        PolicyTarget target = (PolicyTarget) approval.target();
        assertNoDegeneratePoint(
                approval.encode(),
                target.approvable().orElseThrow().approvalKey().encode(),
                encoded -> Delegation.decode(encoded));
        assertNoDegeneratePoint(
                approval.encode(),
                target.approvable().orElseThrow().approvalLock().encode(),
                encoded -> Delegation.decode(encoded));

        ConvertedLock converted = issued.reKey().convert(header, CA.certificate());
        assertNoDegenerateTarget(converted.encode(), converted.converted(), encoded -> ConvertedLock.decode(encoded));
        byte[] proof = issued.reKey().prove(header, CA.certificate()).encode();
        assertNoDegeneratePoint(
                proof, Arrays.copyOfRange(proof, 33, proof.length), encoded -> ConversionProof.decode(encoded));
    }

    interface Decoding {
        Object of(byte[] encoded) throws GeneralSecurityException;
    }

    static void assertNoDegeneratePoint(byte[] encoded, byte[] point, Decoding decoding) {
        int position = indexOf(encoded, point);
        byte[] infinity = encoded.clone();
        Arrays.fill(infinity, position, position + point.length, (byte) 0);
        infinity[position] = (byte) 0xc0;
        assertUndecodable(infinity, decoding);
        for (int x = 0; x < 20; x++) {
            byte[] smallX = infinity.clone();
            smallX[position] = (byte) 0x80;
            smallX[position + point.length - 1] = (byte) x;
            assertUndecodable(smallX, decoding);
        }
    }

    /** One, minus one (order two), and an element of the field that is not in the group. */
    static void assertNoDegenerateTarget(byte[] encoded, Gt element, Decoding decoding) {
        int position = indexOf(encoded, element.encode());
        byte[] one = new byte[Gt.BYTES];
        one[47] = 1;
        byte[] minusOne = new byte[Gt.BYTES];
        byte[] primeMinusOne = HexFormat.of()
                .parseHex(
                        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaaa");
        System.arraycopy(primeMinusOne, 0, minusOne, 0, 48);
        byte[] two = new byte[Gt.BYTES];
        two[47] = 2;
        for (byte[] degenerate : List.of(one, minusOne, two, new byte[Gt.BYTES])) {
            byte[] changed = encoded.clone();
            System.arraycopy(degenerate, 0, changed, position, Gt.BYTES);
            assertUndecodable(changed, decoding);
        }
    }

    private static void assertUndecodable(byte[] encoded, Decoding decoding) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> decoding.of(encoded));
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the encoding does not hold this element");
    }

    @Test
    void noFlippedBitSurvives() throws Exception {
        byte[] reKey = issued.reKey().encode();
        for (int position = 0; position < reKey.length; position++) {
            byte[] changed = reKey.clone();
            changed[position] ^= (byte) (1 << position % 8);
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .as("byte %d of the re-key", position)
                    .isThrownBy(() -> ReKey.decode(changed).verify(CA.certificate()));
        }
        byte[] delegation = Handover.toNursesWithApproval().delegation().encode();
        for (int position = 0; position < delegation.length; position++) {
            byte[] changed = delegation.clone();
            changed[position] ^= (byte) (1 << position % 8);
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .as("byte %d of the delegation", position)
                    .isThrownBy(() -> Delegation.decode(changed).verify(CA.certificate()));
        }
    }

    @Test
    void noOtherLengthDecodes() throws Exception {
        byte[] reKey = issued.reKey().encode();
        byte[] delegation = issued.delegation().encode();
        byte[] converted = issued.reKey().convert(header, CA.certificate()).encode();
        byte[] proof = issued.reKey().prove(header, CA.certificate()).encode();
        assertOnlyThisLength(reKey, ReKey::decode);
        assertOnlyThisLength(delegation, Delegation::decode);
        assertOnlyThisLength(converted, ConvertedLock::decode);
        assertOnlyThisLength(proof, ConversionProof::decode);
        assertUndecodable(new byte[ReKey.MAX_ENCODED_BYTES + 1], ReKey::decode);
        assertUndecodable(new byte[Delegation.MAX_ENCODED_BYTES + 1], Delegation::decode);
    }

    static void assertOnlyThisLength(byte[] encoded, Decoding decoding) {
        for (int length = 0; length < encoded.length; length += 61) {
            assertUndecodable(Arrays.copyOf(encoded, length), decoding);
        }
        assertUndecodable(Arrays.copyOf(encoded, encoded.length - 1), decoding);
        assertUndecodable(Arrays.copyOf(encoded, encoded.length + 1), decoding);
    }

    /** A record whose header names the right key pair but was sealed with another one. */
    @Test
    void aRecordOfAnotherEpochUnderThisEpochsNameDoesNotOpen() throws Exception {
        Header newer = Handover.record(CollectionKeys.generate()).header;
        G2 conversion = new Parts(issued.reKey()).conversion;
        ConvertedLock converted = new ConvertedLock(
                issued.reKey().id(), newer.coreDigest(), PairingProduct.pair(newer.ownerLock(), conversion));
        DelegationSecret secret = Handover.openedByNina(issued.delegation());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> secret.open(newer, converted));
    }
}
