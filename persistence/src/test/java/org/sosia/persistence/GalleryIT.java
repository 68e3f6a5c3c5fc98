package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.nearest.Dealer;
import org.sosia.crypto.nearest.Plan;
import org.sosia.crypto.nearest.Question;
import org.sosia.crypto.nearest.Roll;
import org.sosia.crypto.nearest.RowMask;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.nearest.Token;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.GalleryRefusedException.Why;

/** Both ends of a gallery on real servers: what is stored, what is answered, and what is refused. */
class GalleryIT {

    private static final int DIMENSIONS = 256;
    private static final GalleryEnd A = new GalleryEnd("1", "grey-16.1", End.A, 16, 16, 4);
    private static final GalleryEnd B = new GalleryEnd("1", "grey-16.1", End.B, 16, 16, 4);

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private final Wires wires = new LocalWires();
    private final JdbcGallery a = TwoEnds.server(STORES.atA(), wires, null);
    private final JdbcGallery b = TwoEnds.server(STORES.atB(), wires, null);
    private final Dealer dealer = new Dealer(Shape.image(16, 16, 4), SecretBytes.random(32));
    private final Map<UUID, byte[]> images = new ConcurrentHashMap<>();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(4711);

    @BeforeEach
    void begun() {
        a.open(A, dealer.maskKey(Side.A).exposeSecretBytes());
        b.open(B, dealer.maskKey(Side.B).exposeSecretBytes());
        Leave leave = new Leave(
                UUID.randomUUID(),
                "dora",
                null,
                "olga",
                true,
                false,
                Instant.now().plusSeconds(3600));
        a.giveLeave("1", End.A, leave);
        b.copyLeaves("1", End.B, "dora", List.of(leave));
    }

    private byte[] image() {
        byte[] image = new byte[DIMENSIONS];
        random.nextBytes(image);
        return image;
    }

    private byte[] image(UUID record) {
        return Objects.requireNonNull(images.get(record));
    }

    private UUID add(byte[] image) {
        UUID record = UUID.randomUUID();
        int number = a.nextNumber(A);
        RowMask.Pair row = dealer.mask(number).seal(image);
        long version = row.a().version();
        b.stage(B, number, version, record, "olga", new byte[0], row.b().encode());
        a.stage(A, number, version, record, "olga", new byte[] {1}, row.a().encode());
        images.put(record, image);
        a.publish(A, number, version, record);
        follow();
        return record;
    }

    private void follow() {
        b.follow(B, a.changes(A, b.epoch(B), 100));
    }

    private static Roll roll(List<GalleryRow> rows) throws Exception {
        ByteBuffer encoded = ByteBuffer.allocate(5 + 12 * rows.size());
        encoded.put((byte) 1).putInt(rows.size());
        rows.forEach(row -> encoded.putInt(row.number()).putLong(row.version()));
        return Roll.decode(encoded.array());
    }

    private Token dealt(List<GalleryRow> rows) throws Exception {
        Plan plan = Plan.of(Shape.image(16, 16, 4), roll(rows), 0, 10, false);
        Token token = dealer.mint(plan, roll(rows), 1).get(0);
        a.deposit(A, token.id(), token.exposeSecretBytesFor(Side.A));
        b.deposit(B, token.id(), token.exposeSecretBytesFor(Side.B));
        return token;
    }

    private static int[] numbers(List<GalleryRow> rows) {
        return rows.stream().mapToInt(GalleryRow::number).toArray();
    }

    private List<Question.Neighbour> search(byte[] query, List<GalleryRow> rows, int k) throws Exception {
        return search(a, query, rows, k);
    }

    private List<Question.Neighbour> search(JdbcGallery atA, byte[] query, List<GalleryRow> rows, int k)
            throws Exception {
        Question question = new Question(dealt(rows).forUser(), query, k, true);
        var ofA = atA.answer(A, "dora", numbers(rows), question.request(Side.A));
        var ofB = b.answer(B, "dora", numbers(rows), question.request(Side.B));
        return question.read(ofA.join(), ofB.join()).neighbours();
    }

    /** A server that began anew has another connection, which the other one may find out by using the old one. */
    private List<Question.Neighbour> searchOnceReconnected(byte[] query, int k) throws Exception {
        try {
            return search(query, searchable(), k);
        } catch (CompletionException refused) {
            assertThat(refusal(refused)).isEqualTo(Why.UNAVAILABLE);
            return search(query, searchable(), k);
        }
    }

