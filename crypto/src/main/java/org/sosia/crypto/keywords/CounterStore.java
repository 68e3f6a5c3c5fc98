package org.sosia.crypto.keywords;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where server B keeps counters: a table with a unique key over owner and slot. */
public interface CounterStore {
    /**
     * Reads counters.
     *
     * @param owner whose they are
     * @param slots each once
     * @return one for each slot in the same order, {@link Counter#NONE} where there is none
     */
    List<Counter> read(UUID owner, List<UUID> slots);

    /**
     * Writes counters in one transaction, if each still has the revision before.
     *
     * @param owner whose they are
     * @param counters by slot, each with the revision that it shall have
     * @return false if another writer was faster, in which case nothing was written
     */
    boolean advance(UUID owner, Map<UUID, Counter> counters);

    /**
     * A store in memory.
     *
     * @return an empty store
     */
    static CounterStore inMemory() {
        return new MemoryCounterStore();
    }
}
