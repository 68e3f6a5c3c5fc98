package org.sosia.crypto.keywords;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;

/** Server B as a client of one owner's index sees it: a {@link CounterServer} in the same process, or what calls one elsewhere. */
public interface Counters {

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
     * Reads counters.
     *
     * @param slots at most {@link KeyHalves#MOST_WORDS}, each once
     * @return one for each, in the same order
     * @throws NotGrantedException without a grant
     */
    List<Counter> read(List<UUID> slots) throws NotGrantedException;

    /**
     * Writes counters, all or none.
     *
     * @param counters by slot, each with the revision that it shall have
     * @return false if another writer was faster
     * @throws NotGrantedException without a grant to update
     */
    boolean advance(Map<UUID, Counter> counters) throws NotGrantedException;
}
