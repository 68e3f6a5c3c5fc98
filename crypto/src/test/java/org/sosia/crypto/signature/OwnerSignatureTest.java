package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

class OwnerSignatureTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private final CertificateAuthority hospital = CertificateAuthority.generate("General Hospital");
    private final OwnerSigningKey olga = hospital.issue("olga");
    private final OwnerSignature signature = olga.sign(MESSAGE);

    @Test
    void theOwnersSignatureIsAccepted() throws Exception {
        OwnerSignature read = OwnerSignature.decode(signature.encode());
        assertThatNoException().isThrownBy(() -> read.verify(MESSAGE, "olga", hospital.certificate()));
        assertThat(read.encode()).isEqualTo(signature.encode());
        assertThat(read.certificate()).isEqualTo(olga.certificate());
        assertThat(olga.owner()).isEqualTo("olga");
    }

    @Test
    void keysSurviveEncoding() throws Exception {
        CertificateAuthority read = CertificateAuthority.decode(hospital.encode());
        OwnerSigningKey readKey = OwnerSigningKey.decode(olga.encode());
        assertThat(read.certificate()).isEqualTo(hospital.certificate());
        assertThatNoException().isThrownBy(() -> {
            readKey.sign(MESSAGE).verify(MESSAGE, "olga", read.certificate());
            read.issue("otto").sign(MESSAGE).verify(MESSAGE, "otto", hospital.certificate());
        });
    }

    @Test
    void anotherMessageIsRefused() {
        assertRefused(
                () -> signature.verify("b message".getBytes(StandardCharsets.UTF_8), "olga", hospital.certificate()));
    }

    @Test
    void aFlippedBitIsRefused() throws Exception {
        for (int position : new int[] {1, 32, 64}) {
            byte[] changed = signature.encode();
            changed[position] ^= 1;
            assertRefused(() -> OwnerSignature.decode(changed).verify(MESSAGE, "olga", hospital.certificate()));
        }
    }

    /** Certificates are read by libraries that fail in many ways; here they fail in one. */
    @Test
    void everyFlippedBitOfTheCertificateIsRefusedInTheSameWay() {
        byte[] encoded = signature.encode();
        for (int bit = 0; bit < encoded.length * Byte.SIZE; bit++) {
            byte[] changed = encoded.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(() -> OwnerSignature.decode(changed).verify(MESSAGE, "olga", hospital.certificate()));
            assertHonest(
                    () -> Certificates.ownerOf(OwnerSignature.decode(changed).certificate()));
            assertHonest(
                    () -> Certificates.publicKey(OwnerSignature.decode(changed).certificate()));
        }
    }

    /**
     * The last field of a certificate is a string of bits whose first byte counts unused ones. Where the last bit of a signature is zero, a count of
     * one says the same thing in other bytes; the platform's reader takes both.
     */
    @Test
    void aSignatureOfOtherLengthInBitsIsRefused() {
        for (int i = 0; i < 12; i++) {
            byte[] encoded = hospital.issue("olga").sign(MESSAGE).encode();
            encoded[encoded.length - Ed25519.SIGNATURE_BYTES - 1] = 1;
            assertRefused(() -> OwnerSignature.decode(encoded).verify(MESSAGE, "olga", hospital.certificate()));
        }
    }

    private static void assertHonest(ThrowingCallable code) {
        Throwable refusal = catchThrowable(code);
        assertThat(refusal == null || refusal instanceof GeneralSecurityException)
                .isTrue();
    }

    /** The platform judges what Bouncy Castle signed: the certificates are ordinary ones. */
    @Test
    void thePlatformAcceptsOurCertificates() throws Exception {
        olga.certificate().verify(hospital.certificate().getPublicKey());
        hospital.certificate().verify(hospital.certificate().getPublicKey());
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(olga.certificate().getPublicKey());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature.signature())).isTrue();
        assertThat(hospital.certificate().getBasicConstraints()).isZero();
        assertThat(olga.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(olga.certificate().getSubjectX500Principal().getName()).contains("UID=olga");
    }

    @Test
    void ed25519FollowsThePublishedVectors() {
        var vectors = Json.wycheproof("ed25519_test.json");
        assertThat(vectors).hasSizeGreaterThan(100);
        for (Json vector : vectors) {
            assertThat(Ed25519.verify(vector.get("publicKey").hex("pk"), vector.hex("msg"), vector.hex("sig")))
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("result").equals("valid"));
        }
    }

    @Test
    void malformedEncodingsAreRefused() {
        byte[] encoded = signature.encode();
        assertRefused(() -> OwnerSignature.decode(new byte[0]));
        assertRefused(() -> OwnerSignature.decode(Arrays.copyOf(encoded, encoded.length - 1)));
        assertRefused(() -> OwnerSignature.decode(Arrays.copyOf(encoded, encoded.length + 1)));
        assertRefused(() -> OwnerSignature.decode(new byte[OwnerSignature.MAX_ENCODED_BYTES + 1]));
        byte[] hidden = Arrays.copyOf(encoded, encoded.length + 1);
        hidden[66]++;
        assertRefused(() -> OwnerSignature.decode(hidden));
        assertRefused(() -> OwnerSigningKey.decode(SecretBytes.random(40)));
    }

    @Test
    void aKeyWithAnotherKeysCertificateIsRefused() {
        byte[] key = olga.encode().exposeSecretBytes();
        key[5] ^= 1;
        assertRefused(() -> OwnerSigningKey.decode(SecretBytes.copyOf(key)));
    }

    @Test
    void namesHaveLimits() {
        for (String name : new String[] {"", " ", "a\u0000b", "x".repeat(65)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> hospital.issue(name));
            assertThatIllegalArgumentException().isThrownBy(() -> CertificateAuthority.generate(name));
        }
    }

    @Test
    void keysDoNotPrintThemselves() {
        assertThat(hospital).hasToString("CertificateAuthority[secret]");
        assertThat(olga).hasToString("OwnerSigningKey[secret]");
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(code);
    }
}
