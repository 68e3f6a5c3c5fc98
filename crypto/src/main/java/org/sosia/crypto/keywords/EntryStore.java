package org.sosia.crypto.keywords;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where server A keeps entries: a table with a unique key over owner and label. */
public interface EntryStore {
    /**
     * Adds entries, all or none.
     *
     * @param owner whose they are
     * @param entries none of whose labels is there yet
     * @return false if one is there, in which case nothing was added
     */
    boolean add(UUID owner, List<Entry> entries);

    /**
     * Finds entries.
     *
     * @param owner whose they are
     * @param labels of which some may not be there
     * @return those that are, in any order
     */
    List<Entry> find(UUID owner, Collection<UUID> labels);

    /**
     * Deletes entries.
     *
     * @param owner whose they are
     * @param labels of which some may not be there
     */
    void delete(UUID owner, Collection<UUID> labels);

    /**
     * A store in memory.
     *
     * @return an empty store
     */
    static EntryStore inMemory() {
        return new MemoryEntryStore();
    }
}
