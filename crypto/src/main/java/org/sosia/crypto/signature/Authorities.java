package org.sosia.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;

/**
 * The certificate authorities under which one hospital's owners sign, or signed: the newest first. Each has a name of its own, so a certificate says
 * whose it is.
 *
 * <p><b>Security.</b> Immutable. Choosing among them proves nothing: whoever uses the choice verifies with it.
 *
 * <p><b>Shape.</b> One authority: its certificate in DER. Several: version 1, number (1), each certificate with its length in two bytes.
 *
 * <p><b>Source.</b> docs/FORMATS.md, section Certificates.
 */
public final class Authorities {
    /** More than a hospital has in a century of yearly changes. */
    public static final int MOST = 255;

    private static final byte VERSION = 1;

    /** What every certificate begins with. */
    private static final byte DER_SEQUENCE = 0x30;

    private static final int MAX_CERTIFICATE_BYTES = SignatureSuite.RSA_PSS_3072_WITH_ML_DSA_65.maxCertificateBytes();
    private static final int MAX_BYTES = 2 + MOST * (2 + MAX_CERTIFICATE_BYTES);

    private final List<X509Certificate> newestFirst;

    private Authorities(List<X509Certificate> newestFirst) {
        this.newestFirst = List.copyOf(newestFirst);
    }

    /**
     * One authority that never had another name.
     *
     * @param only its certificate
     * @return that one
     */
    public static Authorities of(X509Certificate only) {
        return new Authorities(List.of(only));
    }

    /**
     * Several.
     *
     * @param newestFirst 1 to {@value #MOST} certificates
     * @return these
     */
    public static Authorities of(List<X509Certificate> newestFirst) {
        if (newestFirst.isEmpty() || newestFirst.size() > MOST) {
            throw new IllegalArgumentException("1 to 255 authorities");
        }
        return new Authorities(newestFirst);
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave, or one certificate in DER
     * @return the authorities
     * @throws GeneralSecurityException if these are no certificates
     */
    public static Authorities decode(byte[] encoded) throws GeneralSecurityException {
        if (encoded.length > 0 && encoded[0] == DER_SEQUENCE) {
            return of(Certificates.parse(encoded, MAX_CERTIFICATE_BYTES));
        }
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        int count = reader.u8();
        if (count < 2) {
            throw new MalformedException("one authority is written as its certificate");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            certificates.add(Certificates.parse(reader.sized(MAX_CERTIFICATE_BYTES), MAX_CERTIFICATE_BYTES));
        }
        reader.end();
        return new Authorities(certificates);
    }

    /**
     * Encodes.
     *
     * @return the bytes described above
     */
    public byte[] encode() {
        try {
            if (newestFirst.size() == 1) {
                return newest().getEncoded();
            }
            ByteWriter writer = new ByteWriter().u8(VERSION).u8(newestFirst.size());
            for (X509Certificate certificate : newestFirst) {
                writer.sized(certificate.getEncoded());
            }
            return writer.toByteArray();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /**
     * Who certifies now.
     *
     * @return the certificate of the newest
     */
    public X509Certificate newest() {
        return newestFirst.get(0);
    }

    /**
     * All of them.
     *
     * @return the newest first
     */
    public List<X509Certificate> newestFirst() {
        return newestFirst;
    }

    /**
     * These and others, which are older.
     *
     * @param older those
     * @return all of them
     */
    public Authorities and(Authorities older) {
        List<X509Certificate> all = new ArrayList<>(newestFirst);
        older.newestFirst.stream().filter(each -> !all.contains(each)).forEach(all::add);
        return of(all);
    }

    /**
     * Under which of them a signature has to verify.
     *
     * @param signature an owner's, not verified yet
     * @return the authority that the signer's certificate names, or the newest if it names none of these
     */
    public X509Certificate issuerOf(OwnerSignature signature) {
        return newestFirst.stream()
                .filter(each -> each.getSubjectX500Principal()
                        .equals(signature.certificate().getIssuerX500Principal()))
                .findFirst()
                .orElse(newest());
    }

    @Override
    public String toString() {
        return "Authorities[" + newestFirst.size() + "]";
    }
}
