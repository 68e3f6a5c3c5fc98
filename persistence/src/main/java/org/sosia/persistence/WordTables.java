package org.sosia.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.Counter;
import org.sosia.crypto.keywords.CounterServer;
import org.sosia.crypto.keywords.CounterStore;
import org.sosia.crypto.keywords.Entry;
import org.sosia.crypto.keywords.EntryServer;
import org.sosia.crypto.keywords.EntryStore;
import org.sosia.crypto.keywords.KeyHalves;
import org.sosia.crypto.keywords.KeywordGrants;
import org.sosia.crypto.keywords.NotGrantedException;

/** The tables of an index of words, on the connection of the transaction under way. One statement a call, whatever its size. */
final class WordTables implements EntryStore, CounterStore {

    /** Owners' keys have one epoch yet. */
    private static final int EPOCH = 1;

    private static final String OWNER = "sosia/v1/words/owner";

    private final Sql sql;

    WordTables(Sql sql) {
        this.sql = sql;
    }

    /** What a server of entries does for this caller, by its own list of grants. */
    static EntryServer entries(EntryStore store, KeyHalves keys, KeywordGrants grants, WordReader who) {
        return new EntryServer(keys, store, grants, owner(who), EPOCH, who.caller());
    }

    /** What a server of counts does for this caller, by its own list of grants. */
    static CounterServer counts(CounterStore store, KeyHalves keys, KeywordGrants grants, WordReader who) {
        return new CounterServer(keys, store, grants, owner(who), EPOCH, who.caller());
    }

    /** Half of the key of an owner: what a server says about a list of blinded words. */
    interface Evaluation {
        List<byte[]> answer() throws NotGrantedException, MalformedException;
    }

    /** Something asked of a server. */
    interface Question<T> {
        T answer() throws NotGrantedException;
    }

    static List<byte[]> evaluate(Evaluation evaluation) {
        try {
            return evaluation.answer();
        } catch (NotGrantedException refused) {
            throw new WordsRefusedException();
        } catch (MalformedException noPoint) {
            throw new IllegalArgumentException("not blinded words", noPoint);
        }
    }

