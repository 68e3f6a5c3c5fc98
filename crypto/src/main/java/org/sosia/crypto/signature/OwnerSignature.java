package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;

/**
 * A signature of a record owner with the certificate of the key that made it.
 *
 * <p><b>Shape.</b> version 1, signature (64), certificate in DER with its length in two bytes; at most {@value #MAX_ENCODED_BYTES} bytes.
 *
 * <p><b>Source.</b> Ed25519, RFC 8032; docs/FORMATS.md, section Certificates.
 */
public final class OwnerSignature {
    /** Limit of an encoded signature. */
    public static final int MAX_ENCODED_BYTES = 1 + Ed25519.SIGNATURE_BYTES + 2 + Certificates.MAX_BYTES;

    private static final byte VERSION = 1;

    private final byte[] signature;
    private final X509Certificate certificate;

    OwnerSignature(byte[] signature, X509Certificate certificate) {
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
        reader.expect(VERSION);
        byte[] signature = reader.fixed(Ed25519.SIGNATURE_BYTES);
        X509Certificate certificate = Certificates.parse(reader.sized(Certificates.MAX_BYTES));
        reader.end();
        return new OwnerSignature(signature, certificate);
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public byte[] encode() {
        try {
            return new ByteWriter()
                    .u8(VERSION)
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
     * @return 64 bytes
     */
    public byte[] signature() {
        return signature.clone();
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
        if (!Ed25519.verify(Certificates.checkedOwnerKey(certificate, owner, ca), message, signature)) {
            throw new SignatureRefusedException();
        }
    }
}
