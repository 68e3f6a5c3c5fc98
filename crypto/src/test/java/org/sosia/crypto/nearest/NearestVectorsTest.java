package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sosia.crypto.nearest.TwoServers.asking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.nearest.Question.Neighbour;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/**
 * A search that another program computed from docs/FORMATS.md and docs/SEARCH.md: rows, tokens, requests, every byte that the two servers say to each other, and their
 * answers. Nothing in it is random once token, rows and requests are there.
 */
class NearestVectorsTest {
    private static final Grant EVERYTHING = new Grant(Rows.all(), true, true);

    private final Json vector = Json.resource("sosia/nearest-1.json");
    private final Json pruned = Json.resource("sosia/nearest-1-pruned.json");
    private final Shape shape = Shape.vector(vector.number("dimensions"));

    private static SecretBytes secret(Json json, String name) {
        return SecretBytes.copyOf(json.hex(name));
    }

    private static UUID id(byte[] encoded, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded, from, 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private UserToken userToken() throws Exception {
        return UserToken.decode(vector.hex("userToken"));
    }

    private List<SealedRow> rows(String side) throws Exception {
        List<SealedRow> rows = new ArrayList<>();
        for (Json row : vector.get("rows" + side).list()) {
            byte[] encoded = HexFormat.of().parseHex(row.toString());
            SealedRow read = SealedRow.decode(shape, encoded);
            assertThat(read.encode()).isEqualTo(encoded);
            rows.add(read);
        }
        return rows;
    }

    @Test
    void bothServersMasksUncoverTheRows() throws Exception {
        Dealer dealer = new Dealer(shape, secret(vector, "master"));
        List<SealedRow> ofA = rows("A");
        List<SealedRow> ofB = rows("B");
        List<Json> plain = vector.get("rows").list();
        assertThat(ofA).hasSameSizeAs(plain).hasSameSizeAs(ofB);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(ofA.get(i).row()).isEqualTo(plain.get(i).number("row"));
            assertUncovers(
                    dealer,
                    shape,
                    Part.VECTOR,
                    ofA.get(i),
                    ofB.get(i),
                    plain.get(i).hex("vector"));
        }
    }

    private static void assertUncovers(
            Dealer dealer, Shape shape, Part part, SealedRow ofA, SealedRow ofB, byte[] plain) {
        int[] masks = Words.plus(mask(dealer, shape, Side.A, part, ofA), mask(dealer, shape, Side.B, part, ofB));
        int[] values = part.of(shape, plain);
        assertThat(Words.plus(ofA.sealed(part), masks)).isEqualTo(values);
        assertThat(ofB.sealed(part)).isEqualTo(ofA.sealed(part));
        assertThat(ofA.norm(part) + ofB.norm(part)).isEqualTo(Words.dot(values, values));
    }

    private static int[] mask(Dealer dealer, Shape shape, Side side, Part part, SealedRow row) {
        return part.mask(part.masks(dealer.maskKey(side)), shape, row.row(), row.version());
    }

    @Test
    void aTokenIsDealtAsDocumented() throws Exception {
        UserToken user = userToken();
        assertThat(user.exposeSecretBytes()).isEqualTo(vector.hex("userToken"));
        assertThat(user.plan()).isEqualTo(new Plan(shape, 80, 7, 5, false));
        SecretBytes seedA = secret(vector, "seedA");
        SecretBytes seedB = secret(vector, "seedB");
        assertThat(ServerToken.dealA(user.id(), user.plan(), seedA, seedB)).isEqualTo(vector.hex("tokenA"));
        byte[] dealt = dealtToB(user, seedA, seedB);
        byte[] head = vector.hex("tokenBHead");
        assertThat(Arrays.copyOf(dealt, head.length)).isEqualTo(head);
        assertThat(dealt).hasSize(vector.number("tokenBBytes"));
        assertThat(Digests.sha256(dealt)).isEqualTo(vector.hex("tokenBDigest"));
    }

    /** The shares of products are at the end of the token's head, as a supplement for all rows has them. */
    private byte[] dealtToB(UserToken user, SecretBytes seedA, SecretBytes seedB) throws Exception {
        Roll roll = Roll.decode(vector.hex("roll"));
        assertThat(roll.encode()).isEqualTo(vector.hex("roll"));
        ByteReader supplement = new ByteReader(new Dealer(shape, secret(vector, "master")).supplement(user, roll));
        supplement.expect(Dealer.SUPPLEMENT_VERSION);
        return ServerToken.dealB(user.id(), user.plan(), seedA, seedB, Entries.read(supplement, false));
    }

    @Test
    void aSupplementIsTheDocumentedOne() throws Exception {
        Dealer dealer = new Dealer(shape, secret(vector, "master"));
        assertThat(dealer.supplement(userToken(), Roll.decode(vector.hex("laterRoll"))))
                .isEqualTo(vector.hex("supplement"));
    }

    /** But for the shares of the query's length, which the user draws, and which add up. */
    @Test
    void aRequestIsTheDocumentedOne() throws Exception {
        Question question = new Question(userToken(), vector.hex("query"), vector.number("k"), true);
        assertSameButForShares(question.request(Side.A), vector.hex("requestA"), shape.dimensions());
        assertSameButForShares(question.request(Side.B), vector.hex("requestB"), shape.dimensions());
        assertThat(lastShare(question.request(Side.A)) + lastShare(question.request(Side.B)))
                .isEqualTo(lastShare(vector.hex("requestA")) + lastShare(vector.hex("requestB")));
    }

    private static int lastShare(byte[] request) {
        return ByteBuffer.wrap(request).getInt(request.length - Integer.BYTES);
    }

