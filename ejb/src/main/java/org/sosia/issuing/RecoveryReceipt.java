package org.sosia.issuing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The signed proof that a person has another retrieval key.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-key-recovery-1}, order, account, instant, SHA-256 of the image
 * of the key that counts no more and of the one that took its place (lower-case hexadecimal), SHA-256 of the public parameters, who
 * approved, between blanks, and the number of the audit entry before which it was written, each line ended by a line feed. {@code signature}
 * and {@code certificate} are standard base 64: an Ed25519 signature by the key authority's office, and its X.509 certificate.
 *
 * @param order the order
 * @param subject whose key
 * @param at since when the old key opens nothing
 * @param before SHA-256 of the old image, hexadecimal
 * @param after SHA-256 of the new image
 * @param approvers the accounts of the authorities
 * @param statement what is signed
 * @param signature the signature
 * @param certificate the certificate
 */
public record RecoveryReceipt(
        UUID order,
        String subject,
        Instant at,
        String before,
        String after,
        List<String> approvers,
        String statement,
        String signature,
        String certificate) {}
