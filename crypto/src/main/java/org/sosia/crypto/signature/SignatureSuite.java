package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;

/** How owners sign. The hospital chooses when it issues a key; whoever verifies reads it from the certificate. */
public enum SignatureSuite {
    /** Ed25519: small and fast, also on small devices; not post-quantum. */
    ED25519(1, Ed25519.SIGNATURE_BYTES, 4_096) {
        @Override
        byte[] generate() {
            return SecretBytes.random(Ed25519.SEED_BYTES).exposeSecretBytes();
        }

        @Override
        byte[] publicKey(byte[] secret) {
            return Ed25519.publicKey(secret);
        }

        @Override
        byte[] sign(byte[] secret, byte[] message) {
            return Ed25519.sign(secret, message);
        }

        @Override
        boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            return Ed25519.verify(publicKey, message, signature);
        }
    },
    /** RSASSA-PSS with 3072 bits and ML-DSA-65 together, both of which must verify: holds as long as one of the two does. */
    RSA_PSS_3072_WITH_ML_DSA_65(2, HybridSignature.SIGNATURE_BYTES, HybridSignature.MAX_CERTIFICATE_BYTES) {
        @Override
        byte[] generate() {
            return HybridSignature.generate();
        }

        @Override
        byte[] publicKey(byte[] secret) throws GeneralSecurityException {
            return HybridSignature.publicKey(secret);
        }

        @Override
        byte[] sign(byte[] secret, byte[] message) throws GeneralSecurityException {
            return HybridSignature.sign(secret, message);
        }

        @Override
        boolean verify(byte[] publicKey, byte[] message, byte[] signature) throws GeneralSecurityException {
            return HybridSignature.verify(publicKey, message, signature);
        }
    };

    private final int version;
    private final int signatureBytes;
    private final int maxCertificateBytes;

    SignatureSuite(int version, int signatureBytes, int maxCertificateBytes) {
        this.version = version;
        this.signatureBytes = signatureBytes;
        this.maxCertificateBytes = maxCertificateBytes;
    }

    static SignatureSuite ofVersion(int version) throws GeneralSecurityException {
        for (SignatureSuite suite : values()) {
            if (suite.version == version) {
                return suite;
            }
        }
        throw new MalformedException("a signature of another suite");
    }

    /** The version byte of everything encoded that belongs to the suite. */
    int version() {
        return version;
    }

    int signatureBytes() {
        return signatureBytes;
    }

    int maxCertificateBytes() {
        return maxCertificateBytes;
    }

    abstract byte[] generate();

    abstract byte[] publicKey(byte[] secret) throws GeneralSecurityException;

    abstract byte[] sign(byte[] secret, byte[] message) throws GeneralSecurityException;

    abstract boolean verify(byte[] publicKey, byte[] message, byte[] signature) throws GeneralSecurityException;
}
