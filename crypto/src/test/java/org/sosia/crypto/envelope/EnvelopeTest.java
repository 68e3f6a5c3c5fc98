package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.sosia.crypto.envelope.SealedRecord.AUTHORITY;
import static org.sosia.crypto.envelope.SealedRecord.CA;
import static org.sosia.crypto.envelope.SealedRecord.CARDIOLOGY;
import static org.sosia.crypto.envelope.SealedRecord.COLLECTION;
import static org.sosia.crypto.envelope.SealedRecord.DOCTOR;
import static org.sosia.crypto.envelope.SealedRecord.OWNER;
import static org.sosia.crypto.envelope.SealedRecord.PARAMETERS;
import static org.sosia.crypto.envelope.SealedRecord.SIGNER;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.policy.AccessPolicy;

class EnvelopeTest {
    private static final byte[] CONTENT = content(100_000);

    private final UserKeys dora = AUTHORITY.keyGen(Set.of(DOCTOR, CARDIOLOGY));
    private final IssuedGrant grant = COLLECTION.issueGrant();
    private final SealedRecord sealed = SealedRecord.of(CONTENT);

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i * 31 + i / 251);
        }
        return content;
    }

    @Test
    void theOwnerOpens() throws Exception {
        try (OpenedEnvelope opened = sealed.header.openAsOwner(COLLECTION)) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
            assertThat(opened.contentLength()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void attributesAndApprovalOpen() throws Exception {
        try (OpenedEnvelope opened = sealed.header.open(
                PARAMETERS,
                sealed.header.transform(dora.transformKey()),
                dora.retrievalKey(),
                grant.half().convert(sealed.header),
                grant.partialKey())) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
    }

    @Test
    void theKeyAsTheReaderTypesItOpens() throws Exception {
        PartialKey typed =
                PartialKey.parse(" " + grant.partialKey().revealText().toLowerCase(Locale.ROOT));

        assertThatNoException()
                .isThrownBy(() -> sealed.header
                        .open(
                                PARAMETERS,
                                sealed.header.transform(dora.transformKey()),
                                dora.retrievalKey(),
                                grant.half().convert(sealed.header),
                                typed)
                        .close());
    }

    @Test
    void aRangeOpens() throws Exception {
        try (OpenedEnvelope opened = sealed.header.openAsOwner(COLLECTION);
                InputStream range = opened.decryptingRange(sealed.source(), 16_000, 20_000)) {
            assertThat(range.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 16_000, 36_000));
        }
    }

    @Test
    void emptyContentCanBeSealed() throws Exception {
        SealedRecord empty = SealedRecord.of(new byte[0]);
        try (OpenedEnvelope opened = empty.header.openAsOwner(COLLECTION)) {
            assertThat(empty.read(opened)).isEmpty();
            assertThat(opened.contentLength()).isZero();
        }
    }

    @Test
    void theHeaderTellsWhatWasSealed() throws Exception {
        Header header = Header.decode(sealed.header.encode());

        assertThat(header.encode()).isEqualTo(sealed.header.encode());
        assertThat(header.digest()).isEqualTo(Digests.sha256(header.encode()));
        assertThat(header.owner()).isEqualTo(OWNER);
        assertThat(header.version()).isEqualTo(1);
        assertThat(header.record()).isEqualTo(sealed.header.record());
        assertThat(header.policy().toText()).isEqualTo(SealedRecord.POLICY);
        assertThat(header.sealedLength())
                .isEqualTo(sealed.payload.length)
                .isEqualTo(ChunkedEncryption.sealedLength(CONTENT.length));
        assertThat(header.sealedDigest()).isEqualTo(Digests.sha256(sealed.payload));
        assertThat(header.metadataDigest()).isEqualTo(SealedRecord.METADATA_DIGEST);
        assertThatNoException().isThrownBy(() -> header.verify(CA.certificate()));
        assertThat(header.isConsistent(PARAMETERS)).isTrue();
        try (OpenedEnvelope opened = header.openAsOwner(CollectionKeys.decode(COLLECTION.encode()))) {
            assertThat(sealed.read(opened)).isEqualTo(CONTENT);
        }
    }

    @Test
    void attributesThatDoNotSatisfyAreRefusedByTheCloudAlready() {
        UserKeys derek = AUTHORITY.keyGen(Set.of(DOCTOR));
        assertThatExceptionOfType(PolicyNotSatisfiedException.class)
                .isThrownBy(() -> sealed.header.transform(derek.transformKey()));
    }

    @Test
    void otherCollectionKeysDoNotOpen() {
        assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> sealed.header.openAsOwner(CollectionKeys.generate()));
    }

    @Test
    void onlyTheOwnersOwnKeySigns() throws Exception {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        try (Sealing sealing =
                Sealing.begin(UUID.randomUUID(), 0, OWNER, PARAMETERS, AccessPolicy.parse("role:doctor"), COLLECTION)) {
            sealing.encrypting(payload).close();
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .isThrownBy(() -> sealing.finish(new byte[32], CA.issue("otto")));
        }
    }

    @Test
    void aSealingIsUsedOnceAndInOrder() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor");
        Sealing sealing = Sealing.begin(UUID.randomUUID(), 0, OWNER, PARAMETERS, policy, COLLECTION);
        assertThatIllegalStateException().isThrownBy(() -> sealing.finish(new byte[32], SIGNER));
        OutputStream content = sealing.encrypting(new ByteArrayOutputStream());
        assertThatIllegalStateException().isThrownBy(() -> sealing.encrypting(new ByteArrayOutputStream()));
        assertThatIllegalStateException().isThrownBy(() -> sealing.finish(new byte[32], SIGNER));
        content.close();
        sealing.finish(new byte[32], SIGNER);
        assertThatIllegalStateException().isThrownBy(() -> sealing.finish(new byte[32], SIGNER));
    }

    @Test
    void ownersWithoutANameAreRefused() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor");
        for (String owner : new String[] {"", " ", "a\nb", "x".repeat(65)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sealing.begin(UUID.randomUUID(), 0, owner, PARAMETERS, policy, COLLECTION));
        }
    }

    @Test
    void nothingPrintsASecret() {
        assertThat(String.valueOf(COLLECTION)).isEqualTo("CollectionKeys[secret]");
        assertThat(String.valueOf(grant)).contains("PartialKey[secret]");
        assertThat(String.valueOf(sealed.header)).startsWith("Header[").doesNotContain(OWNER);
    }
}
