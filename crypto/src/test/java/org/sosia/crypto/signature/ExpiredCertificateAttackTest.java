package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;

/** Certificates that are right in everything but the time. We issue none that ends, so only somebody else's tool would make one. */
class ExpiredCertificateAttackTest {
    private static final byte[] AUTHORITY_SEED = new byte[Ed25519.SEED_BYTES];
    private static final byte[] OWNER_SEED = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    };
    private static final X500Name AUTHORITY = Certificates.authorityName("General Hospital");
    private static final X500Name OLGA = Certificates.ownerName("olga");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration NOT_LONG = Duration.ofDays(1);

    @Test
    void onlyTheTimeDecides() throws Exception {
        assertThat(Certificates.checkedOwnerKey(owner(YEAR.negated(), YEAR), "olga", authority(YEAR.negated(), YEAR))
                        .encoded())
                .isEqualTo(Ed25519.publicKey(OWNER_SEED));
    }

    @Test
    void anExpiredOwnerSignsNoMore() throws Exception {
        X509Certificate ended = owner(YEAR.negated(), NOT_LONG.negated());
        X509Certificate authority = authority(YEAR.negated(), YEAR);
        assertThatExceptionOfType(CertificateExpiredException.class)
                .isThrownBy(() -> Certificates.checkedOwnerKey(ended, "olga", authority));
    }

    @Test
    void anExpiredAuthorityVouchesForNobody() throws Exception {
        X509Certificate owner = owner(YEAR.negated(), YEAR);
        X509Certificate ended = authority(YEAR.negated(), NOT_LONG.negated());
        assertThatExceptionOfType(CertificateExpiredException.class)
                .isThrownBy(() -> Certificates.checkedOwnerKey(owner, "olga", ended));
    }

    @Test
    void nobodySignsAheadOfTheTime() throws Exception {
        X509Certificate early = owner(NOT_LONG, YEAR);
        X509Certificate authority = authority(YEAR.negated(), YEAR);
        assertThatExceptionOfType(CertificateNotYetValidException.class)
                .isThrownBy(() -> Certificates.checkedOwnerKey(early, "olga", authority));
    }

    private static X509Certificate owner(Duration from, Duration to) throws Exception {
        return certificate(OLGA, OWNER_SEED, from, to, new BasicConstraints(false), KeyUsage.digitalSignature);
    }

    private static X509Certificate authority(Duration from, Duration to) throws Exception {
        return certificate(AUTHORITY, AUTHORITY_SEED, from, to, new BasicConstraints(0), KeyUsage.keyCertSign);
    }

    private static X509Certificate certificate(
            X500Name subject, byte[] seed, Duration from, Duration to, BasicConstraints constraints, int usage)
            throws Exception {
        Instant now = Instant.now();
        var builder = new X509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.ONE,
                Date.from(now.plus(from)),
                Date.from(now.plus(to)),
                subject,
                Ed25519.keyInfo(Ed25519.publicKey(seed)));
        builder.addExtension(Extension.basicConstraints, true, constraints);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        byte[] der = builder.build(
                        new CertificateSigner(Ed25519.ALGORITHM, content -> Ed25519.sign(AUTHORITY_SEED, content)))
                .getEncoded();
        return Certificates.parse(der, SignatureSuite.ED25519.maxCertificateBytes());
    }
}
