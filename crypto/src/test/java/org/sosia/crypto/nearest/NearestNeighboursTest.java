package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.nearest.Question.Neighbour;

class NearestNeighboursTest {
    private static final long SEED = System.nanoTime();

    private final RandomGenerator random = new SplittableRandom(SEED);

    @Test
    void findsExactlyWhatAPlaintextScanFinds() throws Exception {
        for (int n : new int[] {1, 2, 63, 64, 65, 130, 1000}) {
            for (int d : new int[] {1, 5, 64}) {
                try (var servers = new TwoServers(Shape.vector(d))) {
                    servers.put(0, vectors(n, d, 256));
                    assertExact(servers, 10, 3);
                }
            }
        }
    }

    /** Four values in two dimensions: nearly all rows are as near as others. */
    @Test
    void ofEquallyNearRowsTheLowestComesFirst() throws Exception {
        try (var servers = new TwoServers(Shape.vector(2))) {
            servers.put(0, vectors(700, 2, 4));
            assertExact(servers, 40, 5);
        }
    }

    @Test
    void theFarthestPossibleVectorsAreStillOrdered() throws Exception {
        try (var servers = new TwoServers(Shape.vector(784))) {
            byte[] white = new byte[784];
            java.util.Arrays.fill(white, (byte) 255);
            byte[] nearlyWhite = white.clone();
            nearlyWhite[783] = (byte) 254;
            servers.put(0, List.of(white, nearlyWhite, new byte[784]));
            assertThat(servers.search(new byte[784], 3).neighbours())
                    .containsExactly(
                            new Neighbour(2, OptionalInt.of(0)),
                            new Neighbour(1, OptionalInt.of(783 * 65_025 + 254 * 254)),
                            new Neighbour(0, OptionalInt.of(784 * 65_025)));
        }
    }

    @Test
    void findsRealXraysAndTheirDuplicates() throws Exception {
        try (var servers = new TwoServers(Shape.vector(784))) {
            List<byte[]> images = Images.chestXrays();
            servers.put(0, images);
            for (int i = 0; i < 40; i++) {
                byte[] query = images.get(images.size() - 1 - i);
                assertThat(servers.search(query, 10).neighbours())
                        .isEqualTo(TwoServers.bruteForce(servers.plaintext, query, 10, Rows.all()));
            }
        }
    }

    @Test
    void rowsAreAddedReplacedAndDeleted() throws Exception {
        try (var servers = new TwoServers(Shape.vector(8))) {
            servers.put(0, vectors(300, 8, 256));
            servers.put(1000, vectors(20, 8, 256));
            assertExact(servers, 10, 2);
            servers.change(Map.of(5, new byte[8], 1001, new byte[8]), List.of(0, 299, 1000));
            assertExact(servers, 10, 2);
            assertThat(servers.search(new byte[8], 2).neighbours())
                    .extracting(Neighbour::row)
                    .containsExactly(5, 1001);
        }
    }

    @Test
    void manyReplacementsLeaveNoTrace() throws Exception {
        try (var servers = new TwoServers(Shape.vector(3))) {
            servers.put(0, vectors(300, 3, 256));
            for (int i = 0; i < 8; i++) {
                servers.put(0, vectors(300, 3, 256));
                assertExact(servers, 5, 1);
            }
        }
    }

    @Test
    void anEmptyCollectionHasNoNeighbours() throws Exception {
        try (var servers = new TwoServers(Shape.vector(3))) {
            assertThat(servers.search(new byte[3], 5).neighbours()).isEmpty();
        }
    }

    @Test
    void onlyGrantedRowsAreSearched() throws Exception {
        try (var servers = new TwoServers(Shape.vector(4))) {
            servers.put(0, vectors(500, 4, 256));
            for (Rows rows : List.of(Rows.range(100, 250), Rows.of(7, 3, 499, 8), Rows.of(), Rows.of(4000))) {
                var grant = new Grant(rows, true, false);
                byte[] query = vectors(1, 4, 256).get(0);
                assertThat(servers.search(servers.mint(10, false), query, 10, grant, grant)
                                .neighbours())
                        .as("seed %d", SEED)
                        .isEqualTo(TwoServers.bruteForce(servers.plaintext, query, 10, rows));
            }
        }
    }

