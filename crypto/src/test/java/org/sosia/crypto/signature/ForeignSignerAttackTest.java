package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

/**
 * Somebody signs in an owner's name: with an own certificate of the same hospital, one of another hospital, one made up, or one that an
 * owner issued as if an owner were the hospital.
 */
class ForeignSignerAttackTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SEED = new byte[32];

    private final CertificateAuthority hospital = CertificateAuthority.generate("General Hospital");
    private final OwnerSigningKey olga = hospital.issue("olga");

    @Test
    void anotherOwnerOfTheHospitalIsNotTheOwner() {
        assertRefused(hospital.issue("otto").sign(MESSAGE), hospital.certificate());
        assertRefused(hospital.issue("olga2").sign(MESSAGE), hospital.certificate());
    }

    @Test
    void anotherHospitalOfTheSameNameIsNotTheHospital() {
        assertRefused(
                CertificateAuthority.generate("General Hospital").issue("olga").sign(MESSAGE), hospital.certificate());
    }

    @Test
    void aCertificateSignedByItselfIsNotIssuedByTheHospital() {
        X509Certificate own = Certificates.issue(
                Certificates.authorityName("General Hospital"),
                SEED,
                Certificates.ownerName("olga"),
                Ed25519.publicKey(SEED),
                false);
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(SEED, MESSAGE), own), hospital.certificate());
    }

    @Test
    void theHospitalsOwnKeyIsNoOwnersKey() {
        byte[] encoded = hospital.encode().exposeSecretBytes();
        byte[] seed = Arrays.copyOfRange(encoded, 1, 33);
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(seed, MESSAGE), hospital.certificate()),
                hospital.certificate());
    }

    @Test
    void anOwnerCannotPlayTheHospital() {
        X509Certificate issued = Certificates.issue(
                Certificates.ownerName("olga"), SEED, Certificates.ownerName("olga"), Ed25519.publicKey(SEED), false);
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(SEED, MESSAGE), issued), olga.certificate());
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(SEED, MESSAGE), issued),
                hospital.certificate());
    }

    @Test
    void aCertificateOfAnotherOwnerDoesNotLendItsName() {
        OwnerSignature otto = hospital.issue("otto").sign(MESSAGE);
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, otto.signature(), olga.certificate()),
                hospital.certificate());
    }

    /** A subject with two names must not count as either. */
    @Test
    void aSecondNameIsRefused() {
        byte[] hospitalSeed = Arrays.copyOfRange(hospital.encode().exposeSecretBytes(), 1, 33);
        var twoNames = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.UID, "olga")
                .addRDN(BCStyle.UID, "otto")
                .build();
        X509Certificate issued = Certificates.issue(
                Certificates.authorityName("General Hospital"), hospitalSeed, twoNames, Ed25519.publicKey(SEED), false);
        assertRefused(
                new OwnerSignature(SignatureSuite.ED25519, Ed25519.sign(SEED, MESSAGE), issued),
                hospital.certificate());
    }

    private static void assertRefused(OwnerSignature signature, X509Certificate ca) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> signature.verify(MESSAGE, "olga", ca));
    }
}
