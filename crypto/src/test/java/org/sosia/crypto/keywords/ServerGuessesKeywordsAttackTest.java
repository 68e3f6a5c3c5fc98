package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.keywords.KeywordIndex.Posting;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A server, or who stole its database and its half of the keys, tries every word of a small dictionary; counts how often things occur; keeps what it was asked for
 * and tries it on records that come later, perhaps records that it brought in itself.
 */
class ServerGuessesKeywordsAttackTest {
    private static final List<Keyword> DICTIONARY =
            List.of(new Keyword("icd10", "B20"), new Keyword("icd10", "R05"), new Keyword("icd10", "J189"));
    private static final Keyword WORD = DICTIONARY.get(0);

    private final Servers servers = new Servers();
    private final KeywordIndex owner = servers.session(Servers.OWNER);
    private final UUID record = UUID.randomUUID();

    /** It computes what would be the keyword's key if it guessed the other half. */
    private List<WordKey> guesses(KeyHalves mine, KeyHalves guessed) throws Exception {
        List<WordKey> keys = new ArrayList<>();
        for (Keyword word : DICTIONARY) {
            var oprf = new Oprf(word.input());
            byte[] own =
                    mine.evaluate(servers.owner, 1, List.of(oprf.blinded())).get(0);
            byte[] other =
                    guessed.evaluate(servers.owner, 1, List.of(oprf.blinded())).get(0);
            keys.add(new WordKey(SecretBytes.copyOf(oprf.output(own, other))));
        }
        return keys;
    }

    @Test
    void neitherHalfOpensAnythingForAnyWordOfTheDictionary() throws Exception {
        owner.apply(List.of(new Posting(record, true, Set.of(WORD))));
        Set<UUID> slots = servers.advanced.get(0);
        for (KeyHalves mine : List.of(servers.keysA, servers.keysB)) {
            for (KeyHalves guessed : List.of(mine, new KeyHalves(SecretBytes.random(32)))) {
                for (WordKey key : guesses(mine, guessed)) {
                    assertThat(slots).doesNotContain(key.slot());
                    for (Entry entry : servers.added) {
                        assertThat(key.open(0, 0, entry)).isEmpty();
                    }
                }
            }
        }
        // With both halves the attack works: it is the attack that fails above, not the test.
        assertThat(guesses(servers.keysA, servers.keysB))
                .extracting(WordKey::slot)
                .anyMatch(slots::contains);
    }

    @Test
    void serverASeesNoWordTwice() throws Exception {
        for (int i = 0; i < 40; i++) {
            owner.apply(List.of(new Posting(record, true, Set.of(WORD))));
        }
        assertThat(servers.added).hasSize(40 * 16);
        assertThat(servers.added.stream().map(Entry::label)).doesNotHaveDuplicates();
        assertThat(servers.added.stream().map(entry -> java.nio.ByteBuffer.wrap(entry.value())))
                .doesNotHaveDuplicates();
    }

    /** Forward privacy: an injected record's entries have nothing to do with any earlier search. */
    @Test
    void whatWasSearchedDoesNotMatchWhatComesLater() throws Exception {
        owner.apply(List.of(new Posting(record, true, Set.of(WORD))));
        var unused = owner.any(Set.of(WORD));
        Set<UUID> searched = new HashSet<>();
        servers.searched.forEach(searched::addAll);
        servers.added.clear();
        Set<Keyword> injected = new HashSet<>(DICTIONARY);
        owner.apply(List.of(new Posting(UUID.randomUUID(), true, injected)));
        assertThat(servers.added.stream().map(Entry::label)).doesNotContainAnyElementsOf(searched);
    }

    /** Backward privacy, type II: after a deletion the entries of the record look like any other entries, and are as many. */
    @Test
    void aDeletionLooksLikeAnAddition() throws Exception {
        owner.apply(List.of(new Posting(record, true, Set.of(WORD))));
        int additions = servers.added.size();
        owner.apply(List.of(new Posting(record, false, Set.of(WORD))));
        assertThat(servers.added).hasSize(2 * additions);
        assertThat(servers.advanced.get(1)).hasSameSizeAs(servers.advanced.get(0));
    }

    /** The bytes that both servers store, over many updates of the same record and word, are uniform. */
    @Test
    void whatIsStoredIsUniform() throws Exception {
        int[] counts = new int[256];
        int total = 0;
        for (int i = 0; i < 60; i++) {
            owner.apply(List.of(new Posting(record, true, Set.of(WORD))));
        }
        for (Entry entry : servers.added) {
            for (byte value : entry.value()) {
                counts[value & 0xff]++;
                total++;
            }
        }
        double chi = 0;
        for (int count : counts) {
            chi += Math.pow(count - total / 256.0, 2) / (total / 256.0);
        }
        // 255 degrees of freedom: more than 400 happens once in 10^8 runs.
        assertThat(chi).isBetween(130.0, 400.0);
    }

    @Test
    void aChangedEntryIsNotBelieved() throws Exception {
        WordKey key = guesses(servers.keysA, servers.keysB).get(0);
        Entry entry = key.entry(7, 3, new WordKey.Operation(true, record));
        assertThat(key.open(7, 3, entry)).isEqualTo(Optional.of(new WordKey.Operation(true, record)));
        assertThat(key.open(7, 4, entry)).isEmpty();
        assertThat(key.open(8, 3, entry)).isEmpty();
        for (int i = 0; i < Entry.VALUE_BYTES; i++) {
            byte[] changed = entry.value();
            changed[i] ^= 1;
            assertThat(key.open(7, 3, new Entry(entry.label(), changed))).isEmpty();
        }
    }
}
