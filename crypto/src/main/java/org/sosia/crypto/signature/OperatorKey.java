package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The signing key of a cloud's operator, made by the cloud for itself. Nobody certifies it: whoever deals with the operator is shown the
 * certificate once and holds her to it from then on.
 *
 * <p><b>Security.</b> It opens nothing. Whoever steals it can sign in the operator's name, and so accuse her of what she did not do.
 *
 * <p><b>Shape.</b> version 1, seed (32), certificate in DER with its length in two bytes.
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; docs/FORMATS.md, section Statements.
 */
public final class OperatorKey implements SecretMaterial {
    /** Length of a signature. */
    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_BYTES;

    private static final byte VERSION = 1;

    private final SecretBytes seed;
    private final X509Certificate certificate;

    private OperatorKey(SecretBytes seed, X509Certificate certificate) {
        this.seed = seed;
        this.certificate = certificate;
    }

    /**
     * Makes a fresh key and its certificate.
     *
     * @return the key
     */
    public static OperatorKey generate() {
        SecretBytes seed = SecretBytes.random(Ed25519.SEED_BYTES);
        byte[] exposed = seed.exposeSecretBytes();
        X500Name name = Certificates.authorityName("Operator");
        X509Certificate certificate = Certificates.issue(name, exposed, name, Ed25519.publicKey(exposed), false);
        Arrays.fill(exposed, (byte) 0);
        return new OperatorKey(seed, certificate);
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length or certificate is wrong, or key and certificate do not belong together
     */
    public static OperatorKey decode(SecretBytes encoded) throws GeneralSecurityException {
        KeyWithCertificate parts = KeyWithCertificate.decode(encoded, VERSION);
        return new OperatorKey(parts.seed(), parts.certificate());
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
     * What others verify with.
     *
     * @return the certificate, signed by the key itself
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Signs.
     *
     * @param message starts with a label of its own kind, so that no signature serves for two kinds of message
     * @return {@value #SIGNATURE_BYTES} bytes
     */
    public byte[] sign(byte[] message) {
        byte[] exposed = seed.exposeSecretBytes();
        try {
            return Ed25519.sign(exposed, message);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /**
     * Requires that an operator signed a message.
     *
     * @param certificate the operator's, as she showed it
     * @param message what should have been signed
     * @param signature the signature
     * @throws GeneralSecurityException if she did not, or the certificate is for another kind of key
     */
    public static void verify(X509Certificate certificate, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        if (!Ed25519.verify(Certificates.publicKey(certificate), message, signature)) {
            throw new SignatureRefusedException();
        }
    }

    @Override
    public String toString() {
        return "OperatorKey[secret]";
    }
}
