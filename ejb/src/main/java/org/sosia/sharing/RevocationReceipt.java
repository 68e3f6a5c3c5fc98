package org.sosia.sharing;

import java.time.Instant;
import java.util.UUID;

/**
 * The signed proof that a grant was taken back.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-revocation-1}, grant, record, grantee, instant and
 * audit sequence number, each ended by a line feed. {@code signature} and {@code certificate} are standard base 64: an Ed25519
 * signature by the signer, and her X.509 certificate by the hospital's authority.
 *
 * @param grant the grant
 * @param record the record it opened
 * @param grantee the account that held it
 * @param at when the store began to refuse it
 * @param auditSequence the number of the audit entry that says so
 * @param signer who took it back: the owner, or of a referral the patient
 * @param statement what is signed
 * @param signature the owner's signature
 * @param certificate the owner's certificate
 */
public record RevocationReceipt(
        UUID grant,
        UUID record,
        String grantee,
        Instant at,
        long auditSequence,
        String signer,
        String statement,
        String signature,
        String certificate) {}
