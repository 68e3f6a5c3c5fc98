package org.sosia.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A cloud that keeps the entries of an index of words, and one half of the key under which words become names of entries: its own secret,
 * which it never shows. Everything is opaque to it. Each call is one transaction there, and looks the grant up anew.
 */
public interface EntryKeeper {

    /**
     * Applies its half of the owner's key.
     *
     * @param blinded encoded points, at most 1024
     * @return a point for each
     * @throws WordsRefusedException without a grant
     */
    List<byte[]> evaluateForEntries(WordReader who, List<byte[]> blinded);

    /**
     * Adds entries by label, all or none.
     *
     * @throws StoreConflictException if a label is there already; nothing is added then
     * @throws WordsRefusedException if it is not the owner who asks
     */
    void addEntries(WordReader who, Map<UUID, byte[]> entries);

    /**
     * Finds entries.
     *
     * @param labels of which some may not be there
     * @return those that are, by label
     * @throws WordsRefusedException without a grant
     */
    Map<UUID, byte[]> findEntries(WordReader who, Collection<UUID> labels);

    /**
     * Deletes entries that were replaced.
     *
     * @throws WordsRefusedException if it is not the owner who asks
     */
    void deleteEntries(WordReader who, Collection<UUID> labels);
}
