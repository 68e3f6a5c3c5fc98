package org.sosia.policies;

import java.time.Instant;
import java.util.UUID;

/**
 * The signed proof that a record's policy was changed.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-policy-1}, record, revision, header digest before, header
 * digest after (lower-case hexadecimal), canonical policy as text, instant and audit sequence number, each ended by a line feed. {@code
 * signature} and {@code certificate} are standard base 64: an Ed25519 signature by the owner, and her X.509 certificate.
 *
 * @param record the record
 * @param policy who may open it from now on, once approved
 * @param revision the number of this change, from 1
 * @param before SHA-256 of the header that was replaced, lower-case hexadecimal
 * @param after SHA-256 of the header that took its place
 * @param at when the store took it
 * @param auditSequence the number of the audit entry that says so
 * @param signer the owner
 * @param statement what is signed
 * @param signature the owner's signature
 * @param certificate the owner's certificate
 */
public record PolicyReceipt(
        UUID record,
        String policy,
        int revision,
        String before,
        String after,
        Instant at,
        long auditSequence,
        String signer,
        String statement,
        String signature,
        String certificate) {}
