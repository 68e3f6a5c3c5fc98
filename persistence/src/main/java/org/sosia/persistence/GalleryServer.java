package org.sosia.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A cloud as one of the two servers of galleries of sealed images: it keeps its share of every row and searches together with the other
 * one (docs/SEARCH.md, section 1). Each call is one transaction there. Nothing handed over opens anything by itself.
 *
 * <p>End A numbers the changes of a gallery, end B follows: a row is staged at both, published at A, and B hears of the number. So B has
 * always seen a prefix of what A has, and searches run on what both have.
 */
public interface GalleryServer {

    /**
     * Begins a gallery, unless it has begun.
     *
     * @param maskKey this end's key of masks; never the other end's
     */
    void open(GalleryEnd end, byte[] maskKey);

    /** A row number that was never used, at end A. */
    int nextNumber(GalleryEnd end);

    /**
     * Keeps a row that nobody sees yet.
     *
     * @param note what the hospital sealed to know the row by; empty at end B
     * @param row the encoded sealed row for this end
     */
    void stage(GalleryEnd end, int number, long version, UUID record, String owner, byte[] note, byte[] row);

    /**
     * Shows a staged row, at end A.
     *
     * @return the number of the change
     * @throws StoreConflictException if the record has a visible row already, or this one was never staged
     */
    long publish(GalleryEnd end, int number, long version, UUID record);

    /** Whether a record has a visible row. */
    boolean shows(GalleryEnd end, UUID record);

    /** Takes the row of a record away, at end A. One that is not there: nothing happens. */
    void withdraw(GalleryEnd end, UUID record);

    /** The number of the last change; 0 for none. */
    long epoch(GalleryEnd end);

    /** Changes behind a number, in order. */
    List<GalleryChange> changes(GalleryEnd end, long after, int limit);

    /**
     * Makes changes that end A made, at end B.
     *
     * @param changes in order; those made before are passed over
     * @throws StoreConflictException if one in between is missing, or its row was never staged here
     */
    void follow(GalleryEnd end, List<GalleryChange> changes);

    /** Every visible row as the change in which it appeared. */
    List<GalleryChange> visible(GalleryEnd end);

    /**
     * Makes end B like end A when they have come apart: what A does not show is forgotten.
     *
     * @param epoch the number of A's last change
     * @param visible what A shows
     * @return what A shows and this end lacks
     */
    List<GalleryChange> align(GalleryEnd end, long epoch, List<GalleryChange> visible);

    /** The record of a visible row. */
    Optional<UUID> recordOf(GalleryEnd end, int number);

    /** Keeps what became of a record when it was looked at, sealed by the hospital. */
    void keepSight(UUID record, byte[] sealed);

    /** What became of a record when it was looked at; empty if it has not been, or was deleted. */
    Optional<byte[]> sight(UUID record);

    /** Forgets what became of a record. */
    void dropSight(UUID record);

    /** What somebody may search, by ascending number. This end's own list; nobody else's word counts. */
    List<GalleryRow> searchable(GalleryEnd end, String who, Instant now);

    /** What leave somebody has in a realm, at end A grants of single records included. */
    List<Leave> leaves(String realm, GalleryEnd.End end, String who, Instant now);

    /** What leave an owner gave in a realm, for all she has. */
    List<Leave> leavesOf(String realm, GalleryEnd.End end, String owner, Instant now);

    /** Gives a leave. */
    void giveLeave(String realm, GalleryEnd.End end, Leave leave);

    /** Takes a leave back. Whether it was there. */
    boolean takeLeave(String realm, GalleryEnd.End end, UUID leave, String owner);

    /** Puts the leaves that were copied from elsewhere in place of those copied before. */
    void copyLeaves(String realm, GalleryEnd.End end, String who, List<Leave> leaves);

    /** Keeps a part of a token: of a new one, or a supplement. Ignored if the token was used. */
    void deposit(GalleryEnd end, UUID token, byte[] part);

    /** How many tokens are there to be used. */
    long tokensLeft(GalleryEnd end);

    /**
     * Searches together with the other end, which must be asked at the same time. The token is burned here first, in a transaction of its
     * own.
     *
     * @param who who searches
     * @param rows the rows to search; those that this end's own list does not allow are left out here, whatever the other end does
     * @param request the encoded request for this end
     * @return this end's half of the result; completes with {@link GalleryRefusedException} when there is none
     */
    CompletableFuture<byte[]> answer(GalleryEnd end, String who, int[] rows, byte[] request);
}
