package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Posting;

/**
 * Each cloud alone looks at everything that it has stored: it counts how often things occur, brings in records whose words it knows, and looks for
 * traces of what was searched. Cloud A learns numbers of entries; cloud B which counter moves how often, which is what we say that it learns.
 */
class CuriousCloudsAttackIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final WordReader OWNER = new WordReader("1", "olga", "olga");
    private static final Keyword COMMON = new Keyword("text", "fever");
    private static final Keyword RARE = new Keyword("icd10", "B20");

    private final KeywordIndex owner =
            new KeywordIndex(new KeptEntries(STORES.original(), OWNER), new KeptCounters(STORES.duplicate(), OWNER));

    private static List<String> rows(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    private static Set<String> labels() throws SQLException {
        return new HashSet<>(rows(STORES.atA(), "SELECT label::text FROM line"));
    }

    private void index(UUID record, Keyword... words) throws Exception {
        owner.apply(List.of(new Posting(record, true, Set.of(words))));
    }

    /** Frequency at A: forty records with the same word, and none of its rows is there twice. */
    @Test
    void cloudACannotTellACommonWordFromARareOne() throws Exception {
        for (int i = 0; i < 40; i++) {
            int before = labels().size();
            if (i == 7) {
                index(UUID.randomUUID(), COMMON, RARE);
            } else {
                index(UUID.randomUUID(), COMMON);
            }
            assertThat(labels()).as("every record brings as many rows").hasSize(before + 16);
        }
        assertThat(new HashSet<>(rows(STORES.atA(), "SELECT encode(value, 'hex') FROM line")))
                .hasSize(40 * 16);
    }

    /** The bytes that both clouds store of one word and one record, again and again, are uniform. */
    @Test
    void whatIsStoredLooksRandom() throws Exception {
        UUID record = UUID.randomUUID();
        for (int i = 0; i < 40; i++) {
            index(record, COMMON);
        }
        for (List<String> stored : List.of(
                rows(STORES.atA(), "SELECT encode(uuid_send(label) || value, 'hex') FROM line"),
                rows(STORES.atB(), "SELECT encode(uuid_send(slot) || sealed, 'hex') FROM tally"))) {
            byte[] bytes = java.util.HexFormat.of().parseHex(String.join("", stored));
            double expected = bytes.length / 256.0;
            int[] counts = new int[256];
            for (byte each : bytes) {
                counts[each & 0xff]++;
            }
            double chi = IntStream.of(counts)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // 255 degrees of freedom: more than 400 happens once in 10^8 runs.
            assertThat(chi).isBetween(130.0, 400.0);
        }
    }

    /**
     * File injection: A knows which rows a search asked for, and then brings in a record with a word that it suspects. Had the search been for that word,
     * a scheme without forward privacy would show the new row under a name that the search gave away.
     */
    @Test
    void whatASearchShowedSaysNothingAboutRecordsThatComeLater() throws Exception {
        index(UUID.randomUUID(), RARE);
        Set<String> shown = labels();
        var unused = owner.any(Set.of(RARE));
        index(UUID.randomUUID(), RARE, COMMON);

        Set<String> injected = labels();
        injected.removeAll(shown);
        assertThat(injected).hasSize(16).doesNotContainAnyElementsOf(shown);
        assertThat(rows(STORES.atA(), "SELECT encode(value, 'hex') FROM line")).doesNotHaveDuplicates();
    }

    /** Injection at B: it sees that a counter moved with the record that it brought in. This is the frequency attack that remains; THREATS.md names it. */
    @Test
    void cloudBSeesWhichCounterMovesAndNoWordRecordOrNumber() throws Exception {
        index(UUID.randomUUID(), RARE);
        Set<String> before = slots();
        UUID injected = UUID.randomUUID();
        index(injected, RARE);

        assertThat(slots().stream().filter(before::contains))
                .as("the word's counter is the same")
                .isNotEmpty();
        List<String> tally = rows(STORES.atB(), "SELECT tally::text FROM tally");
        assertThat(String.join("\n", tally))
                .doesNotContain(injected.toString())
                .doesNotContain(injected.toString().replace("-", ""));
        assertThat(rows(STORES.atB(), "SELECT length(sealed)::text FROM tally").stream()
                        .collect(Collectors.toSet()))
                .as("a large count is as long as a small one")
                .hasSize(1);
    }

    private static Set<String> slots() throws SQLException {
        return new HashSet<>(rows(STORES.atB(), "SELECT slot::text FROM tally"));
    }

    /** A deletion brings as many rows as an addition, and takes none away. */
    @Test
    void neitherCloudCanTellADeletionFromAnAddition() throws Exception {
        UUID record = UUID.randomUUID();
        index(record, COMMON, RARE);
        Set<String> added = labels();
        owner.apply(List.of(new Posting(record, false, Set.of(COMMON, RARE))));

        assertThat(labels()).hasSize(2 * added.size()).containsAll(added);
    }
}
