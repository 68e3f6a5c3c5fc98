package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * One server keeps everything that it ever receives, rows, requests, tokens and frames, and looks for a pattern. The data are as telling as can be: every row is
 * white but one coordinate, and every query is the same.
 */
class CuriousServerAttackTest {
    private static final int DIMENSIONS = 12;
    private static final int ROWS = 200;
    private static final int K = 3;

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

    private final Queue<byte[]> fromA = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> fromB = new ConcurrentLinkedQueue<>();

    private TwoServers servers(boolean ascending) {
        var pair = Link.pair();
        var servers = new TwoServers(
                Shape.vector(DIMENSIONS), new Link.Pair(new Tapped(pair.a(), fromA), new Tapped(pair.b(), fromB)));
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            byte[] row = new byte[DIMENSIONS];
            Arrays.fill(row, (byte) 255);
            row[0] = (byte) (ascending ? i : ROWS - i);
            rows.add(row);
        }
        servers.put(0, rows);
        return servers;
    }

    @Test
    void whatEitherServerReceivesIsUniform() throws Exception {
        var requestsA = new Counts();
        var requestsB = new Counts();
        var tokensA = new Counts();
        var tokensB = new Counts();
        var stored = new Counts();
        try (var servers = servers(true)) {
            for (int i = 0; i < ROWS; i++) {
                byte[] row = servers.dealer.mask(i).seal(servers.row(i)).a().encode();
                stored.add(row, 13, row.length);
            }
            for (int i = 0; i < 60; i++) {
                Token token = servers.mint(K, false);
                byte[] a = token.exposeSecretBytesFor(Side.A);
                byte[] b = token.exposeSecretBytesFor(Side.B);
                tokensA.add(a, 29, a.length);
                tokensB.add(b, b.length - 60_000, b.length);
                var question = new Question(token.forUser(), new byte[DIMENSIONS], K, true);
                requestsA.add(question.request(Side.A), 21, 21 + 4 * DIMENSIONS + 4);
                requestsB.add(question.request(Side.B), 21, 21 + 4 * DIMENSIONS + 4);
                servers.ask(question, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
            }
        }
        assertThat(stored.chiSquare()).as("rows").isBetween(130.0, 420.0);
        assertThat(tokensA.chiSquare()).as("A's tokens").isBetween(130.0, 420.0);
        assertThat(tokensB.chiSquare()).as("B's tokens").isBetween(130.0, 420.0);
        assertThat(requestsA.chiSquare()).as("A's requests").isBetween(130.0, 420.0);
        assertThat(requestsB.chiSquare()).as("B's requests").isBetween(130.0, 420.0);
        assertThat(payloads(fromA).chiSquare()).as("frames to B").isBetween(130.0, 420.0);
        assertThat(payloads(fromB).chiSquare()).as("frames to A").isBetween(130.0, 420.0);
    }

    /** Behind the two steps in which the servers agree what they search, which is public. */
    private static Counts payloads(Queue<byte[]> frames) {
        var counts = new Counts();
        for (byte[] frame : frames) {
            if (ByteBuffer.wrap(frame).getInt(16) > 1) {
                counts.add(frame, Conversation.HEAD_BYTES, frame.length);
            }
        }
        assertThat(counts.total).isGreaterThan(100_000);
        return counts;
    }

    private static final class Counts {
        private final long[] counts = new long[256];
        private long total;

        void add(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                counts[bytes[i] & 0xff]++;
                total++;
            }
        }

        /** 255 degrees of freedom: below 130 or above 420 happens once in 10^9 runs. */
        double chiSquare() {
            double expected = total / 256.0;
            return Arrays.stream(counts)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
        }
    }

    /** The first sample's outcomes are those of a random order, whether the rows ascend or descend. */
    @Test
    void theOpenedOutcomesDoNotDependOnTheRows() throws Exception {
        int pairs = 64 * 63 / 2;
        for (boolean ascending : new boolean[] {true, false}) {
            fromA.clear();
            fromB.clear();
            int searches = 60;
            int step;
            try (var servers = servers(ascending)) {
                Plan plan = Plan.of(servers.shape, servers.b.roll(), 0, K, false);
                int levels = Integer.SIZE - Integer.numberOfLeadingZeros(plan.keyBits() - 1);
                // epoch, digest, shuffle, leaves, levels, signs
                step = 4 + levels;
                for (int i = 0; i < searches; i++) {
                    servers.search(
                            servers.mint(plan), new byte[DIMENSIONS], K, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
                }
            }
            long ones = 0;
            List<long[]> ofA = signs(fromA, step);
            List<long[]> ofB = signs(fromB, step);
            assertThat(ofA).hasSize(searches);
            for (int i = 0; i < searches; i++) {
                for (int bit = 0; bit < pairs; bit++) {
                    ones += Bits.get(ofA.get(i), bit) == Bits.get(ofB.get(i), bit) ? 0 : 1;
                }
            }
            // Inversions of 64 in random order: deviation 86 in one search, 11 in the mean of 60.
            assertThat(ones / (double) searches).isBetween(0.5 * pairs - 75, 0.5 * pairs + 75);
        }
    }

    private static List<long[]> signs(Queue<byte[]> frames, int step) {
        return frames.stream()
                .filter(frame -> ByteBuffer.wrap(frame).getInt(16) == step)
                .map(frame -> {
                    var words = ByteBuffer.wrap(frame)
                            .position(Conversation.HEAD_BYTES)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asLongBuffer();
                    long[] signs = new long[words.remaining()];
                    words.get(signs);
                    return signs;
                })
                .toList();
    }

    /** Two searches for the same vector have nothing in common that one server could see. */
    @Test
    void equalQueriesLookDifferent() throws Exception {
        try (var servers = servers(true)) {
            byte[] query = new byte[DIMENSIONS];
            byte[] one = new Question(servers.mint(K, false).forUser(), query, K, true).request(Side.A);
            byte[] other = new Question(servers.mint(K, false).forUser(), query, K, true).request(Side.A);
            int equal = 0;
            for (int i = 21; i < one.length; i++) {
                equal += one[i] == other[i] ? 1 : 0;
            }
            assertThat(equal).isLessThan(8);
        }
    }
}