    private List<GalleryRow> searchable() {
        return a.searchable(A, "dora", Instant.now());
    }

    private int[] bruteForce(byte[] query, List<GalleryRow> rows, int k) {
        return rows.stream()
                .mapToInt(row -> TwoEnds.squaredDistance(query, image(row.record())))
                .sorted()
                .limit(k)
                .toArray();
    }

    private static int[] distances(List<Question.Neighbour> found) {
        return found.stream()
                .mapToInt(each -> each.squaredDistance().orElseThrow())
                .toArray();
    }

    private static Why refusal(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return ((GalleryRefusedException) Objects.requireNonNull(cause)).why();
    }

    // ------------------------------------------------------------------------------------------------------- the
    // answers

    @Test
    void theAnswerIsThatOfAPlainScanAlsoAfterAServerBegan() throws Exception {
        for (int i = 0; i < 30; i++) {
            add(image());
        }
        for (int i = 0; i < 5; i++) {
            byte[] query = image();
            assertThat(distances(search(query, searchable(), 4))).isEqualTo(bruteForce(query, searchable(), 4));
        }
        add(image());
        Wires others = new LocalWires();
        JdbcGallery againA = TwoEnds.server(STORES.atA(), others, null);
        JdbcGallery againB = TwoEnds.server(STORES.atB(), others, null);
        Question question = new Question(dealt(searchable()).forUser(), image(), 3, true);
        var ofA = againA.answer(A, "dora", numbers(searchable()), question.request(Side.A));
        var ofB = againB.answer(B, "dora", numbers(searchable()), question.request(Side.B));
        assertThat(question.read(ofA.join(), ofB.join()).searched()).isEqualTo(31);
    }

    @Test
    void imagesThatComeAndGoDuringSearchesNeverMakeAWrongAnswer() throws Exception {
        List<UUID> there = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            there.add(add(image()));
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread changing = new Thread(() -> {
            for (int i = 0; i < 40; i++) {
                add(image());
                a.withdraw(A, there.get(i % there.size()));
                follow();
            }
            over.set(true);
        });
        changing.start();
        int answered = 0;
        do {
            byte[] query = image();
            List<GalleryRow> rows = searchable();
            try {
                List<Question.Neighbour> found = search(query, rows, 5);
                answered++;
                int[] all = bruteForce(query, rows, rows.size());
                for (Question.Neighbour each : found) {
                    UUID record = rows.stream()
                            .filter(row -> row.number() == each.row())
                            .findFirst()
                            .orElseThrow()
                            .record();
                    assertThat(each.squaredDistance().orElseThrow())
                            .isEqualTo(TwoEnds.squaredDistance(query, image(record)));
                }
                // A row that was withdrawn meanwhile may be missing; what was there at the beginning and at the end is
                // not.
                List<GalleryRow> after = searchable();
                List<GalleryRow> throughout = rows.stream()
                        .filter(row -> after.stream().anyMatch(one -> one.number() == row.number()))
                        .toList();
                int[] least = bruteForce(query, throughout, 1);
                assertThat(found.get(0).squaredDistance().orElseThrow()).isLessThanOrEqualTo(least[0]);
                assertThat(all[0])
                        .isLessThanOrEqualTo(found.get(0).squaredDistance().orElseThrow());
            } catch (CompletionException refused) {
                assertThat(refusal(refused)).isEqualTo(Why.DISAGREE);
            }
        } while (!over.get());
        changing.join();
        assertThat(answered).isPositive();
        byte[] query = image();
        assertThat(distances(search(query, searchable(), 5))).isEqualTo(bruteForce(query, searchable(), 5));
    }

    // ------------------------------------------------------------------------------------------------------ the
    // refusals

