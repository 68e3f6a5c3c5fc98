package org.sosia.crypto.keywords;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;

/** Server A as a client of one owner's index sees it: an {@link EntryServer} in the same process, or what calls one elsewhere. */
public interface Entries {

    /**
     * Evaluates this server's half of the function.
     *
     * @param blinded at most {@link KeyHalves#MOST_WORDS} points
     * @return a point for each
     * @throws NotGrantedException without a grant
     * @throws MalformedException if something is no point
     */
    List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException, MalformedException;

    /**
     * Adds entries, all or none.
     *
     * @param entries new ones
     * @return false if a label is there already
     * @throws NotGrantedException without a grant to update
     */
    boolean add(List<Entry> entries) throws NotGrantedException;

    /**
     * Finds entries.
     *
     * @param labels at most {@link EntryServer#MOST_LABELS}
     * @return those that are there, in any order
     * @throws NotGrantedException without a grant
     */
    List<Entry> find(Collection<UUID> labels) throws NotGrantedException;

    /**
     * Deletes entries that were replaced.
     *
     * @param labels at most {@link EntryServer#MOST_LABELS}
     * @throws NotGrantedException without a grant to update
     */
    void delete(Collection<UUID> labels) throws NotGrantedException;
}
