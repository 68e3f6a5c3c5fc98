package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

class ConcurrentSearchTest {
    private static final Shape SHAPE = Shape.vector(6);

    /** Every answer is that of one moment; a search that meets rows its token does not know says so. */
    @Test
    void searchesDuringChangesSeeOneMomentEach() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var servers = new TwoServers(SHAPE, overSockets())) {
            List<byte[]> first = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                first.add(vector(random));
            }
            servers.put(0, first);
            var moments = new ConcurrentLinkedQueue<Map<Integer, byte[]>>();
            moments.add(new TreeMap<>(servers.plaintext));
            byte[] query = vector(random);
            var searching = Executors.newFixedThreadPool(3);
            List<CompletableFuture<Question.Result>> searches = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                searches.add(CompletableFuture.supplyAsync(() -> patiently(servers, query), searching));
            }
            for (int i = 0; i < 60; i++) {
                Map<Integer, byte[]> put = Map.of(random.nextInt(150), vector(random), 150 + i, vector(random));
                Map<Integer, byte[]> next =
                        new TreeMap<>(moments.stream().reduce((x, y) -> y).orElseThrow());
                next.putAll(put);
                next.remove(i);
                // Known before anybody can see it.
                moments.add(next);
                Map<Integer, byte[]> without = new TreeMap<>(put);
                without.remove(i);
                servers.change(without, List.of(i));
            }
            for (var search : searches) {
                assertThat(moments.stream().map(rows -> TwoServers.bruteForce(rows, query, 5, Rows.all())))
                        .as("seed %d", seed)
                        .contains(search.join().neighbours());
            }
            searching.shutdown();
        }
    }

    private static Question.Result patiently(TwoServers servers, byte[] query) {
        for (int attempt = 0; ; attempt++) {
            try {
                Token token = servers.mint(5, false);
                return servers.search(token, query, 5, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
            } catch (SearchRefusedException overtaken) {
                assertThat(overtaken.reason()).isIn(Reason.TOKEN_OUTDATED, Reason.SERVERS_DISAGREE);
                assertThat(attempt).isLessThan(500);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static byte[] vector(SplittableRandom random) {
        byte[] vector = new byte[6];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (byte) random.nextInt(256);
        }
        return vector;
    }

    /** As between two processes. */
    private static Link.Pair overSockets() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket a = new Socket(listener.getInetAddress(), listener.getLocalPort());
            Socket b = listener.accept();
            return new Link.Pair(
                    Link.over(a.getInputStream(), a.getOutputStream()),
                    Link.over(b.getInputStream(), b.getOutputStream()));
        }
    }
}
