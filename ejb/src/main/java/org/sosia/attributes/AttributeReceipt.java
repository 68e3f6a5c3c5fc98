package org.sosia.attributes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed proof that somebody lost an attribute.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-attribute-revocation-1}, attribute, user, instant,
 * account of who revoked it, epoch before, epoch after, the mediator's audit sequence number, how many records wait, the job's id or
 * {@code -}, and what was updated, between blanks, each line ended by a line feed. {@code signature} and {@code certificate} are
 * standard base 64: an Ed25519 signature by the key authority, and its X.509 certificate by the hospital's authority.
 *
 * @param attribute the attribute, without epoch
 * @param user the account that lost it
 * @param at when the mediating cloud began to refuse
 * @param by who revoked it
 * @param epochBefore which issue records named before
 * @param epochAfter which issue they will name
 * @param auditSequence the number of the mediating cloud's audit entry that says so
 * @param waiting how many records wait to follow to the new issue; none of them opens for the user meanwhile
 * @param job the job in which they follow; null if there is none
 * @param updated what was changed: {@code transform-key}, {@code registration}, {@code issue}
 * @param signer whom the certificate names
 * @param statement what is signed
 * @param signature the signature
 * @param certificate the certificate
 */
public record AttributeReceipt(
        String attribute,
        String user,
        Instant at,
        String by,
        int epochBefore,
        int epochAfter,
        long auditSequence,
        long waiting,
        @Nullable UUID job,
        List<String> updated,
        String signer,
        String statement,
        String signature,
        String certificate) {}
