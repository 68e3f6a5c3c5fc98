package org.sosia.persistence;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.Attribute;

/**
 * What a cloud keeps so that attributes can be issued anew, and the master key exchanged, and records follow. A cloud reads policies anyway; this only spares
 * it reading all of them. Each call is one transaction there.
 */
public interface Issues {

    /** Every attribute of which there was more than one issue. */
    List<Issue> issues();

    /**
     * Begins the next issue of an attribute: keeps the person who lost it, the job that will lead there, and the audit entry,
     * or nothing of all that.
     *
     * @param before the person's row as the caller read it
     * @param after the person's row without the attribute
     * @param job in whatever epoch
     * @return the job, leading to the next issue
     * @throws StoreConflictException if the person's row is no longer what the caller read
     */
    Job beginIssue(Attribute attribute, Person before, Person after, Job job, AuditEvent audit);

    /** From now on new records name at least this issue: every rightful holder has a key for it. */
    void introduceIssue(Attribute attribute, int epoch);

    /**
     * From now on no record may name an older issue than this.
     *
     * @return false, and nothing is changed, if a record still does, or if it is not known of every record what it names
     */
    boolean retireIssues(Attribute attribute, int oldest);

    /** How many records name an issue of the attribute older than this. */
    long countNaming(Attribute attribute, int below);

    /**
     * Records that name an issue of the attribute older than this, by ascending id.
     *
     * @param after the last id of the previous page, or null for the first page
     */
    List<NamingRecord> recordsNaming(Attribute attribute, int below, @Nullable UUID after, int limit);

    /**
     * How many records have a header under these public parameters.
     *
     * @param parameters their digest
     */
    long countUnder(byte[] parameters);

    /**
     * Records whose header is under these public parameters, by ascending id.
     *
     * @param parameters their digest
     * @param after the last id of the previous page, or null for the first page
     */
    List<NamingRecord> recordsUnder(byte[] parameters, @Nullable UUID after, int limit);

    /**
     * From now on no record may have a header under these public parameters, and nothing handed in under them is converted. May be repeated.
     *
     * @param parameters their digest
     * @return false, and nothing is changed, if a record still has, or if it is not known of every record what it names
     */
    boolean closeParameters(byte[] parameters);

    /**
     * Puts headers in place of others and keeps how far the job got, in one transaction. The content is not touched. A record
     * whose header is no longer what the caller read stays as it is.
     *
     * @return how many were replaced
     * @throws StoreConflictException as {@link Jobs#keepJob}
     * @throws RefusedHeaderException as {@link Cloud#commitRecord}, also if a header names an issue that was retired, or parameters that were closed
     */
    int replaceHeaders(List<NamingRecord.Rewrapped> headers, Job job);

    /**
     * Notes what records of before this was noted name.
     *
     * @param limit how many at most
     * @return how many were noted; 0 when there are none left
     */
    int listTerms(int limit);
}
