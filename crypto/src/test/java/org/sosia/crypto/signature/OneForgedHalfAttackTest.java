package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * Somebody can forge one of the two signatures: has the RSA keys of owner and hospital, as from a quantum computer, or their ML-DSA keys, as from a mistake in lattices. They sign with the
 * half they have and an own key for the other, leave the other away, or have themselves certified.
 */
class OneForgedHalfAttackTest {
    private static final SignatureSuite HYBRID = SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65;
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final CertificateAuthority HOSPITAL = CertificateAuthority.generate("General Hospital", HYBRID);
    private static final OwnerSigningKey OLGA = HOSPITAL.issue("olga");
    private static final byte[] FOREIGN = HYBRID.generate();

    private static byte[] secretOf(byte[] encoded) {
        int length = ((encoded[1] & 0xff) << 8) | (encoded[2] & 0xff);
        return Arrays.copyOfRange(encoded, 3, 3 + length);
    }

    private static byte[] withRsaOf(byte[] rsa, byte[] mlDsa) {
        return new ByteWriter()
                .fixed(Arrays.copyOf(mlDsa, HybridSignature.ML_DSA_SEED_BYTES))
                .fixed(Arrays.copyOfRange(rsa, HybridSignature.ML_DSA_SEED_BYTES, rsa.length))
                .toByteArray();
    }

    @Test
    void oneHalfOfTheOwnersKeyDoesNotSign() throws Exception {
        byte[] olga = secretOf(OLGA.encode().exposeSecretBytes());
        assertThatNoException().isThrownBy(() -> signedWith(olga));
        for (byte[] half : new byte[][] {withRsaOf(olga, FOREIGN), withRsaOf(FOREIGN, olga)}) {
            assertThatExceptionOfType(SignatureRefusedException.class).isThrownBy(() -> signedWith(half));
        }
    }

    private static void signedWith(byte[] secret) throws GeneralSecurityException {
        new OwnerSignature(HYBRID, HYBRID.sign(secret, MESSAGE), OLGA.certificate())
                .verify(MESSAGE, "olga", HOSPITAL.certificate());
    }

    @Test
    void oneHalfOfTheHospitalsKeyDoesNotCertify() throws Exception {
        byte[] hospital = secretOf(HOSPITAL.encode().exposeSecretBytes());
        assertThatNoException().isThrownBy(() -> certifiedWith(hospital));
        for (byte[] half : new byte[][] {withRsaOf(hospital, FOREIGN), withRsaOf(FOREIGN, hospital)}) {
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> certifiedWith(half));
        }
    }

    /** A certificate for the forger's own key, whole in itself. */
    private static void certifiedWith(byte[] issuerSecret) throws GeneralSecurityException {
        X500Name issuer = X500Name.getInstance(
                HOSPITAL.certificate().getSubjectX500Principal().getEncoded());
        X509Certificate certificate = Certificates.issue(
                issuer,
                HYBRID,
                issuerSecret,
                Certificates.ownerName("olga"),
                new PublicKeyOfSuite(HYBRID, HYBRID.publicKey(FOREIGN)),
                false);
        new OwnerSignature(HYBRID, HYBRID.sign(FOREIGN, MESSAGE), certificate)
                .verify(MESSAGE, "olga", HOSPITAL.certificate());
    }

    /** The signature says Ed25519, the certificate does not, and the other way round. */
    @Test
    void aWeakerSuiteIsNotAccepted() throws Exception {
        byte[] seed = new byte[Ed25519.SEED_BYTES];
        OwnerSignature small =
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(seed, MESSAGE), OLGA.certificate());
        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> small.verify(MESSAGE, "olga", HOSPITAL.certificate()));
        X509Certificate bySmallIssuer = Certificates.issue(
                Certificates.authorityName("General Hospital"),
                seed,
                Certificates.ownerName("olga"),
                Ed25519.publicKey(seed),
                false);
        OwnerSignature downgraded =
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(seed, MESSAGE), bySmallIssuer);
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> downgraded.verify(MESSAGE, "olga", HOSPITAL.certificate()));
    }

    /** Neither half of a signature is a signature of the message by itself: both are of a labelled one. */
    @Test
    void halvesDoNotServeElsewhere() throws Exception {
        byte[] signature = OLGA.sign(MESSAGE).signature();
        byte[] key = Certificates.publicKey(OLGA.certificate()).encoded();
        assertThatNoException().isThrownBy(() -> HybridSignature.verify(key, MESSAGE, signature));
        assertThat(HybridSignature.verifyRsa(key, MESSAGE, Arrays.copyOf(signature, 384)))
                .isFalse();
        assertThat(HybridSignature.verifyMlDsa(key, MESSAGE, Arrays.copyOfRange(signature, 384, signature.length)))
                .isFalse();
    }
}
