package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.KeywordGrants.Right;
import org.sosia.crypto.secret.SecretBytes;

/** A session asks both servers, but an attacker asks either one, with calls of her own making. */
class EachServerChecksForItselfTest {
    private static final UUID OWNER = new UUID(1, 1);
    private static final UUID LABEL = new UUID(2, 2);
    private static final byte[] BLINDED = Point.generate(Exponent.random()).encode();

    private final EntryStore entryStore = EntryStore.inMemory();
    private final CounterStore counterStore = CounterStore.inMemory();
    private final KeyHalves halves = new KeyHalves(SecretBytes.random(32));
    private final Counter first = new Counter(1, new byte[Counter.SEALED_BYTES]);
    private final Entry entry = new Entry(LABEL, new byte[Entry.VALUE_BYTES]);

    private EntryServer entries(Right... granted) {
        return new EntryServer(
                halves, entryStore, (owner, caller, right) -> List.of(granted).contains(right), OWNER, 1, "mallory");
    }

    private CounterServer counters(Right... granted) {
        return new CounterServer(
                halves, counterStore, (owner, caller, right) -> List.of(granted).contains(right), OWNER, 1, "mallory");
    }

    @Test
    void withoutAGrantNeitherServerSaysOrDoesAnything() {
        for (Right[] granted : new Right[][] {{}, {Right.UPDATE}}) {
            refused(() -> entries(granted).evaluate(List.of(BLINDED)));
            refused(() -> entries(granted).find(List.of(LABEL)));
            refused(() -> counters(granted).evaluate(List.of(BLINDED)));
            refused(() -> counters(granted).read(List.of(LABEL)));
        }
        for (Right[] granted : new Right[][] {{}, {Right.SEARCH}}) {
            refused(() -> entries(granted).add(List.of(entry)));
            refused(() -> entries(granted).delete(List.of(LABEL)));
            refused(() -> counters(granted).advance(Map.of(LABEL, first)));
        }
        assertThat(entryStore.find(OWNER, List.of(LABEL))).isEmpty();
        assertThat(counterStore.read(OWNER, List.of(LABEL))).containsExactly(Counter.NONE);
    }

    @Test
    void whoMayNotUpdateTakesNothingAway() throws Exception {
        assertThat(entries(Right.UPDATE).add(List.of(entry))).isTrue();
        refused(() -> entries(Right.SEARCH).delete(List.of(LABEL)));
        assertThat(entries(Right.SEARCH).find(List.of(LABEL))).containsExactly(entry);
        entries(Right.UPDATE).delete(List.of(LABEL));
        assertThat(entries(Right.SEARCH).find(List.of(LABEL))).isEmpty();
    }

    @Test
    void aCounterAdvancesByOneOrNotAtAll() throws Exception {
        CounterServer server = counters(Right.SEARCH, Right.UPDATE);
        assertThat(server.advance(Map.of(LABEL, first))).isTrue();
        assertThat(server.advance(Map.of(LABEL, first))).isFalse();
        Counter third = new Counter(3, new byte[Counter.SEALED_BYTES]);
        assertThat(server.advance(Map.of(LABEL, third))).isFalse();
        assertThat(server.advance(Map.of(LABEL, new Counter(2, new byte[Counter.SEALED_BYTES]), OWNER, third)))
                .isFalse();
        assertThat(server.read(List.of(LABEL, OWNER)))
                .extracting(Counter::revision)
                .containsExactly(1L, 0L);
    }

    @Test
    void aCallHasALimit() throws Exception {
        CounterServer counters = counters(Right.values());
        EntryServer entries = entries(Right.values());
        assertThat(counters.read(Collections.nCopies(1_024, LABEL))).hasSize(1_024);
        assertThatIllegalArgumentException().isThrownBy(() -> counters.read(Collections.nCopies(1_025, LABEL)));
        assertThat(entries.find(Collections.nCopies(100_000, LABEL))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> entries.find(Collections.nCopies(100_001, LABEL)));
        assertThatIllegalArgumentException().isThrownBy(() -> entries.delete(Collections.nCopies(100_001, LABEL)));
        assertThatIllegalArgumentException().isThrownBy(() -> entries.add(Collections.nCopies(100_001, entry)));
        Map<UUID, Counter> tooMany = new java.util.HashMap<>();
        for (int i = 0; i <= 1_024; i++) {
            tooMany.put(new UUID(9, i), first);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> counters.advance(tooMany));
        assertThat(counters.evaluate(Collections.nCopies(1_024, BLINDED))).hasSize(1_024);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> counters.evaluate(Collections.nCopies(1_025, BLINDED)));
    }

    @Test
    void countersAndEntriesHaveTheirLengths() {
        assertThat(new Counter(1, new byte[40])).hasToString("Counter[1]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Counter(-1, new byte[40]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Counter(0, new byte[40]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Counter(1, new byte[39]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Entry(LABEL, new byte[34]));
        assertThat(entry).hasToString("Entry[" + LABEL + "]");
    }

    @Test
    void wordsHaveABoundedLength() {
        assertThat(new Keyword("f".repeat(1_024), "\u00e4".repeat(512)).input()).hasSize(2 + 1_024 + 2 + 1_024);
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("f".repeat(1_025), "w"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("f", "w".repeat(1_025)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("f", "\u00e4".repeat(513)));
    }

    @Test
    void nothingOfAWordOrItsKeysIsPrinted() {
        SecretBytes key = SecretBytes.random(32);
        assertThat(halves).hasToString("KeyHalves[secret]");
        assertThat(new WordKey(key)).hasToString("WordKey[secret]");
        assertThat(new Oprf(new byte[] {1})).hasToString("Oprf[secret]");
        assertThat(new KeywordIndex(entries(), counters())).hasToString("KeywordIndex[secret]");
    }

    /** AES-GCM under one key: a nonce that came twice would open both counts and let anybody seal others. */
    @Test
    void noCounterIsSealedUnderTheSameNonceTwice() throws Exception {
        WordKey word = new WordKey(SecretBytes.random(32));
        WordKey.Position position = new WordKey.Position(7, 1);
        Counter one = word.seal(position, 1);
        Counter other = word.seal(position, 1);
        assertThat(java.util.Arrays.copyOf(one.sealed(), 12))
                .isNotEqualTo(java.util.Arrays.copyOf(other.sealed(), 12))
                .isNotEqualTo(new byte[12]);
        assertThat(word.open(one)).isEqualTo(word.open(other)).isEqualTo(position);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> new WordKey(SecretBytes.random(32)).open(one));
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(NotGrantedException.class).isThrownBy(call);
    }
}