    private static void assertSameButForShares(byte[] request, byte[] expected, int... dimensions) {
        byte[] known = request.clone();
        int at = 21;
        for (int d : dimensions) {
            at += 4 * d;
            System.arraycopy(expected, at, known, at, Integer.BYTES);
            at += Integer.BYTES;
        }
        assertThat(at).isEqualTo(expected.length);
        assertThat(known).isEqualTo(expected);
    }

    @Test
    void twoServersSayAndAnswerEveryByteAsDocumented() throws Exception {
        Queue<byte[]> fromA = new ConcurrentLinkedQueue<>();
        Queue<byte[]> fromB = new ConcurrentLinkedQueue<>();
        Link.Pair link = Link.pair();
        try (Server a = server(Side.A, new Tapped(link.a(), fromA));
                Server b = server(Side.B, new Tapped(link.b(), fromB))) {
            var answering = asking(a, vector.hex("requestA"), EVERYTHING);
            byte[] ofB = asking(b, vector.hex("requestB"), EVERYTHING).join();
            byte[] ofA = answering.join();

            assertFrames(fromA, "A");
            assertFrames(fromB, "B");
            assertThat(ofA).isEqualTo(vector.hex("answerA"));
            assertThat(ofB).isEqualTo(vector.hex("answerB"));
        }
    }

    private void assertFrames(Queue<byte[]> frames, String side) {
        byte[] all = joined(frames.stream().toList());
        byte[] opening = joined(frames.stream().limit(3).toList());
        assertThat(opening).isEqualTo(vector.hex("openingOf" + side));
        assertThat(frames).hasSize(vector.number("framesOf" + side));
        assertThat(Digests.sha256(all)).isEqualTo(vector.hex("digestOf" + side));
    }

    private static byte[] joined(List<byte[]> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private Server server(Side side, Link link) throws Exception {
        Dealer dealer = new Dealer(shape, secret(vector, "master"));
        MemoryTokenStore tokens = new MemoryTokenStore();
        UserToken user = userToken();
        tokens.deposit(
                user.id(),
                side == Side.A
                        ? vector.hex("tokenA")
                        : dealtToB(user, secret(vector, "seedA"), secret(vector, "seedB")));
        Server server = new Server(side, shape, dealer.maskKey(side), tokens, Duration.ofMinutes(2));
        server.apply(new Change(vector.number("epoch"), rows(side.name()), List.of()));
        assertThat(server.roll().encode()).isEqualTo(vector.hex("roll"));
        server.connect(link);
        return server;
    }

    @Test
    void theUserReadsBothAnswers() throws Exception {
        Question question = new Question(userToken(), vector.hex("query"), vector.number("k"), true);
        var result = question.read(vector.hex("answerA"), vector.hex("answerB"));
        List<Neighbour> expected = vector.get("nearest").list().stream()
                .map(row -> new Neighbour(row.number("row"), OptionalInt.of(row.number("squaredDistance"))))
                .toList();
        assertThat(result).isEqualTo(new Question.Result(expected, 72, 72));
        assertThat(Question.Answer.decode(Side.A, id(vector.hex("answerA"), 2), vector.hex("answerA"))
                        .encode(Side.A, id(vector.hex("userToken"), 1)))
                .isEqualTo(vector.hex("answerA"));
    }

    /** Rows, tokens and requests of the pruned mode carry a second, shorter vector. */
    @Test
    void thePrunedModeIsWrittenAsDocumented() throws Exception {
        Shape image = Shape.image(pruned.number("columns"), pruned.number("lines"), pruned.number("segments"));
        assertThat(LowerBound.of(image, pruned.hex("image")))
                .containsExactly(pruned.get("bound").list().stream()
                        .mapToInt(value -> Integer.parseInt(value.toString()))
                        .toArray());
        SealedRow ofA = SealedRow.decode(image, pruned.hex("rowA"));
        SealedRow ofB = SealedRow.decode(image, pruned.hex("rowB"));
        assertThat(ofA.encode()).isEqualTo(pruned.hex("rowA"));
        assertThat(ofB.encode()).isEqualTo(pruned.hex("rowB"));
        UserToken user = UserToken.decode(pruned.hex("userToken"));
        assertThat(user.plan()).isEqualTo(new Plan(image, 20, 5, 2, true));
        assertThat(user.exposeSecretBytes()).isEqualTo(pruned.hex("userToken"));
        Dealer dealer = new Dealer(image, secret(pruned, "master"));
        for (Part part : Part.values()) {
            assertUncovers(dealer, image, part, ofA, ofB, pruned.hex("image"));
        }
        assertThat(dealer.supplement(user, Roll.decode(pruned.hex("roll")))).isEqualTo(pruned.hex("supplement"));

        Question question = new Question(user, pruned.hex("query"), pruned.number("k"), false);
        int[] dimensions = {24, 8};
        assertSameButForShares(question.request(Side.A), pruned.hex("requestA"), dimensions);
        assertSameButForShares(question.request(Side.B), pruned.hex("requestB"), dimensions);
        assertThat(lastShare(question.request(Side.A)) + lastShare(question.request(Side.B)))
                .isEqualTo(lastShare(pruned.hex("requestA")) + lastShare(pruned.hex("requestB")));
    }

    /** A link that keeps a copy of what one server sends. */
    private record Tapped(Link link, Queue<byte[]> sent) implements Link {
        @Override
        public void send(byte[] frame) throws IOException {
            sent.add(frame.clone());
            link.send(frame);
        }

        @Override
        public byte[] receive() throws IOException {
            return link.receive();
        }

        @Override
        public void close() throws IOException {
            link.close();
        }
    }
}
