package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The hospital as issuer of its owners' certificates.
 *
 * <p><b>Security.</b> Whoever holds it can sign in every owner's name. Certificates carry no expiry: a record must verify for as long as it is
 * kept. What ends a key's use is that the hospital stops using it.
 *
 * <p><b>Shape.</b> version 1, seed (32), own certificate in DER with its length in two bytes.
 *
 * <p><b>Source.</b> RFC 5280, RFC 8410; docs/FORMATS.md, section Certificates.
 */
public final class CertificateAuthority implements SecretMaterial {
    /** Limit of a name, in characters, as X.520 has it. */
    public static final int MAX_NAME = 64;

    private static final byte VERSION = 1;

    private final SecretBytes seed;
    private final X509Certificate certificate;

    private CertificateAuthority(SecretBytes seed, X509Certificate certificate) {
        this.seed = seed;
        this.certificate = certificate;
    }

    /**
     * Sets up an authority with a fresh key and a certificate signed by itself.
     *
     * @param commonName the hospital's name, 1 to {@value #MAX_NAME} characters
     * @return the authority
     */
    public static CertificateAuthority generate(String commonName) {
        SecretBytes seed = SecretBytes.random(Ed25519.SEED_BYTES);
        byte[] exposed = seed.exposeSecretBytes();
        X500Name name = Certificates.authorityName(checked(commonName));
        X509Certificate certificate = Certificates.issue(name, exposed, name, Ed25519.publicKey(exposed), true);
        Arrays.fill(exposed, (byte) 0);
        return new CertificateAuthority(seed, certificate);
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
        KeyWithCertificate parts = KeyWithCertificate.decode(encoded, VERSION);
        return new CertificateAuthority(parts.seed(), parts.certificate());
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public SecretBytes encode() {
        return new KeyWithCertificate(seed, certificate).encode(VERSION);
    }

    /**
     * What readers need to verify owners' signatures.
     *
     * @return the authority's own certificate
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a fresh signing key to an owner; the certificate names the owner and nothing more.
     *
     * @param owner the owner's id, 1 to {@value #MAX_NAME} characters
     * @return key and certificate
     */
    public OwnerSigningKey issue(String owner) {
        SecretBytes ownerSeed = SecretBytes.random(Ed25519.SEED_BYTES);
        byte[] exposedOwner = ownerSeed.exposeSecretBytes();
        byte[] exposed = seed.exposeSecretBytes();
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509Certificate issued = Certificates.issue(
                issuer, exposed, Certificates.ownerName(checked(owner)), Ed25519.publicKey(exposedOwner), false);
        Arrays.fill(exposed, (byte) 0);
        Arrays.fill(exposedOwner, (byte) 0);
        return new OwnerSigningKey(ownerSeed, issued);
    }

    @Override
    public String toString() {
        return "CertificateAuthority[secret]";
    }
}