    @Test
    void withoutTheGrantNoDistanceIsInTheAnswers() throws Exception {
        try (var servers = new TwoServers(Shape.vector(4))) {
            servers.put(0, vectors(100, 4, 256));
            var grant = new Grant(Rows.all(), false, false);
            byte[] query = vectors(1, 4, 256).get(0);
            var question = new Question(servers.mint(10, false).forUser(), query, 10, false);
            var ofA = TwoServers.asking(servers.a, question.request(Side.A), grant);
            var ofB = TwoServers.asking(servers.b, question.request(Side.B), grant);
            var answer = Question.Answer.decode(Side.A, question(question), ofA.join());
            assertThat(Arrays.stream(answer.shares())).allMatch(share -> share < 1 << 8);
            assertThat(question.read(ofA.join(), ofB.join()).neighbours())
                    .allMatch(n -> n.squaredDistance().isEmpty())
                    .extracting(Neighbour::row)
                    .containsExactlyElementsOf(TwoServers.bruteForce(servers.plaintext, query, 10, Rows.all()).stream()
                            .map(Neighbour::row)
                            .toList());
        }
    }

    private static java.util.UUID question(Question question) throws Exception {
        var in = new org.sosia.crypto.encoding.ByteReader(question.request(Side.A));
        in.fixed(2);
        return in.uuid();
    }

    @Test
    void aTokenServesRowsThatCameAfterItOnceSupplemented() throws Exception {
        try (var servers = new TwoServers(Shape.vector(4))) {
            servers.put(0, vectors(200, 4, 256));
            Roll before = servers.b.roll();
            Token token = servers.mint(10, false);
            servers.change(Map.of(3, new byte[4], 205, new byte[] {1, 0, 0, 0}), List.of(9));
            Roll added = Roll.decode(servers.b.roll().since(before).encode());
            assertThat(added.size()).isEqualTo(2);
            servers.tokensB.deposit(token.id(), servers.dealer.supplement(token.forUser(), added));
            assertThat(servers.search(token, new byte[4], 10, TwoServers.EVERYTHING, TwoServers.EVERYTHING)
                            .neighbours())
                    .isEqualTo(TwoServers.bruteForce(servers.plaintext, new byte[4], 10, Rows.all()))
                    .extracting(Neighbour::row)
                    .startsWith(3, 205);
        }
    }

    @Test
    void oneServerAFewChangesBehindIsWaitedFor() throws Exception {
        try (var servers = new TwoServers(Shape.vector(4))) {
            servers.put(0, vectors(100, 4, 256));
            Map<Integer, byte[]> old = new java.util.TreeMap<>(servers.plaintext);
            Token token = servers.mint(10, false);
            RowMask.Pair row = servers.dealer.mask(100).seal(new byte[4]);
            servers.a.apply(new Change(2, List.of(row.a()), List.of(0, 1)));
            assertThat(servers.search(token, new byte[4], 10, TwoServers.EVERYTHING, TwoServers.EVERYTHING)
                            .neighbours())
                    .isEqualTo(TwoServers.bruteForce(old, new byte[4], 10, Rows.all()));
        }
    }

    @Test
    void everyPartIsReadAsItWasWritten() throws Exception {
        Shape shape = Shape.image(4, 4, 2);
        var dealer = new Dealer(shape, org.sosia.crypto.secret.SecretBytes.random(32));
        byte[] row = dealer.mask(7).seal(vectors(1, 16, 256).get(0)).a().encode();
        assertThat(SealedRow.decode(shape, row).encode()).isEqualTo(row);
        Token token = dealer.mint(
                        Plan.of(shape, new Roll(new int[0], new long[0]), 5, 3, true),
                        new Roll(new int[0], new long[0]),
                        1)
                .get(0);
        byte[] user = token.forUser().exposeSecretBytes();
        assertThat(UserToken.decode(user).exposeSecretBytes()).isEqualTo(user);
        assertThat(dealer.minted()).isEqualTo(1);
    }

    private void assertExact(TwoServers servers, int k, int queries) throws Exception {
        for (byte[] query : vectors(queries, servers.shape.dimensions(), 256)) {
            assertThat(servers.search(query, k).neighbours())
                    .as("seed %d, %d rows", SEED, servers.plaintext.size())
                    .isEqualTo(TwoServers.bruteForce(servers.plaintext, query, k, Rows.all()));
        }
    }

    private List<byte[]> vectors(int count, int dimensions, int values) {
        List<byte[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] vector = new byte[dimensions];
            for (int j = 0; j < dimensions; j++) {
                vector[j] = (byte) random.nextInt(values);
            }
            vectors.add(vector);
        }
        return vectors;
    }
}
