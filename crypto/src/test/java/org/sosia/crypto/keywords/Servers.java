package org.sosia.crypto.keywords;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;
import org.sosia.crypto.secret.SecretBytes;

/** Both servers in one process, with everything that each of them sees written down. */
final class Servers {
    static final String OWNER = "ada";

    final UUID owner = UUID.randomUUID();
    final KeyHalves keysA = new KeyHalves(SecretBytes.random(32));
    final KeyHalves keysB = new KeyHalves(SecretBytes.random(32));
    final EntryStore entries = EntryStore.inMemory();
    final CounterStore counters = CounterStore.inMemory();
    final Set<String> grantedAtA = new HashSet<>(Set.of(OWNER));
    final Set<String> grantedAtB = new HashSet<>(Set.of(OWNER));
    final List<Entry> added = new ArrayList<>();
    final List<List<UUID>> searched = new ArrayList<>();
    final List<Set<UUID>> advanced = new ArrayList<>();
    boolean dropsEntries;

    KeywordIndex session(String caller) {
        return session(caller, 1);
    }

    KeywordIndex session(String caller, int epoch) {
        return new KeywordIndex(
                new EntryServer(keysA, new SeenEntries(), allowing(grantedAtA), owner, epoch, caller),
                new CounterServer(keysB, new SeenCounters(), allowing(grantedAtB), owner, epoch, caller));
    }

    CounterServer countersFor(String caller) {
        return new CounterServer(keysB, new SeenCounters(), allowing(grantedAtB), owner, 1, caller);
    }

    /** Server A, before whose first addition something else happens. */
    Entries entriesAfter(Runnable first) {
        return new Interrupted(first, () -> {});
    }

    /** Server A, before whose first answer to a search something else happens. */
    Entries entriesOnceAsked(Runnable first) {
        return new Interrupted(() -> {}, first);
    }

    /** Server A for the owner, with something in between, once. */
    private final class Interrupted implements Entries {
        private final Entries a = new EntryServer(keysA, new SeenEntries(), allowing(grantedAtA), owner, 1, OWNER);
        private final Queue<Runnable> beforeAdding;
        private final Queue<Runnable> beforeFinding;

        Interrupted(Runnable beforeAdding, Runnable beforeFinding) {
            this.beforeAdding = new ArrayDeque<>(List.of(beforeAdding));
            this.beforeFinding = new ArrayDeque<>(List.of(beforeFinding));
        }

        private static void next(Queue<Runnable> waiting) {
            Runnable first = waiting.poll();
            if (first != null) {
                first.run();
            }
        }

        @Override
        public List<byte[]> evaluate(List<byte[]> blinded) throws NotGrantedException, MalformedException {
            return a.evaluate(blinded);
        }

        @Override
        public boolean add(List<Entry> more) throws NotGrantedException {
            next(beforeAdding);
            return a.add(more);
        }

        @Override
        public List<Entry> find(Collection<UUID> labels) throws NotGrantedException {
            next(beforeFinding);
            return a.find(labels);
        }

        @Override
        public void delete(Collection<UUID> labels) throws NotGrantedException {
            a.delete(labels);
        }
    }

    private KeywordGrants allowing(Set<String> granted) {
        return (whose, caller, right) ->
                whose.equals(owner) && granted.contains(caller) && (right == Right.SEARCH || caller.equals(OWNER));
    }

    private final class SeenEntries implements EntryStore {
        @Override
        public boolean add(UUID whose, List<Entry> more) {
            added.addAll(more);
            return dropsEntries || entries.add(whose, more);
        }

        @Override
        public List<Entry> find(UUID whose, Collection<UUID> labels) {
            searched.add(List.copyOf(labels));
            return entries.find(whose, labels);
        }

        @Override
        public void delete(UUID whose, Collection<UUID> labels) {
            entries.delete(whose, labels);
        }
    }

    private final class SeenCounters implements CounterStore {
        @Override
        public List<Counter> read(UUID whose, List<UUID> slots) {
            return counters.read(whose, slots);
        }

        @Override
        public boolean advance(UUID whose, Map<UUID, Counter> changed) {
            advanced.add(Set.copyOf(changed.keySet()));
            return counters.advance(whose, changed);
        }
    }
}
