package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * A signature of a record owner with the certificate of the key that made it.
 *
 * <p><b>Shape.</b> Ed25519: version 1, signature (64), certificate in DER with its length in two bytes, at most 4 096. RSA with ML-DSA: version 2, the signatures (384 and
 * 3309), certificate likewise, at most 8 192. At most {@value #MAX_ENCODED_BYTES} bytes.
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; RSASSA-PSS, RFC 8017; ML-DSA, FIPS 204; docs/FORMATS.md, section Certificates.
 */
public final class OwnerSignature {
    /** Limit of an encoded signature. */
    public static final int MAX_ENCODED_BYTES =
            1 + HybridSignature.SIGNATURE_BYTES + 2 + HybridSignature.MAX_CERTIFICATE_BYTES;

    private final SignatureSuite suite;
    private final byte[] signature;
    private final X509Certificate certificate;

    OwnerSignature(SignatureSuite suite, byte[] signature, X509Certificate certificate) {
        this.suite = suite;
        this.signature = signature;
        this.certificate = certificate;
    }

    /**
     * Decodes; nothing is verified yet.
     *
     * @param encoded what {@link #encode()} gave
     * @return the signature
     * @throws GeneralSecurityException if version, length or the certificate's form is wrong
     */
    public static OwnerSignature decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        SignatureSuite suite = SignatureSuite.ofVersion(reader.u8());
        byte[] signature = reader.fixed(suite.signatureBytes());
        int limit = suite.maxCertificateBytes();
        X509Certificate certificate = Certificates.parse(reader.sized(limit), limit);
        reader.end();
        return new OwnerSignature(suite, signature, certificate);
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public byte[] encode() {
        try {
            return new ByteWriter()
                    .u8(suite.version())
                    .fixed(signature)
                    .sized(certificate.getEncoded())
                    .toByteArray();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /**
     * The signature itself.
     *
     * @return 64 bytes of Ed25519, or 384 of RSASSA-PSS and 3309 of ML-DSA
     */
    public byte[] signature() {
        return signature.clone();
    }

    /**
     * How it was made.
     *
     * @return the suite
     */
    public SignatureSuite suite() {
        return suite;
    }

    /**
     * The signer's certificate.
     *
     * @return not yet verified
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Requires that this owner signed this message.
     *
     * @param message what should have been signed
     * @param owner whose signature it should be
     * @param ca the hospital's certificate
     * @throws GeneralSecurityException if the hospital did not issue the certificate, it names another owner, or the signature is wrong
     */
    public void verify(byte[] message, String owner, X509Certificate ca) throws GeneralSecurityException {
        if (!Certificates.checkedOwnerKey(certificate, owner, ca).verifies(suite, message, signature)) {
            throw new SignatureRefusedException();
        }
    }
}
