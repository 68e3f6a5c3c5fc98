package org.sosia.crypto.keywords;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;

/** Server A for one caller and one owner. Every call asks for the grant anew. A service puts this behind its own remote interface. */
public final class EntryServer implements Entries {
    /** Labels or entries of one call. */
    public static final int MOST_LABELS = 100_000;

    private final KeyHalves keys;
    private final EntryStore store;
    private final KeywordGrants grants;
    private final UUID owner;
    private final int epoch;
    private final String caller;

    /**
     * Server A as one caller sees it.
     *
     * @param keys this server's
     * @param store this server's
     * @param grants this server's
     * @param owner whose keywords
     * @param epoch the owner's current key epoch
     * @param caller who calls, authenticated
     */
    public EntryServer(KeyHalves keys, EntryStore store, KeywordGrants grants, UUID owner, int epoch, String caller) {
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
    public boolean add(List<Entry> entries) throws NotGrantedException {
        require(Right.UPDATE);
        bounded(entries.size());
        return store.add(owner, entries);
    }

    @Override
    public List<Entry> find(Collection<UUID> labels) throws NotGrantedException {
        require(Right.SEARCH);
        bounded(labels.size());
        return store.find(owner, labels);
    }

    @Override
    public void delete(Collection<UUID> labels) throws NotGrantedException {
        require(Right.UPDATE);
        bounded(labels.size());
        store.delete(owner, labels);
    }

    private static void bounded(int size) {
        if (size > MOST_LABELS) {
            throw new IllegalArgumentException("too many labels in one call");
        }
    }

    private void require(Right right) throws NotGrantedException {
        if (!grants.allow(owner, caller, right)) {
            throw new NotGrantedException();
        }
    }
}
