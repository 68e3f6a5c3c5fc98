package org.sosia.crypto.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.sosia.crypto.encoding.MalformedException;

/** Makes, reads and checks the two kinds of certificate: the hospital's own, and those it issues to owners. */
final class Certificates {
    static final int MAX_BYTES = 4_096;

    /** RFC 5280, section 4.1.2.5: no well-defined expiration. Records outlive every date one could choose here. */
    private static final Date NO_EXPIRATION = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    /** Clocks of readers may be behind. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /** RFC 5280, section 4.1.2.2: positive and at most 20 bytes. */
    private static final int SERIAL_BITS = 159;

    private static final int DIGITAL_SIGNATURE_BIT = 0;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static X500Name authorityName(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    static X500Name ownerName(String owner) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.UID, owner).build();
    }

    static X509Certificate issue(
            X500Name issuer, byte[] issuerSeed, X500Name subject, byte[] publicKey, boolean authority) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
                Date.from(Instant.now().minus(CLOCK_SKEW)),
                NO_EXPIRATION,
                subject,
                Ed25519.keyInfo(publicKey));
        try {
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(0) : new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            return parse(builder.build(Ed25519.certificateSigner(issuerSeed)).getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        if (der.length > MAX_BYTES) {
            throw new MalformedException("the certificate is too long");
        }
        X509Certificate certificate = read(der);
        // The platform's reader stops at the end of the certificate; what follows would be somebody's extra bytes.
        if (!Arrays.equals(certificate.getEncoded(), der)) {
            throw new MalformedException("this is no certificate");
        }
        return certificate;
    }

    /** The platform's reader, too, meets some malformed keys with an unchecked exception. */
    private static X509Certificate read(byte[] der) throws GeneralSecurityException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (RuntimeException e) {
            throw new MalformedException("this is no certificate");
        }
    }

    /** The owner's public key, after everything about the certificate was checked. */
    static byte[] checkedOwnerKey(X509Certificate certificate, String owner, X509Certificate ca)
            throws GeneralSecurityException {
        if (ca.getBasicConstraints() < 0) {
            throw new SignatureRefusedException();
        }
        ca.checkValidity();
        certificate.checkValidity();
        boolean[] usage = certificate.getKeyUsage();
        boolean forOwners = certificate.getBasicConstraints() < 0 && usage != null && usage[DIGITAL_SIGNATURE_BIT];
        // The signature comes first: what nobody signed is not interpreted further.
        if (!isSignedBy(certificate, publicKey(ca))
                || !forOwners
                || !certificate.getIssuerX500Principal().equals(ca.getSubjectX500Principal())
                || !owner.equals(ownerOf(certificate))) {
            throw new SignatureRefusedException();
        }
        return publicKey(certificate);
    }

    private static boolean isSignedBy(X509Certificate certificate, byte[] issuerKey) throws GeneralSecurityException {
        byte[] content = certificate.getTBSCertificate();
        byte[] signature = certificate.getSignature();
        return Arrays.equals(assembled(content, signature), certificate.getEncoded())
                && Ed25519.verify(issuerKey, content, signature);
    }

    /** What surrounds the signed content is signed by nobody: it must have the one form it can have. */
    private static byte[] assembled(byte[] content, byte[] signature) throws MalformedException {
        try {
            ASN1Encodable[] parts = {
                ASN1Primitive.fromByteArray(content), Ed25519.ALGORITHM, new DERBitString(signature)
            };
            return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("this is no certificate");
        }
    }

    static byte[] publicKey(X509Certificate certificate) throws GeneralSecurityException {
        SubjectPublicKeyInfo info = interpret(certificate, X509CertificateHolder::getSubjectPublicKeyInfo);
        if (!info.getAlgorithm().equals(Ed25519.ALGORITHM)) {
            throw new MalformedException("the certificate holds another kind of key");
        }
        return info.getPublicKeyData().getOctets();
    }

    /** The owner a certificate was issued to: its subject is this one name and nothing else. */
    static String ownerOf(X509Certificate certificate) throws GeneralSecurityException {
        Optional<String> owner = interpret(certificate, holder -> onlyUserId(holder.getSubject()));
        return owner.orElseThrow(() -> new MalformedException("the certificate names no owner"));
    }

    private static Optional<String> onlyUserId(X500Name subject) {
        RDN[] names = subject.getRDNs();
        boolean one = names.length == 1
                && !names[0].isMultiValued()
                && names[0].getFirst().getType().equals(BCStyle.UID);
        return one && names[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }

    /** Bouncy Castle reads lazily and meets a malformed field with whatever unchecked exception comes first. */
    private static <T> T interpret(X509Certificate certificate, Function<X509CertificateHolder, T> field)
            throws GeneralSecurityException {
        try {
            return field.apply(new X509CertificateHolder(certificate.getEncoded()));
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("this is no certificate");
        }
    }
}
