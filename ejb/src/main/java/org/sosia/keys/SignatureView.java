package org.sosia.keys;

import java.security.cert.X509Certificate;

/**
 * A data owner's signature, as shown to people.
 *
 * @param signer the owner who signed
 * @param algorithm the signature algorithm
 * @param valid whether it verified when it was last read
 * @param certificate the serial number of the signer's certificate, in hex
 */
public record SignatureView(String signer, String algorithm, boolean valid, String certificate) {

    private static final String ALGORITHM = "Ed25519";

    /** A signature that verified. */
    public static SignatureView valid(String signer, X509Certificate certificate) {
        return new SignatureView(
                signer, ALGORITHM, true, certificate.getSerialNumber().toString(16));
    }

    /** A signature that did not, or could not be read. */
    public static SignatureView invalid(String signer) {
        return new SignatureView(signer, ALGORITHM, false, "");
    }
}
