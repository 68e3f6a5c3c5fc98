package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An owner's signing key with the hospital's certificate for it.
 *
 * <p><b>Shape.</b> Ed25519: version 1, seed (32), certificate in DER with its length in two bytes. RSA with ML-DSA: version 2, secret and certificate, each with its length in two
 * bytes.
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; RSASSA-PSS, RFC 8017; ML-DSA, FIPS 204; docs/FORMATS.md, section Certificates.
 */
public final class OwnerSigningKey implements SecretMaterial {
    private final KeyWithCertificate key;

    OwnerSigningKey(KeyWithCertificate key) {
        this.key = key;
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length or certificate is wrong, or key and certificate do not belong together
     */
    public static OwnerSigningKey decode(SecretBytes encoded) throws GeneralSecurityException {
        return new OwnerSigningKey(KeyWithCertificate.decode(encoded));
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
     * Signs.
     *
     * @param message starts with a label of its own kind, so that no signature serves for two kinds of message
     * @return the signature together with this key's certificate
     */
    public OwnerSignature sign(byte[] message) {
        return new OwnerSignature(suite(), key.sign(message), certificate());
    }

    /**
     * The certificate.
     *
     * @return issued by the hospital, names the owner
     */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /**
     * How it signs.
     *
     * @return the suite
     */
    public SignatureSuite suite() {
        return key.suite();
    }

    /**
     * Whose key this is.
     *
     * @return the owner's id, as the certificate has it
     * @throws GeneralSecurityException if the certificate names none
     */
    public String owner() throws GeneralSecurityException {
        return Certificates.ownerOf(certificate());
    }

    @Override
    public String toString() {
        return "OwnerSigningKey[secret]";
    }
}
