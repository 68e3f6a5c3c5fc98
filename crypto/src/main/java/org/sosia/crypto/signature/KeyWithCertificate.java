package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * How a signing key and its certificate are stored. Ed25519: version 1, seed (32), certificate in DER with its length in two bytes. RSA with ML-DSA: version 2, ML-DSA seed and
 * RSA key in PKCS #8 with their length in two bytes, certificate likewise.
 */
final class KeyWithCertificate implements SecretMaterial {
    private final SignatureSuite suite;
    private final SecretBytes secret;
    private final X509Certificate certificate;

    KeyWithCertificate(SignatureSuite suite, SecretBytes secret, X509Certificate certificate) {
        this.suite = suite;
        this.secret = secret;
        this.certificate = certificate;
    }

    static KeyWithCertificate decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            SignatureSuite suite = SignatureSuite.ofVersion(reader.u8());
            byte[] secret = suite == SignatureSuite.ED25519
                    ? reader.fixed(Ed25519.SEED_BYTES)
                    : reader.sized(HybridSignature.MAX_SECRET_BYTES);
            X509Certificate certificate =
                    Certificates.parse(reader.sized(suite.maxCertificateBytes()), suite.maxCertificateBytes());
            reader.end();
            return checked(suite, secret, certificate);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static KeyWithCertificate checked(SignatureSuite suite, byte[] secret, X509Certificate certificate)
            throws GeneralSecurityException {
        try {
            PublicKeyOfSuite key = Certificates.publicKey(certificate);
            if (key.suite() != suite || !Arrays.equals(suite.publicKey(secret), key.encoded())) {
                throw new MalformedException("key and certificate do not belong together");
            }
            return new KeyWithCertificate(suite, SecretBytes.copyOf(secret), certificate);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    SecretBytes encode() {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            ByteWriter writer = new ByteWriter().u8(suite.version());
            if (suite == SignatureSuite.ED25519) {
                writer.fixed(exposed);
            } else {
                writer.sized(exposed);
            }
            return SecretBytes.copyOf(writer.sized(certificate.getEncoded()).toByteArray());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    byte[] sign(byte[] message) {
        byte[] exposed = secret.exposeSecretBytes();
        try {
            return suite.sign(exposed, message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    SignatureSuite suite() {
        return suite;
    }

    SecretBytes secret() {
        return secret;
    }

    X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "KeyWithCertificate[secret]";
    }
}
