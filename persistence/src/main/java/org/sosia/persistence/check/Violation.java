package org.sosia.persistence.check;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that should not be. Holds ids only, never content.
 *
 * @param name what is wrong
 * @param store {@code A} or {@code B}: where it was found; {@code folder}: the hospital's own folder of copies; {@code A+B} where two shares do not give what was signed, and either may be at fault
 * @param id the record, patient or other row in question, if it has an id
 * @param seq the audit entry in question, 0 if none
 */
public record Violation(Name name, String store, @Nullable UUID id, long seq) {

    /** What can be wrong. */
    public enum Name {
        /** I1: the chunks of a complete record do not follow each other without a gap, or are not as long as the row says. */
        CONTENT_INCOMPLETE,
        /** I1: the stored ciphertext is not what the signed header says. */
        CONTENT_DIGEST_MISMATCH,
        /** I1: a record that is split over two stores lacks its second share; without an id, one record of several does. */
        PIECE_MISSING,
        /** I1: the stored metadata is not what the signed header says. */
        METADATA_DIGEST_MISMATCH,
        /** I1: the header does not parse, is another record's, or its signature does not verify. */
        HEADER_REFUSED,
        /** I2: a visible original has no visible double. */
        DOUBLE_MISSING,
        /** I2: a visible patient has no visible twin. */
        TWIN_MISSING,
        /** I3: a complete record without header or metadata. */
        HALF_VISIBLE,
        /** I3: chunks that belong to no record, or to a deleted one. */
        ORPHANED_CONTENT,
        /** I3: a record that stopped arriving, or a second share without a record, that was not swept. */
        STALE_UPLOAD,
        /** I4: an audit entry does not hash to what it says. */
        AUDIT_ENTRY_ALTERED,
        /** I4: an audit entry does not continue the one before. */
        AUDIT_CHAIN_BROKEN,
        /** I4: a number is missing, at the end included. */
        AUDIT_GAP,
        /** I5: a transform key holds an attribute that its person lost. The id is derived from realm and account. */
        LOST_ATTRIBUTE_HELD,
        /** I5: a complete record names an issue of an attribute that was retired. */
        RETIRED_ISSUE_NAMED,
        /** I5: a complete record's header is under a master key that was exchanged, in an epoch that was closed. */
        CLOSED_EPOCH_NAMED,
        /** I8: a place lacks its share of a record's recovery copies. */
        COPY_MISSING,
        /** I8: a share of a record's recovery copies is not the one that was written. */
        COPY_ALTERED,
        /** I8: good shares of a record's recovery copies give back something else than its owner signed. */
        COPY_OF_SOMETHING_ELSE
    }

    /** The invariant's number: I1 to I5, or I8. */
    public String invariant() {
        return switch (name) {
            case CONTENT_INCOMPLETE, CONTENT_DIGEST_MISMATCH, PIECE_MISSING, METADATA_DIGEST_MISMATCH, HEADER_REFUSED ->
                "I1";
            case DOUBLE_MISSING, TWIN_MISSING -> "I2";
            case HALF_VISIBLE, ORPHANED_CONTENT, STALE_UPLOAD -> "I3";
            case AUDIT_ENTRY_ALTERED, AUDIT_CHAIN_BROKEN, AUDIT_GAP -> "I4";
            case LOST_ATTRIBUTE_HELD, RETIRED_ISSUE_NAMED, CLOSED_EPOCH_NAMED -> "I5";
            case COPY_MISSING, COPY_ALTERED, COPY_OF_SOMETHING_ELSE -> "I8";
        };
    }

    @Override
    public String toString() {
        return invariant() + " " + name + " at " + store + (id == null ? "" : " " + id) + (seq == 0 ? "" : " #" + seq);
    }
}
