package org.sosia.attributes;

import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.signature.OperatorHistory;

/**
 * A key that a cloud signs, or signed, its shares in openings with. Bytes are in standard base 64.
 *
 * @param certificate X.509, DER
 * @param from since when; null for the first one
 * @param until until when; null for the newest one
 * @param introduction what the key before signed of this one; null for the first one
 * @param signature that signature (Ed25519); null for the first one
 */
public record OperatorKeyView(
        String certificate,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String introduction,
        @Nullable String signature) {

    static List<OperatorKeyView> of(OperatorHistory keys) throws CertificateEncodingException {
        Base64.Encoder text = Base64.getEncoder();
        List<OperatorKeyView> views = new ArrayList<>();
        for (OperatorHistory.Term term : keys.terms()) {
            boolean first = term.from().isEmpty();
            views.add(new OperatorKeyView(
                    text.encodeToString(term.certificate().getEncoded()),
                    term.from().orElse(null),
                    term.until().orElse(null),
                    first ? null : text.encodeToString(term.introduction()),
                    first ? null : text.encodeToString(term.signature())));
        }
        return views;
    }
}
