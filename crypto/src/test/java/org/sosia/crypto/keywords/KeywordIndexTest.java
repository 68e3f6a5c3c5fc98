package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordIndex.Posting;

class KeywordIndexTest {
    private static final Keyword COUGH = new Keyword("icd10", "R05");
    private static final Keyword FEVER = new Keyword("icd10", "R509");
    private static final Keyword CHEST = new Keyword("text", "chest");

    private final Servers servers = new Servers();
    private final KeywordIndex owner = servers.session(Servers.OWNER);
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @Test
    void findsWhatWasAddedAndNotWhatWasTakenAway() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH, FEVER)), new Posting(second, true, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactlyInAnyOrder(first, second);
        assertThat(owner.all(Set.of(COUGH, FEVER)).records()).containsExactly(first);
        assertThat(owner.any(Set.of(CHEST, FEVER)).records()).containsExactly(first);
        assertThat(owner.all(Set.of(COUGH, CHEST)).records()).isEmpty();

        owner.apply(List.of(new Posting(first, false, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(second);
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void followsAPlaintextIndexThroughRandomChanges() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        Map<Keyword, Set<UUID>> plaintext = new HashMap<>();
        List<UUID> records =
                IntStream.range(0, 12).mapToObj(i -> UUID.randomUUID()).toList();
        List<Keyword> words = IntStream.range(0, 5)
                .mapToObj(i -> new Keyword("text", "w" + i))
                .toList();
        for (int step = 0; step < 150; step++) {
            Keyword word = words.get(random.nextInt(words.size()));
            UUID record = records.get(random.nextInt(records.size()));
            boolean add = random.nextInt(3) > 0;
            owner.apply(List.of(new Posting(record, add, Set.of(word))));
            Set<UUID> there = plaintext.computeIfAbsent(word, any -> new HashSet<>());
            boolean unused = add ? there.add(record) : there.remove(record);
            if (random.nextInt(20) == 0) {
                assertThat(owner.compact(word)).isTrue();
            }
            assertThat(owner.any(Set.of(word)).records()).as("seed %d", seed).isEqualTo(there);
        }
    }

    @Test
    void compactingLeavesOnlyWhatSaysSomething() throws Exception {
        for (int i = 0; i < 5; i++) {
            owner.apply(List.of(new Posting(first, i % 2 == 0, Set.of(COUGH))));
        }
        var before = owner.any(Set.of(COUGH));
        assertThat(before.dead()).isEqualTo(4);
        List<UUID> old = servers.searched.get(servers.searched.size() - 1);
        assertThat(owner.compact(COUGH)).isTrue();
        var after = owner.any(Set.of(COUGH));
        assertThat(after.records()).isEqualTo(before.records());
        assertThat(after.dead()).isZero();
        assertThat(servers.entries.find(servers.owner, old)).isEmpty();
        assertThat(servers.searched.get(servers.searched.size() - 1)).hasSize(1).doesNotContainAnyElementsOf(old);
    }

    @Test
    void anotherSessionOfAnotherReaderFindsTheSame() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        servers.grantedAtA.add("grace");
        servers.grantedAtB.add("grace");
        KeywordIndex reader = servers.session("grace");
        assertThat(reader.any(Set.of(COUGH)).records()).containsExactly(first);
        assertThatThrownBy(() -> reader.apply(List.of(new Posting(second, true, Set.of(COUGH)))))
                .isInstanceOf(NotGrantedException.class);
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(first);
    }

    /** Even with all keys of the session remembered. */
    @Test
    void aRevocationAtEitherServerIsEnoughAndAtOnce() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        for (Set<String> honest : List.of(servers.grantedAtA, servers.grantedAtB)) {
            servers.grantedAtA.add("grace");
            servers.grantedAtB.add("grace");
            KeywordIndex reader = servers.session("grace");
            assertThat(reader.any(Set.of(COUGH)).records()).containsExactly(first);
            honest.remove("grace");
            assertThatThrownBy(() -> reader.any(Set.of(COUGH))).isInstanceOf(NotGrantedException.class);
            assertThatThrownBy(() -> servers.session("grace").any(Set.of(COUGH)))
                    .isInstanceOf(NotGrantedException.class);
        }
    }

    @Test
    void aNewKeyEpochFindsNothingOfTheOld() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        assertThat(servers.session(Servers.OWNER, 2).any(Set.of(COUGH)).records())
                .isEmpty();
    }

    @Test
    void entriesThatNeverArrivedAreCounted() throws Exception {
        servers.dropsEntries = true;
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        servers.dropsEntries = false;
        owner.apply(List.of(new Posting(second, true, Set.of(COUGH))));
        var found = owner.any(Set.of(COUGH));
        assertThat(found.records()).containsExactly(second);
        assertThat(found.missing()).isEqualTo(1);
    }

    /** Else the entry that is still on its way would arrive where nobody looks any more. */
    @Test
    void aWordIsNotCompactedWhileAnEntryIsMissing() throws Exception {
        servers.dropsEntries = true;
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        servers.dropsEntries = false;
        assertThat(owner.compact(COUGH)).isFalse();
    }

    @Test
    void aPlaceThatStayedEmptyIsFilledAndSaysNothing() throws Exception {
        owner.apply(List.of(new Posting(second, true, Set.of(COUGH))));
        servers.dropsEntries = true;
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        servers.dropsEntries = false;

        assertThat(owner.fill(COUGH)).isEqualTo(1);
        var found = owner.any(Set.of(COUGH));
        assertThat(found.records()).containsExactly(second);
        assertThat(found.missing()).isZero();
        assertThat(owner.fill(COUGH)).isZero();
        assertThat(owner.compact(COUGH)).isTrue();
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(second);
    }

    /** Who filled its place was faster; the whole update is refused, so that none of it is lost unnoticed. */
    @Test
    void anUpdateWhosePlaceWasFilledIsRefused() throws Exception {
        KeywordIndex slow =
                new KeywordIndex(servers.entriesAfter(() -> filled(COUGH)), servers.countersFor(Servers.OWNER));
        assertThatIllegalStateException()
                .isThrownBy(() -> slow.apply(List.of(new Posting(first, true, Set.of(COUGH)))));
        slow.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(first);
    }

    private void filled(Keyword word) {
        try {
            var unused = owner.fill(word);
        } catch (NotGrantedException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody wrote while the word was compacted: what she wrote stays, and what was to replace it is taken away again. */
    @Test
    void whoCompactsTooLateChangesNothing() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        Runnable faster = () -> write(owner, second);
        KeywordIndex late = new KeywordIndex(servers.entriesAfter(faster), servers.countersFor(Servers.OWNER));
        servers.added.clear();
        assertThat(late.compact(COUGH)).isFalse();

        Entry replacement = servers.added.get(servers.added.size() - 1);
        assertThat(servers.entries.find(servers.owner, List.of(replacement.label())))
                .isEmpty();
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactlyInAnyOrder(first, second);
        assertThat(owner.any(Set.of(COUGH)).missing()).isZero();
        assertThat(owner.compact(COUGH)).isTrue();
    }

    /** Between reading the counter and asking for the entries somebody compacted the word: the old entries are gone, so the search begins again. */
    @Test
    void aSearchDuringACompactionFindsEverything() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH)), new Posting(second, true, Set.of(COUGH))));
        KeywordIndex reader =
                new KeywordIndex(servers.entriesOnceAsked(this::compacted), servers.countersFor(Servers.OWNER));
        var found = reader.any(Set.of(COUGH));
        assertThat(found.records()).containsExactlyInAnyOrder(first, second);
        assertThat(found.missing()).isZero();
        assertThat(found.dead()).isZero();
    }

    private void compacted() {
        try {
            assertThat(owner.compact(COUGH)).isTrue();
        } catch (NotGrantedException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writersAtTheSameTimeLoseNothing() throws Exception {
        List<UUID> records =
                IntStream.range(0, 24).mapToObj(i -> UUID.randomUUID()).toList();
        var shared = new Servers();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            List<UUID> mine = records.subList(8 * w, 8 * w + 8);
            // Each its own servers' front, over the same stores; the lists of what was seen are not for threads.
            var session = new KeywordIndex(
                    new EntryServer(shared.keysA, shared.entries, (o, c, r) -> true, shared.owner, 1, "w"),
                    new CounterServer(shared.keysB, shared.counters, (o, c, r) -> true, shared.owner, 1, "w"));
            writers.add(CompletableFuture.runAsync(() -> mine.forEach(record -> write(session, record))));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
        assertThat(shared.session(Servers.OWNER).any(Set.of(COUGH)).records())
                .containsExactlyInAnyOrderElementsOf(records);
    }

    private static void write(KeywordIndex session, UUID record) {
        for (int attempt = 0; ; attempt++) {
            try {
                session.apply(List.of(new Posting(record, true, Set.of(COUGH))));
                return;
            } catch (IllegalStateException overtaken) {
                assertThat(attempt).isLessThan(100);
            } catch (NotGrantedException | MalformedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As from a backup of one server only: going on would hide two entries under one mask. */
    @Test
    void countersOlderThanTheEntriesAreNoticed() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        List<UUID> slots = servers.advanced.stream().flatMap(Set::stream).toList();
        List<Counter> backup = servers.counters.read(servers.owner, slots);
        owner.apply(List.of(new Posting(first, false, Set.of(COUGH))));
        Map<UUID, Counter> restored = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            long revision = servers.counters
                    .read(servers.owner, slots.subList(i, i + 1))
                    .get(0)
                    .revision();
            restored.put(slots.get(i), new Counter(revision + 1, backup.get(i).sealed()));
        }
        assertThat(servers.counters.advance(servers.owner, restored)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> owner.apply(List.of(new Posting(second, true, Set.of(COUGH)))));
    }

    /** In the order in which they were made the entries of one word would stand together. */
    @Test
    void entriesArriveInTheOrderOfTheirLabels() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH)), new Posting(second, true, Set.of(COUGH, FEVER))));
        assertThat(servers.added).extracting(Entry::label).isSorted();
        for (int i = 0; i < 9; i++) {
            owner.apply(List.of(new Posting(UUID.randomUUID(), true, Set.of(COUGH))));
        }
        servers.added.clear();
        assertThat(owner.compact(COUGH)).isTrue();
        assertThat(servers.added).hasSize(11);
        assertThat(servers.added).extracting(Entry::label).isSorted();

        servers.dropsEntries = true;
        for (int i = 0; i < 9; i++) {
            owner.apply(List.of(new Posting(UUID.randomUUID(), true, Set.of(COUGH))));
        }
        servers.dropsEntries = false;
        servers.added.clear();
        assertThat(owner.fill(COUGH)).isEqualTo(9);
        assertThat(servers.added).extracting(Entry::label).isSorted();
    }

    /** Always the same padding would be seen to come with every update, and left out of account. */
    @Test
    void paddingDiffersFromUpdateToUpdate() throws Exception {
        Set<UUID> slots = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        }
        servers.advanced.forEach(slots::addAll);
        // 15 of 64 words each time: that 8 draws leave out half of them or more is an accident below 10^-9.
        assertThat(slots).hasSizeGreaterThan(33);
        assertThat(new HashSet<>(servers.advanced)).hasSize(8);
    }

    @Test
    void theRarestWordIsSearchedFirstAndNoneOnceNothingIsLeft() throws Exception {
        for (int i = 0; i < 3; i++) {
            owner.apply(List.of(new Posting(UUID.randomUUID(), true, Set.of(COUGH))));
        }
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH, FEVER)), new Posting(first, false, Set.of(FEVER))));
        for (List<Keyword> order : List.of(List.of(COUGH, FEVER), List.of(FEVER, COUGH))) {
            servers.searched.clear();
            var found = owner.all(order);
            assertThat(found.records()).isEmpty();
            assertThat(found.dead()).isEqualTo(2);
            assertThat(servers.searched).hasSize(1);
            assertThat(servers.searched.get(0)).hasSize(2);
        }
    }

    @Test
    void whatIsDeadOrMissingIsCountedOfAllWords() throws Exception {
        owner.apply(List.of(
                new Posting(first, true, Set.of(COUGH, FEVER)),
                new Posting(second, true, Set.of(COUGH, FEVER)),
                new Posting(second, false, Set.of(COUGH, FEVER))));
        servers.dropsEntries = true;
        owner.apply(List.of(new Posting(second, true, Set.of(COUGH, FEVER))));
        servers.dropsEntries = false;
        for (var found : List.of(owner.all(Set.of(COUGH, FEVER)), owner.any(Set.of(COUGH, FEVER)))) {
            assertThat(found.records()).containsExactly(first);
            assertThat(found.missing()).isEqualTo(2);
            assertThat(found.dead()).isEqualTo(4);
        }
    }

    @Test
    void updatesArePadded() throws Exception {
        for (int words : new int[] {1, 5, 16, 17, 33, 65}) {
            servers.added.clear();
            servers.advanced.clear();
            Set<Keyword> some = new HashSet<>();
            for (int i = 0; i < words; i++) {
                some.add(new Keyword("text", "n" + i));
            }
            owner.apply(List.of(new Posting(first, true, some)));
            int size = words <= 16 ? 16 : words <= 32 ? 32 : words <= 64 ? 64 : 128;
            assertThat(servers.added).hasSize(size);
            assertThat(servers.advanced.get(0)).hasSize(size);
        }
    }
}
