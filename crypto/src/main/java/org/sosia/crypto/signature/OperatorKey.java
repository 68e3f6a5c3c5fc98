package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.sosia.crypto.encoding.MalformedException;
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

    private final KeyWithCertificate key;

    private OperatorKey(KeyWithCertificate key) {
        this.key = key;
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
        return new OperatorKey(new KeyWithCertificate(SignatureSuite.ED25519, seed, certificate));
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length or certificate is wrong, or key and certificate do not belong together
     */
    public static OperatorKey decode(SecretBytes encoded) throws GeneralSecurityException {
        KeyWithCertificate parts = KeyWithCertificate.decode(encoded);
        if (parts.suite() != SignatureSuite.ED25519) {
            throw new MalformedException("an operator signs with Ed25519");
        }
        return new OperatorKey(parts);
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
     * What others verify with.
     *
     * @return the certificate, signed by the key itself
     */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /**
     * Signs.
     *
     * @param message starts with a label of its own kind, so that no signature serves for two kinds of message
     * @return {@value #SIGNATURE_BYTES} bytes
     */
    public byte[] sign(byte[] message) {
        return key.sign(message);
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
        if (!Certificates.publicKey(certificate).verifies(SignatureSuite.ED25519, message, signature)) {
            throw new SignatureRefusedException();
        }
    }

    @Override
    public String toString() {
        return "OperatorKey[secret]";
    }
}
