package org.sosia.crypto.keywords;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.WordKey.Operation;
import org.sosia.crypto.keywords.WordKey.Position;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The client's side of the index of one owner, in the hands of the owner or of somebody granted. Lives for one session: it remembers the keys of the words that
 * it used, and forgets them with itself.
 *
 * <p><b>Security.</b> What the servers learn stands in docs/SEARCH.md, 3.4. Keys that a session remembered outlive a revocation only as knowledge: both
 * servers refuse the revoked person's calls, and the owner's next key epoch makes them worthless.
 */
public final class KeywordIndex implements SecretMaterial {
    private static final int MOST_REMEMBERED = 20_000;
    private static final int MOST_ATTEMPTS = 16;
    private static final int PADDING_WORDS = 64;
    private static final int SMALLEST_PADDED = 16;
    private static final int LARGEST_PADDED = 64;

    private final Entries a;
    private final Counters b;
    private final Map<Input, WordKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Input, WordKey> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * A session.
     *
     * @param a server A, for this owner and caller
     * @param b server B, for this owner and caller
     */
    public KeywordIndex(Entries a, Counters b) {
        this.a = a;
        this.b = b;
    }

    /**
     * What is said about one record.
     *
     * @param record its id
     * @param added whether the words are added, or taken away
     * @param words at least one
     */
    public record Posting(UUID record, boolean added, Set<Keyword> words) {
        /** Takes a copy. */
        public Posting {
            words = Set.copyOf(words);
        }
    }

    /**
     * A result.
     *
     * @param records ids
     * @param missing entries that should be there and are not: an update broke off before its last step, or server A drops entries
     * @param dead entries that say nothing any more; when there are more of them than records, compact
     */
    public record Found(Set<UUID> records, int missing, int dead) {
        /** Takes a copy. */
        public Found {
            records = Set.copyOf(records);
        }
    }

    /** The function's input, with equality of its bytes. */
    private record Input(ByteBuffer bytes) {
        static Input of(byte[] input) {
            return new Input(ByteBuffer.wrap(input).asReadOnlyBuffer());
        }
    }

