package org.sosia.crypto.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
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
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.rsa.Rsa3072;

/** Makes, reads and checks the two kinds of certificate: the hospital's own, and those it issues to owners. */
final class Certificates {
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
        PublicKeyOfSuite key = new PublicKeyOfSuite(SignatureSuite.ED25519, publicKey);
        return issue(issuer, SignatureSuite.ED25519, issuerSeed, subject, key, authority);
    }

    static X509Certificate issue(
            X500Name issuer,
            SignatureSuite issuerSuite,
            byte[] issuerSecret,
            X500Name subject,
            PublicKeyOfSuite key,
            boolean authority) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
                    Date.from(Instant.now().minus(CLOCK_SKEW)),
                    NO_EXPIRATION,
                    subject,
                    keyInfo(key));
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(0) : new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (key.suite() == SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65) {
                builder.addExtension(Extension.subjectAltPublicKeyInfo, false, mlDsaKeyInfo(key.encoded()));
            }
            return parse(signed(builder, issuerSuite, issuerSecret).getEncoded(), issuerSuite.maxCertificateBytes());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }

    private static X509CertificateHolder signed(
            X509v3CertificateBuilder builder, SignatureSuite issuerSuite, byte[] issuerSecret) {
        if (issuerSuite == SignatureSuite.ED25519) {
            return builder.build(
                    new CertificateSigner(Ed25519.ALGORITHM, content -> Ed25519.sign(issuerSecret, content)));
        }
        return builder.build(
                new CertificateSigner(
                        HybridSignature.RSA_PSS, content -> HybridSignature.signRsa(issuerSecret, content)),
                false,
                new CertificateSigner(
                        HybridSignature.ML_DSA, content -> HybridSignature.signMlDsa(issuerSecret, content)));
    }

    private static SubjectPublicKeyInfo keyInfo(PublicKeyOfSuite key) throws IOException {
        if (key.suite() == SignatureSuite.ED25519) {
            return Ed25519.keyInfo(key.encoded());
        }
        BigInteger modulus = new BigInteger(1, key.encoded(), 0, Rsa3072.BYTES);
        return new SubjectPublicKeyInfo(HybridSignature.RSA_KEY, new RSAPublicKey(modulus, RSAKeyGenParameterSpec.F4));
    }

    private static SubjectPublicKeyInfo mlDsaKeyInfo(byte[] key) {
        return new SubjectPublicKeyInfo(HybridSignature.ML_DSA, Arrays.copyOfRange(key, Rsa3072.BYTES, key.length));
    }

    static X509Certificate parse(byte[] der, int mostBytes) throws GeneralSecurityException {
        if (der.length > mostBytes) {
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
    static PublicKeyOfSuite checkedOwnerKey(X509Certificate certificate, String owner, X509Certificate ca)
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

    static boolean isSignedByItself(X509Certificate certificate) throws GeneralSecurityException {
        return isSignedBy(certificate, publicKey(certificate));
    }

    private static boolean isSignedBy(X509Certificate certificate, PublicKeyOfSuite issuer)
            throws GeneralSecurityException {
        byte[] content = certificate.getTBSCertificate();
        byte[] signature = certificate.getSignature();
        if (issuer.suite() == SignatureSuite.ED25519) {
            return isAssembled(certificate, content, Ed25519.ALGORITHM, signature)
                    && Ed25519.verify(issuer.encoded(), content, signature);
        }
        // RSA signs everything, the other signature included; ML-DSA signs everything but the two signatures.
        return isAssembled(certificate, content, HybridSignature.RSA_PSS, signature)
                && HybridSignature.verifyRsa(issuer.encoded(), content, signature)
                && isAlternativelySignedBy(certificate, issuer.encoded());
    }

    private static boolean isAlternativelySignedBy(X509Certificate certificate, byte[] issuerKey)
            throws GeneralSecurityException {
        return interpret(certificate, holder -> {
            try {
                return holder.isAlternativeSignatureValid(new AlternativeVerifier(issuerKey));
            } catch (CertException e) {
                return false;
            }
        });
    }

    /** What surrounds the signed content is signed by nobody: it must have the one form it can have. */
    private static boolean isAssembled(
            X509Certificate certificate, byte[] content, AlgorithmIdentifier algorithm, byte[] signature)
            throws GeneralSecurityException {
        try {
            ASN1Encodable[] parts = {ASN1Primitive.fromByteArray(content), algorithm, new DERBitString(signature)};
            return Arrays.equals(new DERSequence(parts).getEncoded(ASN1Encoding.DER), certificate.getEncoded());
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("this is no certificate");
        }
    }

    static PublicKeyOfSuite publicKey(X509Certificate certificate) throws GeneralSecurityException {
        return interpret(certificate, Certificates::onlyKnownKey)
                .orElseThrow(() -> new MalformedException("the certificate holds another kind of key"));
    }

    private static Optional<PublicKeyOfSuite> onlyKnownKey(X509CertificateHolder holder) {
        SubjectPublicKeyInfo info = holder.getSubjectPublicKeyInfo();
        if (info.getAlgorithm().equals(Ed25519.ALGORITHM)) {
            return Optional.of(new PublicKeyOfSuite(
                    SignatureSuite.ED25519, info.getPublicKeyData().getOctets()));
        }
        Extension alternative = holder.getExtension(Extension.subjectAltPublicKeyInfo);
        if (!info.getAlgorithm().equals(HybridSignature.RSA_KEY) || alternative == null) {
            return Optional.empty();
        }
        SubjectPublicKeyInfo mlDsa = SubjectPublicKeyInfo.getInstance(alternative.getParsedValue());
        RSAPublicKey rsa = RSAPublicKey.getInstance(parsed(info));
        byte[] key = mlDsa.getPublicKeyData().getOctets();
        boolean known = mlDsa.getAlgorithm().equals(HybridSignature.ML_DSA)
                && key.length == HybridSignature.ML_DSA_PUBLIC_BYTES
                && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                && rsa.getModulus().bitLength() == Rsa3072.BITS;
        return known ? Optional.of(hybrid(rsa.getModulus(), key)) : Optional.empty();
    }

    private static PublicKeyOfSuite hybrid(BigInteger modulus, byte[] mlDsa) {
        byte[] signed = modulus.toByteArray();
        byte[] key = new ByteWriter()
                .fixed(Arrays.copyOfRange(signed, signed.length - Rsa3072.BYTES, signed.length))
                .fixed(mlDsa)
                .toByteArray();
        return new PublicKeyOfSuite(SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65, key);
    }

    private static ASN1Primitive parsed(SubjectPublicKeyInfo info) {
        try {
            return info.parsePublicKey();
        } catch (IOException e) {
            throw new IllegalArgumentException("this is no RSA key", e);
        }
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
