package org.sosia.crypto.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The hospital as issuer of its owners' certificates.
 *
 * <p><b>Security.</b> Whoever holds it can sign in every owner's name. Certificates carry no expiry: a record must verify for as long as it is
 * kept. What ends a key's use is that the hospital stops using it.
 *
 * <p><b>Shape.</b> Ed25519: version 1, seed (32), own certificate in DER with its length in two bytes. RSA with ML-DSA: version 2, secret and certificate, each with its length in two
 * bytes.
 *
 * <p><b>Source.</b> RFC 5280, RFC 8410; X.509 (2019), section 9.8, for the second key and signature; docs/FORMATS.md, section Certificates.
 */
public final class CertificateAuthority implements SecretMaterial {
    /** Limit of a name, in characters, as X.520 has it. */
    public static final int MAX_NAME = 64;

    private static final byte[] MAGIC = "SOSN".getBytes(StandardCharsets.US_ASCII);

    private final KeyWithCertificate key;

    private CertificateAuthority(KeyWithCertificate key) {
        this.key = key;
    }

    /**
     * Sets up an authority of Ed25519 with a fresh key and a certificate signed by itself.
     *
     * @param commonName the hospital's name, 1 to {@value #MAX_NAME} characters
     * @return the authority
     */
    public static CertificateAuthority generate(String commonName) {
        return generate(commonName, SignatureSuite.ED25519);
    }

    /**
     * Sets up an authority with a fresh key and a certificate signed by itself.
     *
     * @param commonName the hospital's name, 1 to {@value #MAX_NAME} characters
     * @param suite how it signs certificates
     * @return the authority
     */
    public static CertificateAuthority generate(String commonName, SignatureSuite suite) {
        X500Name name = Certificates.authorityName(checked(commonName));
        byte[] secret = suite.generate();
        try {
            X509Certificate certificate = Certificates.issue(name, suite, secret, name, publicKey(suite, secret), true);
            return new CertificateAuthority(new KeyWithCertificate(suite, SecretBytes.copyOf(secret), certificate));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static PublicKeyOfSuite publicKey(SignatureSuite suite, byte[] secret) {
        try {
            return new PublicKeyOfSuite(suite, suite.publicKey(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key just made cannot be read", e);
        }
    }

    private static String checked(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name in a certificate has 1 to 64 printable characters");
        }
        return name;
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the authority
     * @throws GeneralSecurityException if version, length or certificate is wrong, or key and certificate do not belong together
     */
    public static CertificateAuthority decode(SecretBytes encoded) throws GeneralSecurityException {
        return new CertificateAuthority(KeyWithCertificate.decode(encoded));
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public SecretBytes encode() {
        return key.encode();
    }

    /**
     * What readers need to verify owners' signatures.
     *
     * @return the authority's own certificate
     */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /**
     * How it signs certificates.
     *
     * @return the suite
     */
    public SignatureSuite suite() {
        return key.suite();
    }

    /**
     * Issues a fresh signing key of the authority's own suite; the certificate names the owner and nothing more.
     *
     * @param owner the owner's id, 1 to {@value #MAX_NAME} characters
     * @return key and certificate
     */
    public OwnerSigningKey issue(String owner) {
        return issue(owner, suite());
    }

    /**
     * Issues a fresh signing key. An authority of Ed25519 issues no hybrid keys: they would be worth no more than its own signature on them.
     *
     * @param owner the owner's id, 1 to {@value #MAX_NAME} characters
     * @param suite how the owner will sign
     * @return key and certificate
     */
    public OwnerSigningKey issue(String owner, SignatureSuite suite) {
        if (suite.compareTo(suite()) > 0) {
            throw new IllegalArgumentException("an authority of Ed25519 issues keys of Ed25519");
        }
        X500Name issuer =
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
        byte[] ownerSecret = suite.generate();
        byte[] exposed = key.secret().exposeSecretBytes();
        try {
            X509Certificate issued = Certificates.issue(
                    issuer,
                    suite(),
                    exposed,
                    Certificates.ownerName(checked(owner)),
                    publicKey(suite, ownerSecret),
                    false);
            return new OwnerSigningKey(new KeyWithCertificate(suite, SecretBytes.copyOf(ownerSecret), issued));
        } finally {
            Arrays.fill(exposed, (byte) 0);
            Arrays.fill(ownerSecret, (byte) 0);
        }
    }

    /**
     * Signs that another authority takes this one's place: whoever trusts this one may trust that one. Certificates begin otherwise, so this signature
     * serves for nothing else.
     *
     * @param next the certificate of the next authority
     * @param from since when, kept to the millisecond
     * @return this authority's signature on {@link #introduction}
     */
    public byte[] introduce(X509Certificate next, Instant from) {
        return key.sign(introduction(certificate(), next, from));
    }

    /**
     * What an authority signs of the one that takes its place.
     *
     * @param present the certificate of the one that signs
     * @param next the certificate of the other
     * @param from since when, kept to the millisecond
     * @return "SOSN", version 1, milliseconds since 1970 (u64), SHA-256 of the first certificate, the second with its length in two bytes
     */
    public static byte[] introduction(X509Certificate present, X509Certificate next, Instant from) {
        try {
            return new ByteWriter()
                    .fixed(MAGIC)
                    .u8(1)
                    .u64(from.toEpochMilli())
                    .fixed(Digests.sha256(present.getEncoded()))
                    .sized(next.getEncoded())
                    .toByteArray();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    @Override
    public String toString() {
        return "CertificateAuthority[secret]";
    }
}
