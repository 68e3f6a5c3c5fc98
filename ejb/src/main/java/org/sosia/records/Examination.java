package org.sosia.records;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.persistence.SealedRecord;

/** What was found of a record in the stores, and of its copies in their places. Nothing was changed. */
public final class Examination {

    /** The record's row: its header, its sealed metadata and where they belong. */
    static final String DESCRIPTION = "description";

    static final String CONTENT = "content";
    static final String FIRST_SHARE = "first-share";
    static final String SECOND_SHARE = "second-share";

    /** All recovery copies. */
    public static final String COPIES = "copies";

    /** What precedes the name of the place in the name of one share of the copies. */
    static final String COPY_AT = "copy:";

    private final SealedRecord row;
    private final @Nullable ShelvedRecord record;
    private final KeptCopies copies;
    private final List<String> damaged;

    Examination(SealedRecord row, @Nullable ShelvedRecord record, KeptCopies copies, List<String> damaged) {
        this.row = row;
        this.record = record;
        this.copies = copies;
        this.damaged = List.copyOf(damaged);
    }

    /** The row is not what was signed, and nothing else tells of the record. */
    static Examination hopeless(SealedRecord row) {
        return new Examination(row, null, KeptCopies.none(), List.of(DESCRIPTION));
    }

    /** The record's id. */
    public UUID record() {
        return row.id();
    }

    /** The data owner: as it was signed, or as a label of the hospital's says; as the store says only where nothing else tells of it. */
    public String owner() {
        return row.owner();
    }

    /** Whose record it is, told by the same. */
    public UUID patient() {
        return row.patient();
    }

    /** What of the record is not as it was signed: {@code description}, {@code content}, or {@code first-share} and {@code second-share}. */
    public List<String> damaged() {
        return damaged;
    }

    /** What each place holds of its copies. */
    public List<HeldShare> held() {
        return copies.held();
    }

    /** Whether there are no copies of it. */
    public boolean hasNoCopies() {
        return copies.isNone();
    }

    /**
     * The record as it was signed, whether it is there as such or not.
     *
     * @throws NotEnoughCopiesException if nothing tells how it was signed
     */
    public ShelvedRecord required() throws NotEnoughCopiesException {
        ShelvedRecord signed = record;
        if (signed == null) {
            throw new NotEnoughCopiesException(held());
        }
        return signed;
    }

    boolean isContentDamaged() {
        return damaged.stream().anyMatch(part -> !part.equals(DESCRIPTION));
    }

    KeptCopies copies() {
        return copies;
    }
}
