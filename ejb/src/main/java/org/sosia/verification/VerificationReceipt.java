package org.sosia.verification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed outcome of a verification.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-verification-1}, record, instant, {@code intact} or
 * {@code damaged}, digest of the sealed content and audit sequence number, each ended by a line feed. {@code signature} and
 * {@code certificate} are standard base 64: an Ed25519 signature of the hospital, and its X.509 certificate.
 *
 * @param record the record
 * @param at when it was checked
 * @param signatureValid whether header and metadata are what the owner signed
 * @param contentIntact whether every byte of the sealed content is there and what was signed
 * @param signer the data owner
 * @param sealedBytes how many bytes of sealed content were read
 * @param sealedDigest {@code sha-256:} and the hex digest of what was read; null where the header does not hold
 * @param auditSequence the number of the audit entry that says so
 * @param statement what is signed
 * @param signature the hospital's signature
 * @param certificate the hospital's certificate
 */
public record VerificationReceipt(
        UUID record,
        Instant at,
        boolean signatureValid,
        boolean contentIntact,
        String signer,
        long sealedBytes,
        @Nullable String sealedDigest,
        long auditSequence,
        String statement,
        String signature,
        String certificate) {}
