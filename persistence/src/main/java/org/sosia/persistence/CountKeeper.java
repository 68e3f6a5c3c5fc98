package org.sosia.persistence;

import java.util.List;
import java.util.UUID;

/**
 * A cloud that keeps how many entries each word has, sealed, and the other half of the key: see {@link EntryKeeper}. It refuses whom it was told to
 * refuse as {@link Mediator}, whatever others grant.
 */
public interface CountKeeper {

    /**
     * Applies its half of the owner's key.
     *
     * @param blinded encoded points, at most 1024
     * @return a point for each
     * @throws WordsRefusedException if the person is not known here, or refused
     */
    List<byte[]> evaluateForCounts(WordReader who, List<byte[]> blinded);

    /**
     * Reads counts.
     *
     * @param slots each once
     * @return one for each in the same order, of revision 0 where there is none
     * @throws WordsRefusedException if the person is not known here, or refused
     */
    List<WordCount> readCounts(WordReader who, List<UUID> slots);

    /**
     * Writes counts, all or none.
     *
     * @param counts each with the revision that it shall have
     * @throws StoreConflictException if another writer was faster; nothing is written then
     * @throws WordsRefusedException if it is not the owner who asks
     */
    void advanceCounts(WordReader who, List<WordCount> counts);
}
