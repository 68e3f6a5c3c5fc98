package org.sosia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a cloud does in a transaction of its own in the middle of something longer that has none. */
interface Steps {

    void appendRows(UUID record, UUID attempt, int first, List<byte[]> rows);

    List<byte[]> readRows(UUID record, int first, int count);

    Optional<Task> lease(@Nullable String kind, @Nullable UUID id);

    void finish(Task leased, Outcome outcome);
}