    static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (NotGrantedException refused) {
            throw new WordsRefusedException();
        }
    }

    static <T> T orNotGranted(Supplier<T> call) throws NotGrantedException {
        try {
            return call.get();
        } catch (WordsRefusedException refused) {
            throw new NotGrantedException();
        }
    }

    static List<Entry> entries(Map<UUID, byte[]> values) {
        return values.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    static Map<UUID, byte[]> values(List<Entry> entries) {
        Map<UUID, byte[]> values = new HashMap<>();
        entries.forEach(entry -> values.put(entry.label(), entry.value()));
        return values;
    }

    static List<WordCount> counts(List<UUID> slots, List<Counter> counters) {
        List<WordCount> counts = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Counter counter = counters.get(i);
            counts.add(new WordCount(slots.get(i), counter.revision(), counter.sealed()));
        }
        return counts;
    }

    static List<WordCount> counts(List<UUID> slots, Map<UUID, Counter> counters) {
        return counts(
                slots,
                slots.stream()
                        .map(slot -> counters.getOrDefault(slot, Counter.NONE))
                        .toList());
    }

    static Map<UUID, Counter> counters(List<WordCount> counts) {
        Map<UUID, Counter> counters = new HashMap<>();
        counts.forEach(count -> counters.put(count.slot(), new Counter(count.revision(), count.sealed())));
        return counters;
    }

    /** The realm is in it: an owner of both hospitals has an index in each, under different keys. */
    static UUID owner(WordReader who) {
        byte[] text = new ByteWriter()
                .sized(OWNER.getBytes(StandardCharsets.UTF_8))
                .sized(who.realm().getBytes(StandardCharsets.UTF_8))
                .sized(who.owner().getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(text));
        return new UUID(digest.getLong(), digest.getLong());
    }

    // -------------------------------------------------------------------------------------------------------- entries

    @Override
    public boolean add(UUID owner, List<Entry> entries) {
        int added = sql.with(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO line (label, owner, value) SELECT label, ?, value"
                            + " FROM unnest(?::uuid[], ?::bytea[]) AS new (label, value) ON CONFLICT DO NOTHING")) {
                insert.setObject(1, owner);
                insert.setArray(
                        2, uuids(insert, entries.stream().map(Entry::label).toList()));
                insert.setArray(
                        3,
                        connection.createArrayOf(
                                "bytea", entries.stream().map(Entry::value).toArray(byte[][]::new)));
                return insert.executeUpdate();
            }
        });
        return added == entries.size();
    }

    @Override
    public List<Entry> find(UUID owner, Collection<UUID> labels) {
        return among(
                "SELECT label, value FROM line WHERE label = ANY (?) AND owner = ?",
                row -> new Entry(row.getObject(1, UUID.class), row.getBytes(2)),
                labels,
                owner);
    }

    @Override
    public void delete(UUID owner, Collection<UUID> labels) {
        sql.run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM line WHERE label = ANY (?) AND owner = ?")) {
                delete.setArray(1, uuids(delete, labels));
                delete.setObject(2, owner);
                delete.executeUpdate();
            }
        });
    }

    // --------------------------------------------------------------------------------------------------------- counts

    @Override
    public List<Counter> read(UUID owner, List<UUID> slots) {
        Map<UUID, Counter> found = new HashMap<>();
        for (WordCount count : among(
                "SELECT slot, revision, sealed FROM tally WHERE slot = ANY (?) AND owner = ?",
                row -> new WordCount(row.getObject(1, UUID.class), row.getLong(2), row.getBytes(3)),
                slots,
                owner)) {
            found.put(count.slot(), new Counter(count.revision(), count.sealed()));
        }
        return slots.stream()
                .map(slot -> found.getOrDefault(slot, Counter.NONE))
                .toList();
    }

    /** Locks in the order of the slots, as every writer does. */
    @Override
    public boolean advance(UUID owner, Map<UUID, Counter> counters) {
        List<UUID> slots = List.copyOf(counters.keySet());
        List<Counter> values = slots.stream().map(counters::get).toList();
        int advanced = sql.with(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO tally AS old (owner, slot, revision, sealed) SELECT ?, slot, revision, sealed"
                            + " FROM unnest(?::uuid[], ?::bigint[], ?::bytea[]) AS new (slot, revision, sealed) ORDER BY slot"
                            + " ON CONFLICT (owner, slot) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed"
                            + " WHERE old.revision = excluded.revision - 1")) {
                upsert.setObject(1, owner);
                upsert.setArray(2, uuids(upsert, slots));
                upsert.setArray(
                        3,
                        connection.createArrayOf(
                                "bigint", values.stream().map(Counter::revision).toArray()));
                upsert.setArray(
                        4,
                        connection.createArrayOf(
                                "bytea", values.stream().map(Counter::sealed).toArray(byte[][]::new)));
                return upsert.executeUpdate();
            }
        });
        return advanced == slots.size();
    }

    private <T> List<T> among(String select, Sql.RowReader<T> reader, Collection<UUID> names, UUID owner) {
        return sql.with(connection -> {
            try (PreparedStatement prepared = connection.prepareStatement(select)) {
                prepared.setArray(1, uuids(prepared, names));
                prepared.setObject(2, owner);
                try (ResultSet row = prepared.executeQuery()) {
                    List<T> rows = new ArrayList<>();
                    while (row.next()) {
                        rows.add(reader.read(row));
                    }
                    return rows;
                }
            }
        });
    }

    private static Array uuids(PreparedStatement statement, Collection<UUID> names) throws java.sql.SQLException {
        return statement.getConnection().createArrayOf("uuid", names.toArray());
    }
}
