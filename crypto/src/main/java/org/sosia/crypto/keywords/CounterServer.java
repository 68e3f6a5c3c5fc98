package org.sosia.crypto.keywords;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;

/** Server B for one caller and one owner. Every call asks for the grant anew. A service puts this behind its own remote interface. */
public final class CounterServer implements Counters {
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

    @Override
    public List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException, MalformedException {
        require(Right.SEARCH);
        return keys.evaluate(owner, epoch, blinded);
    }

    @Override
    public List<Counter> read(List<UUID> slots) throws NotGrantedException {
        require(Right.SEARCH);
        bounded(slots.size());
        return store.read(owner, slots);
    }

    @Override
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
