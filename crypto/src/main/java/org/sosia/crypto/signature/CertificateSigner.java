package org.sosia.crypto.signature;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Lets Bouncy Castle's builder of certificates sign with one of our algorithms. */
final class CertificateSigner implements ContentSigner {
    private final AlgorithmIdentifier algorithm;
    private final Algorithm signing;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    interface Algorithm {
        byte[] sign(byte[] content) throws GeneralSecurityException;
    }

    CertificateSigner(AlgorithmIdentifier algorithm, Algorithm signing) {
        this.algorithm = algorithm;
        this.signing = signing;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            return signing.sign(content.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        }
    }
}
