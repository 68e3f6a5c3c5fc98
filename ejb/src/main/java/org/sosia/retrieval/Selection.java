package org.sosia.retrieval;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.persistence.SealedRecord;

/**
 * Which of some records are wanted. What is null does not restrict.
 *
 * @param patient only this patient's
 * @param kind only of this kind
 * @param from only those handed in on this day (UTC) or later
 * @param until only those handed in on this day (UTC) or earlier
 */
public record Selection(
        @Nullable UUID patient,
        @Nullable RecordKind kind,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {

    /** Everything. */
    public static final Selection ALL = new Selection(null, null, null, null);

    /** As far as a row tells without being opened. */
    boolean admits(SealedRecord row) {
        LocalDate day = LocalDate.ofInstant(row.createdAt(), ZoneOffset.UTC);
        return (patient == null || patient.equals(row.patient()))
                && (from == null || !day.isBefore(from))
                && (until == null || !day.isAfter(until));
    }

    boolean admits(RecordView view) {
        return kind == null || kind == view.kind();
    }
}
