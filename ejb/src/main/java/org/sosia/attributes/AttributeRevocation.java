package org.sosia.attributes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.signature.OwnerSigningKey;

/** The facts of a revocation, as they are signed. */
record AttributeRevocation(
        String attribute,
        String user,
        Instant at,
        String by,
        int epochBefore,
        int epochAfter,
        long auditSequence,
        long waiting,
        @Nullable UUID job,
        List<String> updated) {

    // One fact a line: none of them can hold a line feed, so two revocations never share a statement.
    String statement() {
        return String.join(
                "\n",
                "sosia-attribute-revocation-1",
                attribute,
                user,
                at.toString(),
                by,
                Integer.toString(epochBefore),
                Integer.toString(epochAfter),
                Long.toString(auditSequence),
                Long.toString(waiting),
                job == null ? "-" : job.toString(),
                String.join(" ", updated),
                "");
    }

    AttributeReceipt signed(OwnerSigningKey signer) throws GeneralSecurityException {
        byte[] signature =
                signer.sign(statement().getBytes(StandardCharsets.UTF_8)).signature();
        Base64.Encoder text = Base64.getEncoder();
        return new AttributeReceipt(
                attribute,
                user,
                at,
                by,
                epochBefore,
                epochAfter,
                auditSequence,
                waiting,
                job,
                updated,
                signer.owner(),
                statement(),
                text.encodeToString(signature),
                text.encodeToString(signer.certificate().getEncoded()));
    }
}
