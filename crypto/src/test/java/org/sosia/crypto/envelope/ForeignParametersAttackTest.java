package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/**
 * Somebody has an old master key, or one of his own making, and a header that names the present one. His wish: that the header opens with keys that he issued himself, or that
 * others believe it to be for his parameters. He exchanges the policy slot for one of another time, another record or other parameters, rewrites the digest in it, or lets a header
 * pass for one of an earlier format.
 *
 * <p>First against the signature, then, for an owner who signs whatever is put before them, against the slot itself.
 */
class ForeignParametersAttackTest {
    private static final MasterSecretKey NEXT = MasterSecretKey.generate();
    private static final PublicParameters NEXT_PARAMETERS = NEXT.publicParameters();
    private static final byte[] CONTENT = {1, 2, 3};

    private final SealedRecord sealed = SealedRecord.of(CONTENT);
    private final Header ledOver = ledOver(sealed.header);
    private final IssuedGrant grant = COLLECTION.issueGrant();
    private final RetrievalKey z = RetrievalKey.generate();

    private static Header ledOver(Header header) {
        try {
            return header.withIssues(COLLECTION, NEXT_PARAMETERS, UnaryOperator.identity(), SIGNER, CA.certificate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private TransformKey issuedBy(MasterSecretKey master) {
        return master.issue(z.image(master.publicParameters()), Set.of(DOCTOR, CARDIOLOGY));
    }

    private OpenedEnvelope open(Header header, MasterSecretKey issuer, PublicParameters believed)
            throws GeneralSecurityException {
        return header.open(
                believed, header.transform(issuedBy(issuer)), z, grant.half().convert(header), grant.partialKey());
    }

    @Test
    void aHeaderThatWasLedOverOpensWithTheNextKeyAndWithTheOldApproval() throws Exception {
        Header read = Header.decode(ledOver.encode());
        read.verify(CA.certificate());
        assertThat(read.parametersDigest()).isEqualTo(NEXT_PARAMETERS.digest());
        assertThat(read.coreDigest()).isEqualTo(sealed.header.coreDigest());
        assertThat(read.isConsistent(NEXT_PARAMETERS)).isTrue();
        assertThat(read.isConsistent(PARAMETERS)).isFalse();
        try (OpenedEnvelope opened = open(read, NEXT, NEXT_PARAMETERS)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
        try (OpenedEnvelope opened = read.openAsOwner(COLLECTION)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
    }

    /** The thief of the old master key, with all attributes and even an approval. */
    @Test
    void theOldMasterKeyDoesNotOpenAHeaderThatWasLedOver() {
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(ledOver, AUTHORITY, NEXT_PARAMETERS));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> open(ledOver, AUTHORITY, PARAMETERS));
    }

    /** What ADR 7 does not promise: who kept the old header, and has an approval for it, opens the record as before. */
    @Test
    void aCopyOfTheOldHeaderOpensWithTheOldMasterKeyAndAnApprovalOnly() throws Exception {
        open(sealed.header, AUTHORITY, PARAMETERS).close();
        IssuedGrant ofAnother = CollectionKeys.generate().issueGrant();
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> sealed.header.open(
                        PARAMETERS,
                        sealed.header.transform(issuedBy(AUTHORITY)),
                        z,
                        grant.half().convert(sealed.header),
                        ofAnother.partialKey()));
    }

    @Test
    void theOldSlotUnderTheNewListIsNoticed() throws Exception {
        HeaderParts now = HeaderParts.of(ledOver);
        PolicySlot before = HeaderParts.of(sealed.header).slot();
        assertUnsigned(now.withSlot(before));
        // Signed by an owner who does not look it is what it was: a slot for the old key. Clouds and readers see that
        // it says so.
        assertThat(now.withSlot(before).signedBy(SIGNER).parametersDigest()).isEqualTo(PARAMETERS.digest());
    }

    @Test
    void aSlotThatOnlySaysItIsForOtherParametersDoesNotOpen() throws Exception {
        HeaderParts now = HeaderParts.of(ledOver);
        HeaderParts renamed = now.withSlot(saying(Optional.of(PARAMETERS), now.slot()));
        assertUnsigned(renamed);
        Header signed = renamed.signedBy(SIGNER);
        assertThat(signed.isConsistent(PARAMETERS)).isFalse();
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(signed, AUTHORITY, PARAMETERS));
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(signed, NEXT, PARAMETERS));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> open(signed, NEXT, NEXT_PARAMETERS));
    }

    /** A perfect lock of his own for the old key, in place of the new one: he lacks the seed from which it would have to be made. */
    @Test
    void aLockForTheOldKeyAroundTheNewWrapDoesNotOpen() throws Exception {
        HeaderParts now = HeaderParts.of(ledOver);
        PolicySlot old = HeaderParts.of(sealed.header).slot();
        for (Optional<PublicParameters> said : List.of(Optional.of(PARAMETERS), Optional.of(NEXT_PARAMETERS))) {
            PolicySlot mixed = new PolicySlot(
                    digest(said),
                    old.policy(),
                    now.slot().approvalLock(),
                    old.policyLock(),
                    now.slot().wrapped());
            assertUnsigned(now.withSlot(mixed));
            Header signed = now.withSlot(mixed).signedBy(SIGNER);
            assertThatExceptionOfType(WrongKeyException.class)
                    .isThrownBy(() -> open(signed, AUTHORITY, said.orElseThrow()));
        }
    }

    @Test
    void theSlotOfAnotherRecordThatWasLedOverDoesNotOpen() throws Exception {
        HeaderParts now = HeaderParts.of(ledOver);
        HeaderParts others = HeaderParts.of(ledOver(SealedRecord.of(CONTENT).header));
        assertUnsigned(now.withSlot(others.slot()));
        Header signed = now.withSlot(others.slot()).signedBy(SIGNER);
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> open(signed, NEXT, NEXT_PARAMETERS));
    }

    @Test
    void aHeaderWithoutADigestAnywhereIsRefused() throws Exception {
        HeaderParts now = HeaderParts.of(sealed.header);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(
                        () -> now.withSlot(saying(Optional.empty(), now.slot())).assembled());
    }

    /** Its core of format 2 names the old parameters for ever; what the slot says counts, and nobody can take that away. */
    @Test
    void aHeaderOfFormat2IsForWhatItsSlotNames() throws Exception {
        Json vector = Json.resource("sosia/header-2-direct-led-over.json");
        HeaderParts parts = HeaderParts.of(Header.decode(vector.hex("header")));
        byte[] named = PublicParameters.decode(vector.hex("publicParameters")).digest();
        assertThat(parts.core.facts().format()).isEqualTo(HeaderCore.FORMAT_2);
        assertThat(parts.core.facts().parameters().orElseThrow()).isNotEqualTo(new Bytes(named));
        assertThat(parts.assembled().parametersDigest()).isEqualTo(named);
        // As an old slot it would be for the old key: neither the signature nor the wrap fits.
        HeaderParts downgraded = parts.withSlot(saying(Optional.empty(), parts.slot()));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> downgraded.assembled().verify(CA.certificate()));
        assertThat(parts.slot().context(parts.core.encode()))
                .isNotEqualTo(downgraded.slot().context(parts.core.encode()));
    }

    /** Direct slots and what a re-key made of the owner's lock are bound to the core: they stay what they were. */
    @Test
    void ofAHeaderOfFormat2EverythingElseStays() throws Exception {
        Json before = Json.resource("sosia/header-2-direct.json");
        Json after = Json.resource("sosia/header-2-direct-led-over.json");
        Header old = Header.decode(before.hex("header"));
        Header led = Header.decode(after.hex("header"));
        assertThat(led.coreDigest()).isEqualTo(old.coreDigest());
        assertThat(led.ownerLock()).isEqualTo(old.ownerLock());
        PersonKey person = PersonKey.decode(SecretBytes.copyOf(after.hex("personKey")));
        led.open(person).close();
    }

    /** A slot that names its parameters is a header's; the target of a re-key is bound to its own scope. */
    @Test
    void aReKeysTargetNamesNoParameters() throws Exception {
        HeaderParts now = HeaderParts.of(ledOver);
        ByteWriter writer = new ByteWriter();
        now.slot().write(writer);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PolicySlot.read(new ByteReader(writer.toByteArray())));
    }

    private static PolicySlot saying(Optional<PublicParameters> parameters, PolicySlot slot) {
        return new PolicySlot(
                digest(parameters), slot.policy(), slot.approvalLock(), slot.policyLock(), slot.wrapped());
    }

    private static Optional<Bytes> digest(Optional<PublicParameters> parameters) {
        return parameters.map(named -> new Bytes(named.digest()));
    }

    private static void assertUnsigned(HeaderParts forged) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> forged.assembled().verify(CA.certificate()));
    }
}
