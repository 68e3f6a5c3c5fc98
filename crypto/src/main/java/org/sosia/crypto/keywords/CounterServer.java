package org.sosia.crypto.keywords;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;

/** Server B for one caller and one owner. Every call asks for the grant anew. A service puts this behind its own remote interface. */
public final class CounterServer {
    private final KeyHalves keys;
    private final CounterStore store;
    private final KeywordGrants grants;
    private final UUID owner;
    private final int epoch;
    private final String caller;

    /**
     * Server B as one caller sees it.
     *
     * @param keys this server's
     * @param store this server's
     * @param grants this server's
     * @param owner whose keywords
     * @param epoch the owner's current key epoch
     * @param caller who calls, authenticated
     */
    public CounterServer(
            KeyHalves keys, CounterStore store, KeywordGrants grants, UUID owner, int epoch, String caller) {
        this.keys = keys;
        this.store = store;
        this.grants = grants;
        this.owner = owner;
        this.epoch = epoch;
        this.caller = caller;
    }

    /**
     * Evaluates this server's half of the function.
     *
     * @param blinded at most {@link KeyHalves#MOST_WORDS} points
     * @return a point for each
     * @throws NotGrantedException without a grant
     * @throws MalformedException if something is no point
     */
    public List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException, MalformedException {
        require(Right.SEARCH);
        return keys.evaluate(owner, epoch, blinded);
    }

    /**
     * Reads counters.
     *
     * @param slots at most {@link KeyHalves#MOST_WORDS}, each once
     * @return one for each, in the same order
     * @throws NotGrantedException without a grant
     */
    public List<Counter> read(List<UUID> slots) throws NotGrantedException {
        require(Right.SEARCH);
        bounded(slots.size());
        return store.read(owner, slots);
    }

    /**
     * Writes counters, all or none.
     *
     * @param counters by slot, each with the revision that it shall have
     * @return false if another writer was faster
     * @throws NotGrantedException without a grant to update
     */
    public boolean advance(Map<UUID, Counter> counters) throws NotGrantedException {
        require(Right.UPDATE);
        bounded(counters.size());
        return store.advance(owner, counters);
    }

    private static void bounded(int size) {
        if (size > KeyHalves.MOST_WORDS) {
            throw new IllegalArgumentException("too many words in one call");
        }
    }

    private void require(Right right) throws NotGrantedException {
        if (!grants.allow(owner, caller, right)) {
            throw new NotGrantedException();
        }
    }
}
