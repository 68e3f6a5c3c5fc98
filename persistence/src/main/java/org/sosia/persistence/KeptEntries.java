package org.sosia.persistence;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.keywords.Entries;
import org.sosia.crypto.keywords.Entry;
import org.sosia.crypto.keywords.NotGrantedException;

/** The entries of one index, at the cloud that keeps them, for who searches or changes them. */
public final class KeptEntries implements Entries {

    private final EntryKeeper cloud;
    private final WordReader who;

    /** Asks this cloud in this person's name. */
    public KeptEntries(EntryKeeper cloud, WordReader who) {
        this.cloud = cloud;
        this.who = who;
    }

    @Override
    public List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException {
        return WordTables.orNotGranted(() -> cloud.evaluateForEntries(who, blinded));
    }

    @Override
    public boolean add(List<Entry> entries) throws NotGrantedException {
        return WordTables.orNotGranted(() -> {
            try {
                cloud.addEntries(who, WordTables.values(entries));
                return true;
            } catch (StoreConflictException taken) {
                return false;
            }
        });
    }

    @Override
    public List<Entry> find(Collection<UUID> labels) throws NotGrantedException {
        return WordTables.orNotGranted(() -> WordTables.entries(cloud.findEntries(who, labels)));
    }

    @Override
    public void delete(Collection<UUID> labels) throws NotGrantedException {
        var unused = WordTables.orNotGranted(() -> {
            cloud.deleteEntries(who, labels);
            return true;
        });
    }
}
