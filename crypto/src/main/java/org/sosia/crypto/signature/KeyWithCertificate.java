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

/** How a signing key and its certificate are stored: version (1), seed (32), certificate in DER with its length in two bytes. */
final class KeyWithCertificate implements SecretMaterial {
    private final SecretBytes seed;
    private final X509Certificate certificate;

    KeyWithCertificate(SecretBytes seed, X509Certificate certificate) {
        this.seed = seed;
        this.certificate = certificate;
    }

    static KeyWithCertificate decode(SecretBytes encoded, byte version) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes);
            reader.expect(version);
            byte[] seed = reader.fixed(Ed25519.SEED_BYTES);
            X509Certificate certificate = Certificates.parse(reader.sized(Certificates.MAX_BYTES));
            reader.end();
            if (!Arrays.equals(Ed25519.publicKey(seed), Certificates.publicKey(certificate))) {
                throw new MalformedException("key and certificate do not belong together");
            }
            return new KeyWithCertificate(SecretBytes.copyOf(seed), certificate);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    SecretBytes encode(byte version) {
        byte[] exposed = seed.exposeSecretBytes();
        try {
            return SecretBytes.copyOf(new ByteWriter()
                    .u8(version)
                    .fixed(exposed)
                    .sized(certificate.getEncoded())
                    .toByteArray());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    SecretBytes seed() {
        return seed;
    }

    X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "KeyWithCertificate[secret]";
    }
}
