package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An owner's signing key with the hospital's certificate for it.
 *
 * <p><b>Shape.</b> version 1, seed (32), certificate in DER with its length in two bytes.
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; docs/FORMATS.md, section Certificates.
 */
public final class OwnerSigningKey implements SecretMaterial {
    private static final byte VERSION = 1;

    private final SecretBytes seed;
    private final X509Certificate certificate;

    OwnerSigningKey(SecretBytes seed, X509Certificate certificate) {
        this.seed = seed;
        this.certificate = certificate;
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length or certificate is wrong, or key and certificate do not belong together
     */
    public static OwnerSigningKey decode(SecretBytes encoded) throws GeneralSecurityException {
        KeyWithCertificate parts = KeyWithCertificate.decode(encoded, VERSION);
        return new OwnerSigningKey(parts.seed(), parts.certificate());
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
     * Signs.
     *
     * @param message starts with a label of its own kind, so that no signature serves for two kinds of message
     * @return the signature together with this key's certificate
     */
    public OwnerSignature sign(byte[] message) {
        byte[] exposed = seed.exposeSecretBytes();
        try {
            return new OwnerSignature(Ed25519.sign(exposed, message), certificate);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /**
     * The certificate.
     *
     * @return issued by the hospital, names the owner
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Whose key this is.
     *
     * @return the owner's id, as the certificate has it
     * @throws GeneralSecurityException if the certificate names none
     */
    public String owner() throws GeneralSecurityException {
        return Certificates.ownerOf(certificate);
    }

    @Override
    public String toString() {
        return "OwnerSigningKey[secret]";
    }
}
