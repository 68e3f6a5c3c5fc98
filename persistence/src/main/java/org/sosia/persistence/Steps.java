package org.sosia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a cloud does in a transaction of its own in the middle of something longer that has none. Public only because the
 * container's proxies cannot implement what they cannot see; nobody else asks for it.
 */
public interface Steps {

    /** Adds rows of content, numbered from {@code first} on, if this attempt is still the one that receives the record. */
    void appendRows(UUID record, UUID attempt, int first, List<byte[]> rows);

    /** Rows of content from {@code first} on, fewer where the content ends. */
    List<byte[]> readRows(UUID record, int first, int count);

    /** Leases the longest due task of a kind, or, without a kind, the very task given. */
    Optional<Task> lease(@Nullable String kind, @Nullable UUID id);

    /** Renews a lease that this worker still has. */
    void renew(Task leased);

    /** Ends a lease. */
    void finish(Task leased, Outcome outcome);
}
