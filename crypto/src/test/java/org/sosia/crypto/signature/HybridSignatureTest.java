package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.testing.Json;

class HybridSignatureTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final CertificateAuthority HOSPITAL =
            CertificateAuthority.generate("General Hospital", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65);
    private static final OwnerSigningKey OLGA = HOSPITAL.issue("olga");

    @Test
    void theOwnersSignatureIsAccepted() throws Exception {
        byte[] encoded = OLGA.sign(MESSAGE).encode();
        OwnerSignature read = OwnerSignature.decode(encoded);
        assertThatNoException().isThrownBy(() -> read.verify(MESSAGE, "olga", HOSPITAL.certificate()));
        assertThat(read.encode()).isEqualTo(encoded);
        assertThat(read.suite()).isEqualTo(SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65);
        assertThat(read.signature()).hasSize(384 + 3_309);
        assertThat(encoded.length).isLessThan(OwnerSignature.MAX_ENCODED_BYTES);
        assertThat(OLGA.owner()).isEqualTo("olga");
    }

    @Test
    void keysSurviveEncoding() throws Exception {
        CertificateAuthority read = CertificateAuthority.decode(HOSPITAL.encode());
        OwnerSigningKey readKey = OwnerSigningKey.decode(OLGA.encode());
        assertThat(read.encode()).isEqualTo(HOSPITAL.encode());
        assertThat(readKey.encode()).isEqualTo(OLGA.encode());
        readKey.sign(MESSAGE).verify(MESSAGE, "olga", read.certificate());
        assertThat(readKey).hasToString("OwnerSigningKey[secret]");
    }

    @Test
    void bothHalvesOfEveryKeyAreFresh() throws Exception {
        byte[] one = HybridSignature.publicKey(HybridSignature.generate());
        byte[] other = HybridSignature.publicKey(HybridSignature.generate());
        assertThat(Arrays.copyOf(one, Rsa3072.BYTES)).isNotEqualTo(Arrays.copyOf(other, Rsa3072.BYTES));
        assertThat(Arrays.copyOfRange(one, Rsa3072.BYTES, one.length))
                .isNotEqualTo(Arrays.copyOfRange(other, Rsa3072.BYTES, other.length));
    }

    /** A small device of a hospital whose authority is hybrid. */
    @Test
    void theSmallSuiteStays() throws Exception {
        OwnerSigningKey device = HOSPITAL.issue("device", SignatureSuite.ED25519);
        OwnerSignature signature = OwnerSignature.decode(device.sign(MESSAGE).encode());
        signature.verify(MESSAGE, "device", HOSPITAL.certificate());
        assertThat(signature.signature()).hasSize(64);
        assertThat(OwnerSigningKey.decode(device.encode()).suite()).isEqualTo(SignatureSuite.ED25519);
    }

    @Test
    void aSmallAuthorityIssuesNoHybridKeys() {
        CertificateAuthority small = CertificateAuthority.generate("Small Hospital");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small.issue("olga", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65));
    }

    @Test
    void noChangeSurvives() throws Exception {
        byte[] encoded = OLGA.sign(MESSAGE).encode();
        for (int position = 0; position < encoded.length; position += 5) {
            byte[] changed = encoded.clone();
            changed[position] ^= (byte) (1 << position % 8);
            assertRefused(() -> OwnerSignature.decode(changed).verify(MESSAGE, "olga", HOSPITAL.certificate()));
        }
        assertRefused(() -> OwnerSignature.decode(Arrays.copyOf(encoded, encoded.length - 1)));
        assertRefused(() -> OwnerSignature.decode(Arrays.copyOf(encoded, encoded.length + 1)));
        assertRefused(() -> OLGA.sign(MESSAGE).verify(MESSAGE, "otto", HOSPITAL.certificate()));
        assertRefused(() -> OLGA.sign(MESSAGE).verify(new byte[9], "olga", HOSPITAL.certificate()));
        CertificateAuthority sameName =
                CertificateAuthority.generate("General Hospital", SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65);
        assertRefused(() -> OLGA.sign(MESSAGE).verify(MESSAGE, "olga", sameName.certificate()));
    }

    /** The platform reads them as ordinary certificates of RSA. */
    @Test
    void thePlatformAcceptsOurCertificates() throws Exception {
        OLGA.certificate().verify(HOSPITAL.certificate().getPublicKey());
        HOSPITAL.certificate().verify(HOSPITAL.certificate().getPublicKey());
        assertThat(OLGA.certificate().getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(HOSPITAL.certificate().getBasicConstraints()).isZero();
    }

    @Test
    void mlDsaFollowsThePublishedVectors() {
        var vectors = Json.wycheproof("mldsa_65_verify_test.json");
        assertThat(vectors).hasSize(210);
        for (Json vector : vectors) {
            byte[] key = new ByteWriter()
                    .fixed(new byte[Rsa3072.BYTES])
                    .fixed(vector.hex("publicKey"))
                    .toByteArray();
            // The suite signs with the empty context; a signature for another one is none.
            boolean otherContext = vector.has("ctx") && !vector.text("ctx").isEmpty();
            assertThat(HybridSignature.verifyMlDsa(key, vector.hex("msg"), vector.hex("sig")))
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("result").equals("valid") && !otherContext);
        }
    }

    @Test
    void rsaPssFollowsThePublishedVectors() throws Exception {
        var vectors = Json.wycheproof("rsa_pss_3072_sha256_mgf1_32_test.json");
        assertThat(vectors).hasSize(108);
        for (Json vector : vectors) {
            byte[] modulus = new BigInteger(vector.get("publicKey").text("modulus"), 16).toByteArray();
            byte[] key = Arrays.copyOfRange(modulus, modulus.length - 384, modulus.length);
            assertThat(HybridSignature.verifyRsa(key, vector.hex("msg"), vector.hex("sig")))
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("result").equals("valid"));
        }
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(code);
    }
}
