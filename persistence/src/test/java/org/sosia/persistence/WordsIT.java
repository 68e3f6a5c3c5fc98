package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Posting;
import org.sosia.crypto.keywords.NotGrantedException;

/** An index of words over two real stores: entries at cloud A, counts at cloud B, each by its own rows about who may ask. */
class WordsIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final String REAL = "1";
    private static final String OWNER = "olga";
    private static final String DOCTOR = "dora";
    private static final Keyword COUGH = new Keyword("text", "husten");
    private static final Keyword FEVER = new Keyword("icd10", "R509");

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final KeywordIndex owner = index(OWNER);

    private static KeywordIndex index(String caller) {
        var who = new WordReader(REAL, OWNER, caller);
        return new KeywordIndex(new KeptEntries(STORES.original(), who), new KeptCounters(STORES.duplicate(), who));
    }

    /** What the clouds have about a doctor to whom the owner gave a record: a grant at A, a key at B. */
    private void letTheDoctorIn() {
        STORES.tamper(
                STORES.atA(),
                "INSERT INTO item (id, subject_id, owner, version, state, created_at, updated_at, sealed_bytes, metadata, header, attempt)"
                        + " VALUES ('" + first
                        + "', gen_random_uuid(), 'olga', 1, 'READY', now(), now(), 0, '', '', gen_random_uuid());"
                        + "INSERT INTO half (id, item_id, grantee, half, expires_at, revoked, kind) VALUES (gen_random_uuid(), '"
                        + first + "', 'dora', 'x', now() + interval '1 hour', false, 'HALF')");
        STORES.tamper(
                STORES.atB(), "INSERT INTO lever (realm, subject, encoded, revoked) VALUES ('1', 'dora', 'x', false)");
    }

    @Test
    void whatIsAddedIsFoundAndWhatIsTakenBackIsNot() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH, FEVER)), new Posting(second, true, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactlyInAnyOrder(first, second);
        assertThat(index(OWNER).all(Set.of(COUGH, FEVER)).records()).containsExactly(first);

        owner.apply(List.of(new Posting(first, false, Set.of(COUGH, FEVER))));
        assertThat(owner.any(Set.of(COUGH, FEVER)).records()).containsExactly(second);
        assertThat(owner.compact(COUGH)).isTrue();
        assertThat(index(OWNER).any(Set.of(COUGH)).records()).containsExactly(second);
    }

    @Test
    void whoHoldsAGrantSearchesAndChangesNothing() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        assertThatThrownBy(() -> index(DOCTOR).any(Set.of(COUGH))).isInstanceOf(NotGrantedException.class);
        letTheDoctorIn();

        KeywordIndex doctor = index(DOCTOR);
        assertThat(doctor.any(Set.of(COUGH)).records()).containsExactly(first);
        assertThatThrownBy(() -> doctor.apply(List.of(new Posting(second, true, Set.of(COUGH)))))
                .isInstanceOf(NotGrantedException.class);
        assertThatThrownBy(() -> doctor.compact(COUGH)).isInstanceOf(NotGrantedException.class);
    }

    /** Whatever keys of words the session remembers. */
    @Test
    void aRevocationAtEitherCloudIsEnoughAndAtOnce() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        letTheDoctorIn();
        KeywordIndex doctor = index(DOCTOR);
        assertThat(doctor.any(Set.of(COUGH)).records()).containsExactly(first);

        STORES.tamper(STORES.atB(), "UPDATE lever SET revoked = true");
        assertThatThrownBy(() -> doctor.any(Set.of(COUGH))).isInstanceOf(NotGrantedException.class);
        STORES.tamper(STORES.atB(), "UPDATE lever SET revoked = false");
        assertThat(doctor.any(Set.of(COUGH)).records()).containsExactly(first);

        STORES.tamper(STORES.atA(), "UPDATE half SET revoked = true");
        assertThatThrownBy(() -> doctor.any(Set.of(COUGH))).isInstanceOf(NotGrantedException.class);
        STORES.tamper(STORES.atA(), "UPDATE half SET revoked = false, expires_at = now()");
        assertThatThrownBy(() -> doctor.any(Set.of(COUGH))).isInstanceOf(NotGrantedException.class);
    }

    @Test
    void anotherOwnerAndAnotherHospitalHaveNothingInCommon() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        for (WordReader other : List.of(new WordReader(REAL, "otto", "otto"), new WordReader("2", OWNER, OWNER))) {
            KeywordIndex index = new KeywordIndex(
                    new KeptEntries(STORES.original(), other), new KeptCounters(STORES.duplicate(), other));
            assertThat(index.any(Set.of(COUGH)).records()).isEmpty();
        }
    }

    @Test
    void ofTwoWritersOneIsRefusedAsAWhole() throws Exception {
        var who = new WordReader(REAL, OWNER, OWNER);
        UUID slot = UUID.randomUUID();
        byte[] sealed = new byte[40];
        STORES.duplicate().advanceCounts(who, List.of(new WordCount(slot, 1, sealed)));

        assertThatThrownBy(() -> STORES.duplicate()
                        .advanceCounts(
                                who,
                                List.of(new WordCount(UUID.randomUUID(), 1, sealed), new WordCount(slot, 1, sealed))))
                .isInstanceOf(StoreConflictException.class);
        assertThat(rows(STORES.atB(), "SELECT slot::text FROM tally")).containsExactly(slot.toString());
    }

    /**
     * Writers add and take back, a third tidies up, while readers search. What was there before and stays is in every answer; what was taken
     * back before the question is in none.
     */
    @Test
    void changesWhileOthersSearchNeverGiveAWrongAnswer() throws Exception {
        List<UUID> lasting =
                IntStream.range(0, 6).mapToObj(i -> UUID.randomUUID()).toList();
        UUID gone = UUID.randomUUID();
        for (UUID record : lasting) {
            owner.apply(List.of(new Posting(record, true, Set.of(COUGH))));
        }
        owner.apply(List.of(new Posting(gone, true, Set.of(COUGH))));
        owner.apply(List.of(new Posting(gone, false, Set.of(COUGH))));
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> busy = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            KeywordIndex index = index(OWNER);
            busy.add(CompletableFuture.runAsync(() -> changeRepeatedly(index)));
        }
        CompletableFuture<Integer> searches = CompletableFuture.supplyAsync(() -> {
            KeywordIndex index = index(OWNER);
            int answers = 0;
            while (!over.get()) {
                Set<UUID> found = found(index);
                assertThat(found).containsAll(lasting).doesNotContain(gone);
                answers++;
            }
            return answers;
        });
        CompletableFuture.allOf(busy.toArray(CompletableFuture[]::new)).join();
        over.set(true);

        assertThat(searches.join()).isPositive();
        assertThat(found(owner)).containsExactlyInAnyOrderElementsOf(lasting);
    }

    private static void changeRepeatedly(KeywordIndex index) {
        for (int round = 0; round < 12; round++) {
            UUID record = UUID.randomUUID();
            try {
                apply(index, new Posting(record, true, Set.of(COUGH)));
                assertThat(found(index)).contains(record);
                apply(index, new Posting(record, false, Set.of(COUGH)));
                assertThat(found(index)).doesNotContain(record);
                if (round % 4 == 3) {
                    var unused = index.compact(COUGH);
                }
            } catch (GeneralSecurityException | NotGrantedException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    /** An update that others overtook is repeated, as the worker repeats its order. */
    private static void apply(KeywordIndex index, Posting posting)
            throws GeneralSecurityException, NotGrantedException {
        for (int attempt = 0; ; attempt++) {
            try {
                index.apply(List.of(posting));
                return;
            } catch (IllegalStateException overtaken) {
                assertThat(attempt).isLessThan(50);
            }
        }
    }

    private static Set<UUID> found(KeywordIndex index) {
        try {
            return index.any(Set.of(COUGH)).records();
        } catch (GeneralSecurityException | NotGrantedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A crash between the two steps of an update: its entries never arrive, and another attempt repeats it. */
    @Test
    void anUpdateThatBrokeOffIsRepeatedAndItsGapsAreFilled() throws Exception {
        var who = new WordReader(REAL, OWNER, OWNER);
        KeywordIndex dying = new KeywordIndex(new KeptEntries(away(), who), new KeptCounters(STORES.duplicate(), who));
        assertThatIllegalStateException()
                .isThrownBy(() -> dying.apply(List.of(new Posting(first, true, Set.of(COUGH)))));
        assertThat(owner.any(Set.of(COUGH)).missing()).isEqualTo(1);

        owner.apply(List.of(new Posting(first, true, Set.of(COUGH))));
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(first);
        assertThat(owner.fill(COUGH)).isEqualTo(1);
        assertThat(owner.any(Set.of(COUGH)).missing()).isZero();
        assertThat(owner.any(Set.of(COUGH)).records()).containsExactly(first);
    }

    /** Cloud A, dead at the moment when entries are added. */
    private static EntryKeeper away() {
        return (EntryKeeper) java.lang.reflect.Proxy.newProxyInstance(
                EntryKeeper.class.getClassLoader(), new Class<?>[] {EntryKeeper.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addEntries")) {
                        throw new IllegalStateException("dead");
                    }
                    return method.invoke(STORES.original(), arguments);
                });
    }

    /** Whoever steals a database reads neither a word nor, at B, a record's id; and no half of a key that B has is at A. */
    @Test
    void aStolenDatabaseHoldsNoWord() throws Exception {
        owner.apply(List.of(new Posting(first, true, Set.of(COUGH, FEVER))));
        String atA = String.join("\n", rows(STORES.atA(), "SELECT line::text FROM line"));
        String atB = String.join("\n", rows(STORES.atB(), "SELECT tally::text FROM tally"));

        assertThat(atA.lines().count()).isEqualTo(16);
        assertThat(atB.lines().count()).isEqualTo(16);
        for (String stolen : List.of(atA, atB)) {
            for (String word : List.of(COUGH.word(), FEVER.word(), "icd10")) {
                assertThat(stolen)
                        .doesNotContainIgnoringCase(word)
                        .doesNotContain(HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(stolen)
                    .doesNotContain(first.toString())
                    .doesNotContain(first.toString().replace("-", ""));
        }
        // Each has a half of its own: the same blinded word comes back as something else.
        var who = new WordReader(REAL, OWNER, OWNER);
        List<byte[]> blinded = List.of(Point.hash("test".getBytes(StandardCharsets.UTF_8), new byte[] {1})
                .encode());
        assertThat(STORES.original().evaluateForEntries(who, blinded).get(0))
                .isNotEqualTo(STORES.duplicate().evaluateForCounts(who, blinded).get(0));
    }

    @Test
    void whatAPersonKeepsIsReplacedInOrder() {
        OriginalCloud cloud = STORES.original();
        cloud.keepDesk(new Desk(OWNER, 1, new byte[] {1}));
        cloud.keepDesk(new Desk(OWNER, 2, new byte[] {2}));

        assertThatThrownBy(() -> cloud.keepDesk(new Desk(OWNER, 2, new byte[] {3})))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.desk(OWNER).orElseThrow().sealed()).containsExactly(2);
        assertThat(cloud.desk(DOCTOR)).isEmpty();
    }

    @Test
    void whatWasNotedOfARecordComesBackUntilItIsForgotten() {
        OriginalCloud cloud = STORES.original();
        cloud.keepGist(first, new byte[] {1});
        cloud.keepGist(first, new byte[] {2});
        assertThat(cloud.gist(first).orElseThrow()).containsExactly(2);
        cloud.dropGist(first);
        assertThat(cloud.gist(first)).isEmpty();
    }

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
}
