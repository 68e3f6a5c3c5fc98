package org.sosia.sharing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;

/** The facts of a revocation, as they are signed. */
record Revocation(UUID grant, UUID record, String grantee, Instant at, long auditSequence, String owner) {

    // One fact a line: none of them can hold a line feed, so two revocations never share a statement.
    String statement() {
        return "sosia-revocation-1\n" + grant + "\n" + record + "\n" + grantee + "\n" + at + "\n" + auditSequence
                + "\n";
    }

    RevocationReceipt signed(OwnerSigningKey signer) throws GeneralSecurityException {
        OwnerSignature signature = signer.sign(statement().getBytes(StandardCharsets.UTF_8));
        X509Certificate certificate = signer.certificate();
        return new RevocationReceipt(
                grant,
                record,
                grantee,
                at,
                auditSequence,
                owner,
                statement(),
                Base64.getEncoder().encodeToString(signature.signature()),
                Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }
}
