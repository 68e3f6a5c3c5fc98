package org.sosia.persistence;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.nearest.Dealer;
import org.sosia.crypto.nearest.Plan;
import org.sosia.crypto.nearest.Question;
import org.sosia.crypto.nearest.Question.Neighbour;
import org.sosia.crypto.nearest.Roll;
import org.sosia.crypto.nearest.RowMask;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.nearest.Token;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.persistence.GalleryEnd.End;

/** A gallery of real X-rays at two clouds, wherever their servers run, and beside it the images that neither of them sees. */
final class TwoEnds {

    static final int SIDE = 28;
    static final int MOST_NEIGHBOURS = 10;

    private static final Shape SHAPE = Shape.image(SIDE, SIDE, 7);
    private static final String OWNER = "olga";
    private static final String DOCTOR = "dora";

    final GalleryEnd endA;
    final GalleryEnd endB;
    private final GalleryServer a;
    private final GalleryServer b;
    final Map<Integer, byte[]> images = new ConcurrentHashMap<>();
    private final Map<Integer, UUID> records = new ConcurrentHashMap<>();
    private final Dealer dealer = new Dealer(SHAPE, SecretBytes.random(32));

    /** @param realm one that no other gallery of a process that lives on has had */
    TwoEnds(GalleryServer a, GalleryServer b, String realm) {
        endA = end(realm, End.A);
        endB = end(realm, End.B);
        this.a = a;
        this.b = b;
        a.open(endA, dealer.maskKey(Side.A).exposeSecretBytes());
        b.open(endB, dealer.maskKey(Side.B).exposeSecretBytes());
        Leave leave = new Leave(
                UUID.randomUUID(),
                DOCTOR,
                null,
                OWNER,
                true,
                true,
                Instant.now().plusSeconds(3600));
        a.giveLeave(realm, End.A, leave);
        b.copyLeaves(realm, End.B, DOCTOR, List.of(leave));
    }

    static GalleryEnd end(String realm, End end) {
        return new GalleryEnd(realm, "grey-28.1", end, SIDE, SIDE, 7);
    }

    /** A cloud's server of galleries over a store, which answers itself or has another process do it. */
    static JdbcGallery server(DataSource source, Wires wires, @Nullable RemoteServer elsewhere, int mostAnHour) {
        return new JdbcGallery(
                source,
                work -> {
                    Thread thread = new Thread(work, "gallery");
                    thread.setDaemon(true);
                    thread.start();
                },
                wires,
                elsewhere,
                mostAnHour);
    }

    /** One whose limit no test reaches. */
    static JdbcGallery server(DataSource source, Wires wires, @Nullable RemoteServer elsewhere) {
        return server(source, wires, elsewhere, 10_000);
    }

    static List<byte[]> xrays() {
        try (var in = new DataInputStream(
                Objects.requireNonNull(TwoEnds.class.getResourceAsStream("/images/chest-xrays-64.idx")))) {
            in.readInt();
            int count = in.readInt();
            in.readInt();
            in.readInt();
            List<byte[]> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                images.add(in.readNBytes(SIDE * SIDE));
            }
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the row. */
    int add(byte[] image) {
        UUID record = UUID.randomUUID();
        int number = a.nextNumber(endA);
        RowMask.Pair row = dealer.mask(number).seal(image);
        long version = row.a().version();
        b.stage(endB, number, version, record, OWNER, new byte[0], row.b().encode());
        a.stage(endA, number, version, record, OWNER, new byte[] {1}, row.a().encode());
        images.put(number, image);
        records.put(number, record);
        a.publish(endA, number, version, record);
        follow();
        return number;
    }

    void withdraw(int number) {
        a.withdraw(endA, Objects.requireNonNull(records.get(number)));
        images.remove(number);
        follow();
    }

    private void follow() {
        b.follow(endB, a.changes(endA, b.epoch(endB), 100));
    }

    List<GalleryRow> searchable() {
        return a.searchable(endA, DOCTOR, Instant.now());
    }

    /** A question with a fresh token, which is delivered. */
    Question question(List<GalleryRow> rows, byte[] query, int k, boolean pruned) throws Exception {
        ByteBuffer encoded = ByteBuffer.allocate(5 + 12 * rows.size());
        encoded.put((byte) 1).putInt(rows.size());
        rows.forEach(row -> encoded.putInt(row.number()).putLong(row.version()));
        Roll roll = Roll.decode(encoded.array());
        Token token = dealer.mint(Plan.of(SHAPE, roll, 0, MOST_NEIGHBOURS, pruned), roll, 1)
                .get(0);
        a.deposit(endA, token.id(), token.exposeSecretBytesFor(Side.A));
        b.deposit(endB, token.id(), token.exposeSecretBytesFor(Side.B));
        return new Question(token.forUser(), query, k, true);
    }

    List<Neighbour> search(byte[] query, int k) throws Exception {
        List<GalleryRow> rows = searchable();
        return ask(question(rows, query, k, false), rows);
    }

    List<Neighbour> ask(Question question, List<GalleryRow> rows) throws Exception {
        var ofA = asking(End.A, question, rows);
        var ofB = asking(End.B, question, rows);
        return question.read(ofA.join(), ofB.join()).neighbours();
    }

    CompletableFuture<byte[]> asking(End end, Question question, List<GalleryRow> rows) {
        int[] numbers = rows.stream().mapToInt(GalleryRow::number).toArray();
        return end == End.A
                ? a.answer(endA, DOCTOR, numbers, question.request(Side.A))
                : b.answer(endB, DOCTOR, numbers, question.request(Side.B));
    }

    /** What the search must find: the nearest first, of equally near ones the lowest row. */
    List<Neighbour> bruteForce(byte[] query, int k) {
        return images.entrySet().stream()
                .map(row -> new Neighbour(row.getKey(), OptionalInt.of(squaredDistance(query, row.getValue()))))
                .sorted(Comparator.comparingInt(
                                (Neighbour n) -> n.squaredDistance().getAsInt())
                        .thenComparingInt(Neighbour::row))
                .limit(k)
                .toList();
    }

    int[] distances(byte[] query) {
        return bruteForce(query, images.size()).stream()
                .mapToInt(each -> each.squaredDistance().getAsInt())
                .toArray();
    }

    static int squaredDistance(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }

    /** The images of the rows, for whoever wants to look for them. */
    List<byte[]> plaintext() {
        return Arrays.asList(images.values().toArray(byte[][]::new));
    }
}
