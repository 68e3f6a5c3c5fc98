package org.sosia.attributes;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.keys.FormerAuthority;

/**
 * A certificate authority that another has succeeded. What owners signed under it verifies as before. Bytes are in standard base 64.
 *
 * @param certificate X.509, DER
 * @param until when the next one took its place
 * @param introduction what it signed of the next one
 * @param signature that signature
 */
public record FormerAuthorityView(String certificate, Instant until, String introduction, String signature) {

    /** The oldest first, as they followed each other up to the present one. */
    static List<FormerAuthorityView> of(List<FormerAuthority> newestFirst, X509Certificate present)
            throws CertificateEncodingException {
        Base64.Encoder text = Base64.getEncoder();
        List<FormerAuthorityView> views = new ArrayList<>();
        X509Certificate next = present;
        for (FormerAuthority each : newestFirst) {
            views.add(
                    0,
                    new FormerAuthorityView(
                            text.encodeToString(each.certificate().getEncoded()),
                            each.until(),
                            text.encodeToString(
                                    CertificateAuthority.introduction(each.certificate(), next, each.until())),
                            text.encodeToString(each.signature())));
            next = each.certificate();
        }
        return views;
    }
}
