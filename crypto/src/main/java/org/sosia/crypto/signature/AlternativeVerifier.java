package org.sosia.crypto.signature;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** Lets Bouncy Castle's reader of certificates verify the second signature with the issuer's ML-DSA key. */
final class AlternativeVerifier implements ContentVerifierProvider {
    private final byte[] issuerKey;

    AlternativeVerifier(byte[] issuerKey) {
        this.issuerKey = issuerKey;
    }

    @Override
    public boolean hasAssociatedCertificate() {
        return false;
    }

    @Override
    @Nullable
    public X509CertificateHolder getAssociatedCertificate() {
        return null;
    }

    @Override
    public ContentVerifier get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
        if (!algorithm.equals(HybridSignature.ML_DSA)) {
            throw new OperatorCreationException("the second signature is ML-DSA");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentVerifier() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return algorithm;
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public boolean verify(byte[] signature) {
                return HybridSignature.verifyMlDsa(issuerKey, content.toByteArray(), signature);
            }
        };
    }
}
