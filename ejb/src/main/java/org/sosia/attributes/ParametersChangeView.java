package org.sosia.attributes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.keys.Keyring;

/**
 * Two sets of public parameters, while one takes the other's place. Records may name either. Bytes are in standard base 64.
 *
 * @param present the parameters that there were, docs/FORMATS.md
 * @param presentDigest SHA-256 of them, in lower-case hex behind {@code sha-256:}
 * @param next the parameters that take their place
 * @param nextDigest SHA-256 of them, likewise
 * @param statement what the key authority signed: that the latter follow the former; lines of UTF-8, docs/VERIFYING.md
 * @param signature that signature
 */
public record ParametersChangeView(
        String present, String presentDigest, String next, String nextDigest, String statement, String signature) {

    private static final String LABEL = "sosia-parameters-1";

    /** The change under way; empty if there is none. */
    static Optional<ParametersChangeView> of(Keyring keys) throws GeneralSecurityException {
        Optional<PublicParameters> present = keys.leaving();
        Optional<PublicParameters> next = keys.coming();
        return present.isEmpty() || next.isEmpty()
                ? Optional.empty()
                : Optional.of(of(keys, present.get(), next.get()));
    }

    private static ParametersChangeView of(Keyring keys, PublicParameters present, PublicParameters next)
            throws GeneralSecurityException {
        Base64.Encoder text = Base64.getEncoder();
        String statement = String.join("\n", LABEL, hex(present), hex(next), "");
        byte[] signature = keys.officeKey()
                .sign(statement.getBytes(StandardCharsets.UTF_8))
                .signature();
        return new ParametersChangeView(
                text.encodeToString(present.encode()),
                digest(present),
                text.encodeToString(next.encode()),
                digest(next),
                statement,
                text.encodeToString(signature));
    }

    static String digest(PublicParameters parameters) {
        return "sha-256:" + hex(parameters);
    }

    private static String hex(PublicParameters parameters) {
        return HexFormat.of().formatHex(parameters.digest());
    }
}
