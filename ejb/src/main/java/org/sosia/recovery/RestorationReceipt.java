package org.sosia.recovery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sosia.records.HeldShare;

/**
 * The signed outcome of a recovery.
 *
 * <p><b>Shape.</b> {@code statement} is the signed text: UTF-8 lines {@code sosia-restoration-1}, record, instant, outcome, digest of the
 * sealed content, what was damaged, what was put back, from which places, what each place held ({@code place=state}), and the audit
 * sequence number; lists are separated by spaces, {@code -} is an empty one, each line is ended by a line feed. {@code signature} and
 * {@code certificate} are standard base 64: an Ed25519 signature of the hospital, and its X.509 certificate.
 *
 * @param record the record
 * @param at when it was done
 * @param outcome {@code intact}: nothing was wrong; {@code restored}: the record is as it was signed again; {@code mended}: it was, and
 *     its copies are again
 * @param sealedDigest {@code sha-256:} and the hex digest of the sealed content, as its owner signed it
 * @param damaged what of the record was not as it was signed: {@code description}, {@code content}, {@code first-share},
 *     {@code second-share}
 * @param restored what was put back; besides those, {@code copies}, or {@code copy:} and a place
 * @param from the places that the record was put back from
 * @param places what each place held of its copies before
 * @param auditSequence the number of the audit entry that says so
 * @param statement what is signed
 * @param signature the hospital's signature
 * @param certificate the hospital's certificate
 */
public record RestorationReceipt(
        UUID record,
        Instant at,
        String outcome,
        String sealedDigest,
        List<String> damaged,
        List<String> restored,
        List<String> from,
        List<HeldShare> places,
        long auditSequence,
        String statement,
        String signature,
        String certificate) {

    public RestorationReceipt {
        damaged = List.copyOf(damaged);
        restored = List.copyOf(restored);
        from = List.copyOf(from);
        places = List.copyOf(places);
    }
}
