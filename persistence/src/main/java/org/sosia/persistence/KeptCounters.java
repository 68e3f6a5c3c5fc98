package org.sosia.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.Counter;
import org.sosia.crypto.keywords.Counters;
import org.sosia.crypto.keywords.NotGrantedException;

/** The counters of one index, at the cloud that keeps them, for who searches or changes it. */
public final class KeptCounters implements Counters {

    private final CountKeeper cloud;
    private final WordReader who;

    /** Asks this cloud in this person's name. */
    public KeptCounters(CountKeeper cloud, WordReader who) {
        this.cloud = cloud;
        this.who = who;
    }

    @Override
    public List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException, MalformedException {
        return WordTables.orNotGranted(() -> cloud.evaluateForCounts(who, blinded));
    }

    @Override
    public List<Counter> read(List<UUID> slots) throws NotGrantedException {
        return WordTables.orNotGranted(() -> {
            List<Counter> counters = new ArrayList<>();
            for (WordCount count : cloud.readCounts(who, slots)) {
                counters.add(new Counter(count.revision(), count.sealed()));
            }
            return counters;
        });
    }

    @Override
    public boolean advance(Map<UUID, Counter> counters) throws NotGrantedException {
        return WordTables.orNotGranted(() -> {
            try {
                cloud.advanceCounts(who, WordTables.counts(List.copyOf(counters.keySet()), counters));
                return true;
            } catch (StoreConflictException faster) {
                return false;
            }
        });
    }
}
