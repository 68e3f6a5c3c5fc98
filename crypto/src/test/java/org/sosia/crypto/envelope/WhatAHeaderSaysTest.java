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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.testing.Json;

/** What can be asked of a header, and when the answer is no. */
class WhatAHeaderSaysTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final UserKeys DORA = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private static final PublicParameters OTHER = MasterSecretKey.generate().publicParameters();

    private final SealedRecord sealed = SealedRecord.of(CONTENT);
    private final Header header = sealed.header;

    private static void malformed(ThrowingCallable call) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(call);
    }

    @Test
    void itIsForOneAuthorityOnly() throws Exception {
        assertThat(header.isConsistent(PARAMETERS)).isTrue();
        assertThat(header.isConsistent(OTHER)).isFalse();
        PolicySlot slot = HeaderParts.of(header).slot();
        assertThat(slot.isConsistent(PARAMETERS)).isTrue();
        assertThat(slot.isConsistent(OTHER)).isFalse();
        TransformedSlot transformed = header.transform(DORA.transformKey());
        IssuedGrant grant = COLLECTION.issueGrant();
        var converted = grant.half().convert(header);
        malformed(() -> header.open(OTHER, transformed, DORA.retrievalKey(), converted, grant.partialKey()));
        malformed(() -> header.confirms(OTHER, COLLECTION, transformed, DORA.retrievalKey()));
        malformed(() -> header.withPolicy(COLLECTION, OTHER, header.policy(), SIGNER, CA.certificate()));
    }

    /** The approval may be worth nothing: of the cloud's part the owner's keys tell by themselves. */
    @Test
    void itTellsACloudThatLiedFromAReaderWithAWrongPartialKey() throws Exception {
        TransformedSlot right = header.transform(DORA.transformKey());
        UserKeys other = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
        assertThat(header.confirms(PARAMETERS, COLLECTION, right, DORA.retrievalKey()))
                .isTrue();
        assertThat(header.confirms(PARAMETERS, COLLECTION, right, other.retrievalKey()))
                .isFalse();
        assertThat(header.confirms(PARAMETERS, COLLECTION, header.transform(other.transformKey()), DORA.retrievalKey()))
                .isFalse();
        TransformedSlot ofOther = SealedRecord.of(CONTENT).header.transform(DORA.transformKey());
        assertThat(header.confirms(PARAMETERS, COLLECTION, ofOther, DORA.retrievalKey()))
                .isFalse();
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> header.confirms(PARAMETERS, CollectionKeys.generate(), right, DORA.retrievalKey()));
    }

    /** A re-key is g2 to z over the collection's exponent; what it makes of the owner's lock, to one over z, is what the lock locks. */
    @Test
    void itOpensWithWhatTheOwnersLockLocks() throws Exception {
        Scalar z = Scalar.random();
        Gt converted = PairingProduct.pair(header.ownerLock(), COLLECTION.conversion(z));
        try (OpenedEnvelope opened = header.open(converted.power(z.inverse()))) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
            assertThat(opened).hasToString("OpenedEnvelope[secret]");
        }
        for (Gt wrong : List.of(converted, Generators.zPower(z))) {
            assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> header.open(wrong));
        }
    }

    @Test
    void itIsSignedUnderOneOfTheHospitalsAuthorities() throws Exception {
        CertificateAuthority next = CertificateAuthority.generate("General Hospital 2");
        header.verify(Authorities.of(List.of(next.certificate(), CA.certificate())));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> header.verify(Authorities.of(next.certificate())));
        assertThat(header.signature().certificate())
                .isEqualTo(SIGNER.sign(CONTENT).certificate());
    }

    /** Whatever becomes of the slots. */
    @Test
    void itsCoreStaysTheSame() throws Exception {
        Header changed = header.withPolicy(COLLECTION, PARAMETERS, header.policy(), SIGNER, CA.certificate());
        assertThat(header.coreDigest())
                .isEqualTo(Digests.sha256(HeaderParts.of(header).core.encode()))
                .isEqualTo(changed.coreDigest())
                .isNotEqualTo(SealedRecord.of(CONTENT).header.coreDigest());
        assertThat(header.digest()).isEqualTo(Digests.sha256(header.encode())).isNotEqualTo(changed.digest());
        assertThat(header.keepsItsLock()).isTrue();
        Json old = Json.resource("sosia/header-1-single.json");
        assertThat(Header.decode(old.hex("header")).keepsItsLock()).isFalse();
    }

    /** An attribute was issued anew: the same policy over the new issue, and whoever has a slot of her own keeps it. */
    @Test
    void itsPolicyMovesToOtherIssues() throws Exception {
        PersonKey paula = PersonKey.generate();
        Header named = header.withDirectSlot(COLLECTION, paula.publicPart(), SIGNER, CA.certificate());
        Header moved = named.withIssues(
                COLLECTION,
                PARAMETERS,
                attribute -> attribute.equals(CARDIOLOGY) ? attribute.inEpoch(2) : attribute,
                SIGNER,
                CA.certificate());
        moved.verify(CA.certificate());
        assertThat(moved.policy()).isEqualTo(policy("role:doctor and department:cardiology@2"));
        assertThat(moved.revision()).isEqualTo(named.revision() + 1);
        try (OpenedEnvelope opened = moved.open(paula)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
        UserKeys anew = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY.inEpoch(2)));
        IssuedGrant grant = COLLECTION.issueGrant();
        try (OpenedEnvelope opened = moved.open(
                PARAMETERS,
                moved.transform(anew.transformKey()),
                anew.retrievalKey(),
                grant.half().convert(moved),
                grant.partialKey())) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> moved.transform(DORA.transformKey()));
    }

    private static AccessPolicy policy(String text) {
        try {
            return AccessPolicy.parse(text);
        } catch (PolicySyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Who knows the payload's key makes another content under it, with a salt and a commitment that fit; but the owner signed the first bytes. */
    @Test
    void anotherPayloadUnderTheSameKeyIsRefused() throws Exception {
        HeaderCore.Facts facts = HeaderParts.of(header).core.facts();
        SecretBytes key = SecretBytes.random(32);
        byte[] context = Seed.payloadContext(facts.record(), facts.version(), facts.owner());
        byte[] other = ChunkedEncryption.seal(key, context, CONTENT);
        assertThat(ChunkedEncryption.open(key, context, other)).isEqualTo(CONTENT);
        assertThat(other).hasSameSizeAs(sealed.payload);
        SealedRecord forged = sealed.with(other);
        try (OpenedEnvelope opened = new OpenedEnvelope(key, facts)) {
            assertThatExceptionOfType(TamperedContentException.class).isThrownBy(() -> forged.read(opened));
            assertThatExceptionOfType(TamperedContentException.class)
                    .isThrownBy(() -> opened.decryptingRange(forged.source(), 0, 3));
        }
    }

    @Test
    void aSlotWithoutApprovalOpensByItsPolicyAlone() throws Exception {
        SecretBytes secret = SecretBytes.random(32);
        byte[] bound = {1, 2};
        AccessPolicy doctors = policy("role:doctor");
        PolicySlot made = PolicySlot.lock(PARAMETERS, doctors, secret, bound);
        PolicySlot slot = read(written(made));
        TransformedSlot transformed = slot.transform(DORA.transformKey());
        assertThat(slot.approvalLock()).isEmpty();
        assertThat(slot.policy()).isEqualTo(doctors);
        assertThat(slot.isConsistent(PARAMETERS)).isTrue();
        assertThat(slot.open(PARAMETERS, transformed, DORA.retrievalKey(), bound))
                .isEqualTo(secret);
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> slot.open(PARAMETERS, transformed, DORA.retrievalKey(), new byte[] {1}));

        // The same secret under a lock that was not made from it: all pieces fit, and it is refused.
        byte[] context = PolicySlot.context(bound, PolicySlot.WITHOUT_APPROVAL, Optional.empty(), doctors);
        Scalar s = Scalar.random();
        PolicySlot forged = new PolicySlot(
                Optional.empty(),
                doctors,
                Optional.empty(),
                PolicyLock.encaps(PARAMETERS, doctors, s),
                new HeaderCore.Bytes(SlotWrap.wrap(PARAMETERS.encapsulated(s).encode(), context, secret)));
        TransformedSlot leading = forged.transform(DORA.transformKey());
        assertThatExceptionOfType(TamperedEnvelopeException.class)
                .isThrownBy(() -> forged.open(PARAMETERS, leading, DORA.retrievalKey(), bound));
        for (int type : new int[] {0, 1, 3, 5}) {
            byte[] other = written(made);
            other[0] = (byte) type;
            malformed(() -> read(other));
        }
    }

    private static byte[] written(PolicySlot slot) {
        ByteWriter writer = new ByteWriter();
        slot.write(writer);
        return writer.toByteArray();
    }

    private static PolicySlot read(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded);
        PolicySlot slot = PolicySlot.read(reader);
        reader.end();
        return slot;
    }

    /** An owner's tool would carry a changed core into a header that is genuine. */
    @Test
    void theOwnerChangesNothingThatWasTampered() throws Exception {
        HeaderParts parts = HeaderParts.of(header);
        byte[] mac = parts.mac.clone();
        mac[3] ^= 1;
        Header tampered = parts.withMac(mac).signedBy(SIGNER);
        assertThatExceptionOfType(TamperedEnvelopeException.class)
                .isThrownBy(
                        () -> tampered.withPolicy(COLLECTION, PARAMETERS, header.policy(), SIGNER, CA.certificate()));
        assertThatExceptionOfType(TamperedEnvelopeException.class)
                .isThrownBy(() -> tampered.withDirectSlot(
                        COLLECTION, PersonKey.generate().publicPart(), SIGNER, CA.certificate()));
    }

    @Test
    void ownersHaveNamesOfUpToSixtyFourBytes() {
        assertThat(HeaderCore.isOwner("o".repeat(64))).isTrue();
        assertThat(HeaderCore.isOwner("ö".repeat(32))).isTrue();
        for (String none : List.of("o".repeat(65), "ö".repeat(33), "", " ", "a\nb")) {
            assertThat(HeaderCore.isOwner(none)).isFalse();
        }
        HeaderCore.Bytes bytes = new HeaderCore.Bytes(new byte[] {7});
        assertThat(bytes).hasSameHashCodeAs(new HeaderCore.Bytes(new byte[] {7}));
        assertThat(bytes.hashCode()).isNotEqualTo(new HeaderCore.Bytes(new byte[] {8}).hashCode());
    }

    /** In whatever pieces it arrives. */
    @Test
    void aPayloadIsCountedHashedAndRememberedInWhateverPieces() throws Exception {
        byte[] all = SecretBytes.random(200).exposeSecretBytes();
        for (int piece : new int[] {1, 50, 55, 56, 57, 200}) {
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            PayloadSink sink = new PayloadSink(passed);
            for (int at = 0; at < all.length; at += piece) {
                sink.write(all, at, Math.min(piece, all.length - at));
            }
            assertPassed(sink, passed, all);
        }
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        PayloadSink sink = new PayloadSink(passed);
        for (byte each : all) {
            sink.write(each);
        }
        assertPassed(sink, passed, all);
    }

    private static void assertPassed(PayloadSink sink, ByteArrayOutputStream passed, byte[] all) {
        assertThat(passed.toByteArray()).isEqualTo(all);
        assertThat(sink.length()).isEqualTo(all.length);
        assertThat(sink.prefix()).isEqualTo(Arrays.copyOf(all, 56));
        assertThat(sink.digest()).isEqualTo(Digests.sha256(all));
    }

    @Test
    void whatIsSealedByteByByteIsRead() throws Exception {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try (Sealing sealing = Sealing.begin(
                UUID.randomUUID(), 1, SealedRecord.OWNER, PARAMETERS, policy("role:doctor"), COLLECTION)) {
            assertThat(sealing).hasToString("Sealing[secret]");
            try (OutputStream out = sealing.encrypting(payload)) {
                for (byte each : CONTENT) {
                    out.write(each);
                }
            }
            Header sealedNow = sealing.finish(SealedRecord.METADATA_DIGEST, SIGNER);
            try (OpenedEnvelope opened = sealedNow.openAsOwner(COLLECTION);
                    InputStream content = opened.decrypting(new ByteArrayInputStream(payload.toByteArray()))) {
                assertThat(content.readAllBytes()).isEqualTo(CONTENT);
            }
        }
        assertThat(Seed.random()).hasToString("Seed[secret]");
    }
}
