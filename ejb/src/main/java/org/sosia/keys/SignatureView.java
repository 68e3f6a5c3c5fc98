package org.sosia.keys;

/**
 * A data owner's signature, as shown to people.
 *
 * @param signer the owner who signed
 * @param algorithm the signature algorithm
 * @param valid whether it verified when it was last read
 * @param certificate the serial number of the signer's certificate, in hex
 */
public record SignatureView(String signer, String algorithm, boolean valid, String certificate) {}
