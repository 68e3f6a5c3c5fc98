package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.signature.CertificateAuthority;

/**
 * A cloud rewrites headers: it shifts the exponent of a lock, exchanges slots between records, puts in points of other groups, changes what
 * the header says.
 *
 * <p>The locks by themselves are malleable: C'·g2^δ with fitting rows locks Y^(s+δ), and a cloud that saw which shifted headers open would learn
 * about the others. Three things stop it, and each is tested without the others: the owner's signature; the wrap, which opens under the
 * exact secret only; and the re-check, which catches even a sealer who knows all secrets.
 */
class MalleatedHeaderAttackTest {
    private static final byte[] CONTENT = EnvelopeTest.content(50_000);

    private final UserKeys dora = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private final IssuedGrant grant = COLLECTION.issueGrant();
    private final SealedRecord sealed = SealedRecord.of(CONTENT);
    private final SealedRecord other = SealedRecord.of(CONTENT);

    private OpenedEnvelope open(Header header) throws GeneralSecurityException {
        return header.open(
                PARAMETERS,
                header.transform(dora.transformKey()),
                dora.retrievalKey(),
                grant.half().convert(header),
                grant.partialKey());
    }

    @Test
    void aShiftedExponentDoesNotOpen() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        PolicyLock shifted = shifted(parts.slot(), Scalar.random());
        assertThat(shifted.isConsistent(PARAMETERS))
                .as("a perfect lock, of another secret")
                .isTrue();
        Header malleated = parts.withSlot(new PolicySlot(
                        parts.slot().parameters(),
                        parts.slot().policy(),
                        parts.slot().approvalLock(),
                        shifted,
                        parts.slot().wrapped()))
                .assembled();