    /**
     * Adds or takes away records under words. Each record is padded to 16, 32 or 64 words, or a multiple of 64.
     *
     * @param postings what is said; at most {@link KeyHalves#MOST_WORDS} different words with the padding, at most
     *     {@link EntryServer#MOST_LABELS} entries
     * @throws NotGrantedException if one of the servers refuses
     * @throws MalformedException if a server answers nonsense
     */
    public synchronized void apply(List<Posting> postings) throws NotGrantedException, MalformedException {
        Map<Input, List<Operation>> operations = new LinkedHashMap<>();
        for (Posting posting : postings) {
            for (byte[] input : padded(posting.words())) {
                operations
                        .computeIfAbsent(Input.of(input), any -> new ArrayList<>())
                        .add(new Operation(posting.added(), posting.record()));
            }
        }
        List<WordKey> words = keys(operations.keySet());
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<Entry> entries = new ArrayList<>();
            Map<UUID, Counter> counters = new HashMap<>();
            List<Counter> before = read(words);
            int i = 0;
            for (List<Operation> ofWord : operations.values()) {
                WordKey word = words.get(i);
                Position position = word.open(before.get(i));
                int number = position.count();
                for (Operation operation : ofWord) {
                    entries.add(word.entry(position.epoch(), number++, operation));
                }
                Position after = new Position(number, position.epoch());
                counters.put(word.slot(), word.seal(after, before.get(i).revision() + 1));
                i++;
            }
            // First the counters: a label, once counted, is never made again, even if the entry never arrives.
            if (b.advance(counters)) {
                entries.sort(Comparator.comparing(Entry::label));
                if (!a.add(entries)) {
                    throw new IllegalStateException("the counters are older than the entries");
                }
                return;
            }
        }
        throw new IllegalStateException("other writers were always faster");
    }

    private static List<byte[]> padded(Set<Keyword> words) {
        List<byte[]> inputs = new ArrayList<>(words.stream().map(Keyword::input).toList());
        int size = SMALLEST_PADDED;
        while (size < inputs.size()) {
            size += Math.min(size, LARGEST_PADDED);
        }
        List<byte[]> padding = new ArrayList<>();
        for (int i = 0; i < PADDING_WORDS; i++) {
            padding.add(Keyword.paddingInput(i));
        }
        Collections.shuffle(padding, new SecureRandom());
        inputs.addAll(padding.subList(0, size - inputs.size()));
        return inputs;
    }

    /**
     * Finds the records with all of the words.
     *
     * @param words at least one
     * @return the records
     * @throws NotGrantedException if one of the servers refuses
     * @throws MalformedException if a server answers nonsense
     */
    public synchronized Found all(Collection<Keyword> words) throws NotGrantedException, MalformedException {
        List<WordKey> distinct = keys(inputs(words));
        List<Counter> counters = read(distinct);
        Map<WordKey, Position> positions = new HashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            positions.put(distinct.get(i), distinct.get(i).open(counters.get(i)));
        }
        // The rarest first: when nothing is left, the others need not be asked for.
        List<WordKey> ordered = distinct.stream()
                .sorted(Comparator.comparingInt(word -> count(positions, word)))
                .toList();
        Set<UUID> common = new HashSet<>();
        int missing = 0;
        int dead = 0;
        for (int i = 0; i < ordered.size() && (i == 0 || !common.isEmpty()); i++) {
            Found found = find(ordered.get(i));
            if (i == 0) {
                common.addAll(found.records());
            }
            common.retainAll(found.records());
            missing += found.missing();
            dead += found.dead();
        }
        return new Found(common, missing, dead);
    }

    private static int count(Map<WordKey, Position> positions, WordKey word) {
        Position position = positions.get(word);
        return position == null ? 0 : position.count();
    }

    /**
     * Finds the records with any of the words.
     *
     * @param words at least one
     * @return the records
     * @throws NotGrantedException if one of the servers refuses
     * @throws MalformedException if a server answers nonsense
     */
    public synchronized Found any(Collection<Keyword> words) throws NotGrantedException, MalformedException {
        Set<UUID> records = new HashSet<>();
        int missing = 0;
        int dead = 0;
        for (WordKey word : keys(inputs(words))) {
            Found found = find(word);
            records.addAll(found.records());
            missing += found.missing();
            dead += found.dead();
        }
        return new Found(records, missing, dead);
    }

    private static Set<Input> inputs(Collection<Keyword> words) {
        Set<Input> inputs = new LinkedHashSet<>();
        words.forEach(word -> inputs.add(Input.of(word.input())));
        return inputs;
    }

    /** Entries of a word; once more from the start if some are missing because somebody compacted the word in between. */
    private Found find(WordKey word) throws NotGrantedException, MalformedException {
        Counter counter = read(List.of(word)).get(0);
        while (true) {
            Position position = word.open(counter);
            Found found = records(operations(word, position), position.count());
            Counter now = found.missing() == 0 ? counter : read(List.of(word)).get(0);
            if (now.revision() == counter.revision()) {
                return found;
            }
            counter = now;
        }
    }

    private List<Operation> operations(WordKey word, Position position) throws NotGrantedException {
        return List.copyOf(numbered(word, position).values());
    }

    private Map<Integer, Operation> numbered(WordKey word, Position position) throws NotGrantedException {
        Map<UUID, Integer> numbers = new HashMap<>();
        for (int i = 0; i < position.count(); i++) {
            numbers.put(word.label(position.epoch(), i), i);
        }
        Map<Integer, Operation> found = new TreeMap<>();
        List<UUID> labels = numbers.keySet().stream().sorted().toList();
        for (int from = 0; from < labels.size(); from += EntryServer.MOST_LABELS) {
            int to = Math.min(labels.size(), from + EntryServer.MOST_LABELS);
            for (Entry entry : a.find(labels.subList(from, to))) {
                Integer number = numbers.get(entry.label());
                if (number != null) {
                    word.open(position.epoch(), number, entry).ifPresent(operation -> found.put(number, operation));
                }
            }
        }
        return found;
    }

    private static Found records(List<Operation> operations, int expected) {
        Set<UUID> records = new HashSet<>();
        for (Operation operation : operations) {
            if (operation.added()) {
                records.add(operation.record());
            } else {
                records.remove(operation.record());
            }
        }
        return new Found(records, expected - operations.size(), operations.size() - records.size());
    }

    /**
     * Replaces a word's entries by those that still say something, under labels that have nothing to do with the old ones.
     *
     * @param keyword the word
     * @return false if somebody changed the word meanwhile, or an entry has not arrived (yet), in which case nothing was changed
     * @throws NotGrantedException if one of the servers refuses
     * @throws MalformedException if a server answers nonsense
     */
    public synchronized boolean compact(Keyword keyword) throws NotGrantedException, MalformedException {
        WordKey word = keys(inputs(List.of(keyword))).get(0);
        Counter counter = read(List.of(word)).get(0);
        Position old = word.open(counter);
        Found found = records(operations(word, old), old.count());
        if (found.missing() > 0) {
            // Of an update on its way: its entry would arrive under the old epoch, where nobody looks any more.
            return false;
        }
        Position start = WordKey.start();
        List<Entry> entries = new ArrayList<>();
        for (UUID record : found.records()) {
            entries.add(word.entry(start.epoch(), entries.size(), new Operation(true, record)));
        }
        Position compacted = new Position(entries.size(), start.epoch());
        List<UUID> fresh = entries.stream().map(Entry::label).sorted().toList();
        entries.sort(Comparator.comparing(Entry::label));
        // First the new entries: whoever reads the new counter finds them.
        boolean moved = a.add(entries) && b.advance(Map.of(word.slot(), word.seal(compacted, counter.revision() + 1)));
        a.delete(moved ? labels(word, old) : fresh);
        return moved;
    }

    /**
     * Puts an entry that says nothing, the deletion of a record that nobody has, in the place of each that never arrived: an update broke
     * off between its two steps. An update that was merely slow is refused by server A as a whole afterwards, and is to be repeated.
     *
     * @param keyword the word
     * @return how many were put there; 0 also if something arrived meanwhile
     * @throws NotGrantedException if one of the servers refuses
     * @throws MalformedException if a server answers nonsense
     */
    public synchronized int fill(Keyword keyword) throws NotGrantedException, MalformedException {
        WordKey word = keys(inputs(List.of(keyword))).get(0);
        Position position = word.open(read(List.of(word)).get(0));
        Map<Integer, Operation> there = numbered(word, position);
        List<Entry> fillers = new ArrayList<>();
        for (int i = 0; i < position.count(); i++) {
            if (!there.containsKey(i)) {
                // A random record: whatever the slow update sends under the same mask, the record in it stays hidden.
                fillers.add(word.entry(position.epoch(), i, new Operation(false, UUID.randomUUID())));
            }
        }
        fillers.sort(Comparator.comparing(Entry::label));
        return !fillers.isEmpty() && a.add(fillers) ? fillers.size() : 0;
    }

    private static List<UUID> labels(WordKey word, Position position) {
        List<UUID> labels = new ArrayList<>();
        for (int i = 0; i < position.count(); i++) {
            labels.add(word.label(position.epoch(), i));
        }
        return labels.stream().sorted().toList();
    }

    private List<Counter> read(List<WordKey> words) throws NotGrantedException, MalformedException {
        List<Counter> counters = b.read(words.stream().map(WordKey::slot).toList());
        if (counters.size() != words.size()) {
            throw new MalformedException("server B answers for other words");
        }
        return counters;
    }

    /** The keys of words: remembered ones, and for the rest both servers' halves in one call each. */
    private List<WordKey> keys(Set<Input> inputs) throws NotGrantedException, MalformedException {
        Map<Input, WordKey> known = new HashMap<>();
        List<Input> unknown = new ArrayList<>();
        for (Input input : inputs) {
            WordKey key = keys.get(input);
            if (key == null) {
                unknown.add(input);
            } else {
                known.put(input, key);
            }
        }
        if (!unknown.isEmpty()) {
            known.putAll(evaluate(unknown));
            keys.putAll(known);
        }
        return inputs.stream().map(known::get).toList();
    }

    private Map<Input, WordKey> evaluate(List<Input> inputs) throws NotGrantedException, MalformedException {
        List<Oprf> oprfs = inputs.stream().map(input -> new Oprf(bytes(input))).toList();
        List<byte[]> blinded = oprfs.stream().map(Oprf::blinded).toList();
        List<byte[]> ofA = a.evaluate(blinded);
        List<byte[]> ofB = b.evaluate(blinded);
        if (ofA.size() != blinded.size() || ofB.size() != blinded.size()) {
            throw new MalformedException("a server answers for other words");
        }
        Map<Input, WordKey> evaluated = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            byte[] output = oprfs.get(i).output(ofA.get(i), ofB.get(i));
            try (SecretBytes key = SecretBytes.copyOf(output)) {
                evaluated.put(inputs.get(i), new WordKey(key));
            } finally {
                Arrays.fill(output, (byte) 0);
            }
        }
        return evaluated;
    }

    private static byte[] bytes(Input input) {
        byte[] bytes = new byte[input.bytes().remaining()];
        input.bytes().duplicate().get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "KeywordIndex[secret]";
    }
}
