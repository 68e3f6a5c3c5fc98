package org.sosia.crypto.keywords;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;

/** Server A for one caller and one owner. Every call asks for the grant anew. A service puts this behind its own remote interface. */
public final class EntryServer {
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
     * Adds entries, all or none.
     *
     * @param entries new ones
     * @return false if a label is there already
     * @throws NotGrantedException without a grant to update
     */
    public boolean add(List<Entry> entries) throws NotGrantedException {
        require(Right.UPDATE);
        bounded(entries.size());
        return store.add(owner, entries);
    }

    /**
     * Finds entries.
     *
     * @param labels at most {@value #MOST_LABELS}
     * @return those that are there, in any order
     * @throws NotGrantedException without a grant
     */
    public List<Entry> find(Collection<UUID> labels) throws NotGrantedException {
        require(Right.SEARCH);
        bounded(labels.size());
        return store.find(owner, labels);
    }

    /**
     * Deletes entries that were replaced.
     *
     * @param labels at most {@value #MOST_LABELS}
     * @throws NotGrantedException without a grant to update
     */
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