        assertUnsigned(malleated);
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(malleated));
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> open(HeaderParts.of(malleated).signedBy(SIGNER)));
    }

    /** C'·g2^δ, and the row that takes the rest of the sum shifted by A^(-δ). */
    private static PolicyLock shifted(PolicySlot slot, Scalar delta) throws GeneralSecurityException {
        ByteWriter encoded = new ByteWriter();
        slot.policyLock().write(encoded);
        ByteReader reader = new ByteReader(encoded.toByteArray());
        G2 exponent = G2.decode(reader.fixed(96)).multiply(G2.GENERATOR.power(delta));
        int rows = reader.u16();
        ByteWriter result = new ByteWriter().fixed(exponent.encode()).u16(rows);
        G1 blinding = G1.decode(Arrays.copyOfRange(PARAMETERS.encode(), 1, 49));
        for (int row = 0; row < rows; row++) {
            G1 share = G1.decode(reader.fixed(48));
            byte[] randomizer = reader.fixed(96);
            G1 moved = row == rows - 1 ? share.multiply(blinding.power(delta).inverse()) : share;
            result.fixed(moved.encode()).fixed(randomizer);
        }
        return PolicyLock.read(new ByteReader(result.toByteArray()), slot.policy());
    }

    @Test
    void aShiftedApprovalDoesNotOpen() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        PolicySlot shifted = new PolicySlot(
                parts.slot().parameters(),
                parts.slot().policy(),
                parts.slot().approvalLock().map(lock -> lock.multiply(G1.GENERATOR)),
                parts.slot().policyLock(),
                parts.slot().wrapped());
        assertUnsigned(parts.withSlot(shifted).assembled());
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> open(parts.withSlot(shifted).signedBy(SIGNER)));
    }

    @Test
    void slotsOfAnotherRecordDoNotOpen() throws Exception {
        HeaderParts mine = HeaderParts.of(sealed.header);
        HeaderParts theirs = HeaderParts.of(other.header);
        assertUnsigned(mine.withSlot(theirs.slot()).assembled());
        assertUnsigned(mine.withCore(theirs.core).assembled());

        Header swappedPolicySlot = mine.withSlot(theirs.slot()).signedBy(SIGNER);
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(swappedPolicySlot));

        HeaderCore swapped = new HeaderCore(mine.core.facts(), theirs.core.ownerSlot());
        Header swappedOwnerSlot = mine.withCore(swapped).signedBy(SIGNER);
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> swappedOwnerSlot.openAsOwner(COLLECTION));
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(swappedOwnerSlot));
    }

    @Test
    void aSofterPolicyDoesNotOpen() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        PolicySlot softer = new PolicySlot(
                parts.slot().parameters(),
                AccessPolicy.parse("role:doctor or department:cardiology"),
                parts.slot().approvalLock(),
                parts.slot().policyLock(),
                parts.slot().wrapped());
        assertUnsigned(parts.withSlot(softer).assembled());
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> open(parts.withSlot(softer).signedBy(SIGNER)));
    }

    @Test
    void whatTheHeaderSaysCannotBeChanged() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        for (HeaderCore.Facts changed : changedFacts(parts.core.facts())) {
            HeaderParts lie = parts.withCore(new HeaderCore(changed, parts.core.ownerSlot()));
            assertUnsigned(lie.assembled());
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> lie.signedBy(SIGNER).openAsOwner(COLLECTION));
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> open(lie.signedBy(SIGNER)));
        }
    }

    private static List<HeaderCore.Facts> changedFacts(HeaderCore.Facts f) {
        Bytes zeros = new Bytes(new byte[32]);
        G1 point = G1.GENERATOR.power(Scalar.random());
        List<HeaderCore.Facts> changed = new ArrayList<>();
        changed.add(new HeaderCore.Facts(
                f.format(),
                UUID.randomUUID(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version() + 1,
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                "otto",
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                point,
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                point,
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                new Bytes(new byte[56]),
                f.sealedLength(),
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength() - 1,
                f.sealedDigest(),
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                zeros,
                f.metadataDigest()));
        changed.add(new HeaderCore.Facts(
                f.format(),
                f.record(),
                f.version(),
                f.owner(),
                f.ownerKey(),
                f.approvalKey(),
                f.parameters(),
                f.payloadPrefix(),
                f.sealedLength(),
                f.sealedDigest(),
                zeros));
        return changed;
    }

    @Test
    void aChangedMacDoesNotOpen() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        byte[] mac = parts.mac.clone();
        mac[0] ^= 1;
        assertUnsigned(parts.withMac(mac).assembled());
        Header signed = parts.withMac(mac).signedBy(SIGNER);
        assertThatExceptionOfType(TamperedEnvelopeException.class).isThrownBy(() -> signed.openAsOwner(COLLECTION));
        assertThatExceptionOfType(TamperedEnvelopeException.class).isThrownBy(() -> open(signed));
    }

    /**
     * A sealer who knows every secret wraps the right seed under a lock that was not derived from it. Commitment, tag and signature are perfect;
     * only the re-check notices.
     */
    @Test
    void aLockThatWasNotDerivedFromTheSeedDoesNotOpen() throws Exception {
        HeaderParts parts = HeaderParts.of(sealed.header);
        byte[] ownerContext = parts.core.facts().ownerContext();
        Scalar k = Scalar.random();
        byte[] secrets = Generators.zPower(k).encode();
        try (Seed seed = Seed.random()) {
            HeaderCore.OwnerSlot slot = new HeaderCore.OwnerSlot(
                    parts.core.facts().ownerKey().power(k),
                    new Bytes(SlotWrap.wrap(secrets, ownerContext, seed.bytes())));
            HeaderCore core = new HeaderCore(parts.core.facts(), slot);
            Header perfect =
                    parts.withCore(core).withMac(seed.headerMac(core.encode())).signedBy(SIGNER);
            perfect.verify(CA.certificate());
            assertThatExceptionOfType(TamperedEnvelopeException.class)
                    .isThrownBy(() -> perfect.openAsOwner(COLLECTION));
        }
    }

    @Test
    void anotherOwnersSignatureIsRefused() throws Exception {
        Header resigned = HeaderParts.of(sealed.header).signedBy(CA.issue("otto"));
        assertUnsigned(resigned);
        Header sameNameOtherHospital = HeaderParts.of(sealed.header)
                .signedBy(CertificateAuthority.generate("General Hospital").issue("olga"));
        assertUnsigned(sameNameOtherHospital);
    }

    @Test
    void pointsAtInfinityAndOutsideTheSubgroupAreRefused() throws Exception {
        byte[] encoded = sealed.header.encode();
        HeaderParts parts = HeaderParts.of(sealed.header);
        ByteWriter lock = new ByteWriter();
        parts.slot().policyLock().write(lock);
        byte[] lockBytes = lock.toByteArray();
        List<byte[]> points = List.of(
                parts.core.facts().ownerKey().encode(),
                parts.core.facts().approvalKey().encode(),
                parts.core.ownerSlot().lock().encode(),
                parts.slot().approvalLock().orElseThrow().encode(),
                Arrays.copyOf(lockBytes, 96),
                Arrays.copyOfRange(lockBytes, 98, 146),
                Arrays.copyOfRange(lockBytes, 146, 242));
        for (byte[] point : points) {
            int position = indexOf(encoded, point);
            byte[] infinity = encoded.clone();
            Arrays.fill(infinity, position, position + point.length, (byte) 0);
            infinity[position] = (byte) 0xc0;
            assertUndecodable(infinity);
            for (int x = 0; x < 20; x++) {
                byte[] smallX = infinity.clone();
                smallX[position] = (byte) 0x80;
                smallX[position + point.length - 1] = (byte) x;
                assertUndecodable(smallX);
            }
        }
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("the header does not hold this point");
    }

    /** Every bit of every byte: it either does not decode, or its signature is refused. */
    @Test
    void noFlippedBitSurvives() {
        byte[] encoded = sealed.header.encode();
        for (int position = 0; position < encoded.length; position++) {
            byte[] changed = encoded.clone();
            changed[position] ^= (byte) (1 << position % 8);
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .as("byte %d", position)
                    .isThrownBy(() -> Header.decode(changed).verify(CA.certificate()));
        }
    }

    @Test
    void noOtherLengthDecodes() {
        byte[] encoded = sealed.header.encode();
        for (int length = 0; length < encoded.length; length += 7) {
            assertUndecodable(Arrays.copyOf(encoded, length));
        }
        assertUndecodable(Arrays.copyOf(encoded, encoded.length - 1));
        assertUndecodable(Arrays.copyOf(encoded, encoded.length + 1));
        assertUndecodable(new byte[Header.MAX_ENCODED_BYTES + 1]);
    }

    @Test
    void thePayloadOfAnotherRecordDoesNotOpen() throws Exception {
        try (OpenedEnvelope opened = sealed.header.openAsOwner(COLLECTION)) {
            assertThatIOException()
                    .isThrownBy(() -> opened.decrypting(new ByteArrayInputStream(other.payload)))
                    .isInstanceOf(TamperedContentException.class);
            assertThatIOException().isThrownBy(() -> opened.decryptingRange(other.source(), 0, 10));
            byte[] mixed = sealed.payload.clone();
            System.arraycopy(other.payload, 56 + 16_400, mixed, 56 + 16_400, 16_400);
            try (InputStream content = opened.decrypting(new ByteArrayInputStream(mixed))) {
                assertThat(content.readNBytes(16_384)).isEqualTo(Arrays.copyOf(CONTENT, 16_384));
                assertThatExceptionOfType(TamperedContentException.class).isThrownBy(content::read);
            }
        }
    }

    private static void assertUnsigned(Header header) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> header.verify(CA.certificate()));
    }

    private static void assertUndecodable(byte[] encoded) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> Header.decode(encoded));
    }
}