    @Test
    void aTokenIsRefusedTheSecondTimeByEachServerAlone() throws Exception {
        add(image());
        List<GalleryRow> rows = searchable();
        Question question = new Question(dealt(rows).forUser(), image(), 1, true);
        var ofA = a.answer(A, "dora", numbers(rows), question.request(Side.A));
        var ofB = b.answer(B, "dora", numbers(rows), question.request(Side.B));
        assertThat(question.read(ofA.join(), ofB.join()).neighbours()).hasSize(1);

        for (JdbcGallery server : List.of(a, TwoEnds.server(STORES.atA(), wires, null))) {
            assertThatThrownBy(() -> server.answer(A, "dora", numbers(rows), question.request(Side.A))
                            .join())
                    .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.TOKEN_SPENT_OR_UNKNOWN));
        }
        assertThatThrownBy(() -> b.answer(B, "dora", numbers(rows), question.request(Side.B))
                        .join())
                .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.TOKEN_SPENT_OR_UNKNOWN));
        assertThat(a.tokensLeft(A)).isZero();
    }

    @Test
    void eachServerAloneRefusesRowsThatItsOwnListDoesNotAllow() throws Exception {
        add(image());
        List<GalleryRow> rows = searchable();
        for (String who : List.of("derek", "")) {
            Question question = new Question(dealt(rows).forUser(), image(), 1, true);
            assertThatThrownBy(() -> a.answer(A, who, numbers(rows), question.request(Side.A))
                            .join())
                    .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.NOT_GRANTED));
            assertThatThrownBy(() -> b.answer(B, who, numbers(rows), question.request(Side.B))
                            .join())
                    .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.NOT_GRANTED));
        }
        assertThat(a.searchable(A, "derek", Instant.now())).isEmpty();
    }

    @Test
    void aServerAnswersOnlySoManySearchesAnHour() throws Exception {
        add(image());
        JdbcGallery strict = TwoEnds.server(STORES.atA(), wires, null, 1);
        search(strict, image(), searchable(), 1);

        assertThatThrownBy(() -> search(strict, image(), searchable(), 1))
                .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.TOO_MANY));
    }

    @Test
    void serversThatHoldDifferentRowsRefuseUntilTheyAreAligned() throws Exception {
        UUID kept = add(image());
        add(image());
        STORES.tamper(STORES.atB(), "DELETE FROM place WHERE item_id <> '" + kept + "' AND side = 1");
        assertThatThrownBy(() -> search(image(), searchable(), 2))
                .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.DISAGREE));

        List<GalleryChange> missing = b.align(B, a.epoch(A), a.visible(A));
        assertThat(missing).hasSize(1);
        a.withdraw(A, a.recordOf(A, missing.get(0).number()).orElseThrow());
        b.align(B, a.epoch(A), a.visible(A));

        byte[] query = image();
        assertThat(distances(searchOnceReconnected(query, 2)))
                .containsExactly(TwoEnds.squaredDistance(query, image(kept)));
    }

    @Test
    void aChangeThatIsMissingOrWasNeverStagedIsRefused() {
        add(image());
        assertThatThrownBy(() -> b.follow(B, List.of(new GalleryChange(3, 9, 9, false))))
                .isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> b.follow(B, List.of(new GalleryChange(2, 9, 9, false))))
                .isInstanceOf(StoreConflictException.class);
        assertThat(b.epoch(B)).isEqualTo(1);
    }

    // ------------------------------------------------------------------------------------------------------ what is
    // stored

    /** Two stores, each with one image sealed many times over: its bytes are spread evenly, and differ from row to row. */
    @Test
    void neitherStoresRowsHoldAnImageOrDifferFromRandomBytes() throws Exception {
        byte[] image = new byte[DIMENSIONS];
        Arrays.fill(image, (byte) 200);
        for (int i = 0; i < 40; i++) {
            add(image);
        }
        for (DataSource store : List.of(STORES.atA(), STORES.atB())) {
            long[] counts = new long[256];
            long total = 0;
            for (byte[] row : bodies(store)) {
                for (int i = 13; i < row.length; i++) {
                    counts[row[i] & 0xff]++;
                    total++;
                }
            }
            double expected = total / 256.0;
            double chiSquare = Arrays.stream(counts)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // 255 degrees of freedom: above 400 once in ten million runs.
            assertThat(chiSquare).isLessThan(400);
        }
    }

    private static List<byte[]> bodies(DataSource store) throws SQLException {
        List<byte[]> bodies = new ArrayList<>();
        try (var connection = store.getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("SELECT body FROM place WHERE body IS NOT NULL")) {
            while (rows.next()) {
                bodies.add(rows.getBytes(1));
            }
        }
        assertThat(bodies).hasSize(40);
        return bodies;
    }
}
