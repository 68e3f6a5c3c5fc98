package org.sosia.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sosia.crypto.nearest.Change;
import org.sosia.crypto.nearest.Dealer;
import org.sosia.crypto.nearest.Grant;
import org.sosia.crypto.nearest.Link;
import org.sosia.crypto.nearest.Plan;
import org.sosia.crypto.nearest.Question;
import org.sosia.crypto.nearest.Question.Neighbour;
import org.sosia.crypto.nearest.RowMask;
import org.sosia.crypto.nearest.Rows;
import org.sosia.crypto.nearest.SealedRow;
import org.sosia.crypto.nearest.Server;
import org.sosia.crypto.nearest.Shape;
import org.sosia.crypto.nearest.Side;
import org.sosia.crypto.nearest.Token;
import org.sosia.crypto.secret.SecretBytes;

/**
 * {@code ./sosia bench images}: exact nearest neighbours over sealed X-rays, two servers with a TCP connection over the loopback device between
 * them and a PostgreSQL server of its own for each, every answer compared with a plaintext scan. A search's time is all of it: making the request, burning the token and
 * reading its parts from both databases, expanding it, both servers, putting the answers together. Dealing the token is not in it: {@code .token}.
 */
final class ImagesBench {
    private static final int K = 10;
    private static final int BATCH = 256;
    private static final int TOKENS_AT_ONCE = 50;
    private static final Grant EVERYTHING = new Grant(Rows.all(), true, true);

    private final Figures figures;
    private final Connection storeA;
    private final Connection storeB;
    private final Xrays xrays = new Xrays(new SplittableRandom(28));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private int searches;
    private int mismatches;
    private double paillierProduct;

    ImagesBench(Figures figures, Connection storeA, Connection storeB) throws IOException {
        this.figures = figures;
        this.storeA = storeA;
        this.storeB = storeB;
    }

    /**
     * Measures.
     *
     * @param queries searches of the real collection; the larger ones get fewer
     */
    void run(int queries) throws Exception {
        try {
            paillierProduct = new Paillier().secondsPerProduct();
            figures.add("paillier-2048.product", paillierProduct * 1e3, "ms");
            measure(4406, queries, true);
            measure(10_000, Math.min(queries, 100), false);
            measure(100_000, Math.min(queries, 41), false);
            figures.add("knn.queries", searches, "searches");
            figures.add("knn.mismatches", mismatches, "searches");
        } finally {
            threads.shutdownNow();
        }
    }

    private void measure(int count, int queries, boolean pruning) throws Exception {
        List<byte[]> rows = xrays.rows(count);
        Shape shape = pruning ? Shape.image(Xrays.SIDE, Xrays.SIDE, 7) : Shape.vector(Xrays.SIDE * Xrays.SIDE);
        try (var servers = new Servers(shape)) {
            long started = System.nanoTime();
            servers.insert(rows);
            double inserting = (System.nanoTime() - started) / 1e9;
            String name = "knn." + count + "x" + shape.dimensions();
            double ours = searches(servers, rows, queries, K, false, name);
            double scan = scan(rows);
            figures.add(name + ".ratio-scan", scan / ours, "ratio");
            figures.add(name + ".ratio-paillier", paillierProduct * count * shape.dimensions() / ours, "ratio");
            if (pruning) {
                figures.add("insert", count / inserting, "rows/s");
                int some = Math.max(1, queries / 10);
                searches(servers, rows, some, 1, true, "pruned");
                searches(servers, rows, some, K, true, "pruned.k" + K);
            }
        }
    }

    /** Median seconds of a search. */
    private double searches(Servers servers, List<byte[]> rows, int queries, int k, boolean pruned, String name)
            throws Exception {
        Plan plan = Plan.of(servers.shape, servers.b.roll(), 64, k, pruned);
        double[] millis = new double[queries];
        double[] dealing = new double[queries];
        long kept = 0;
        List<Token> tokens = List.of();
        for (int i = 0; i < queries; i++) {
            int at = i % TOKENS_AT_ONCE;
            if (at == 0) {
                int batch = Math.min(TOKENS_AT_ONCE, queries - i);
                long started = System.nanoTime();
                tokens = servers.mint(plan, batch);
                Arrays.fill(dealing, i, i + batch, (System.nanoTime() - started) / 1e6 / batch);
            }
            byte[] query = xrays.query();
            long started = System.nanoTime();
            var question = new Question(tokens.get(at).forUser(), query, k, true);
            var result = servers.ask(question);
            millis[i] = (System.nanoTime() - started) / 1e6;
            kept += result.kept();
            searches++;
            mismatches += result.neighbours().equals(expected(rows, query, k)) ? 0 : 1;
        }
        figures.addTimes(name, millis, "ms");
        figures.addTimes(name + ".token", dealing, "ms");
        if (pruned) {
            figures.add(name + ".kept", 100.0 * kept / queries / rows.size(), "%");
        }
        return median(millis) / 1e3;
    }

    private static List<Neighbour> expected(List<byte[]> rows, byte[] query, int k) {
        return Arrays.stream(Xrays.scan(rows, query, k))
                .mapToObj(key -> new Neighbour((int) key, OptionalInt.of((int) (key >>> Integer.SIZE))))
                .toList();
    }

    private double scan(List<byte[]> rows) {
        double[] seconds = new double[15];
        for (int i = 0; i < seconds.length; i++) {
            byte[] query = xrays.query();
            long started = System.nanoTime();
            Xrays.scan(rows, query, K);
            seconds[i] = (System.nanoTime() - started) / 1e9;
        }
        return median(seconds);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Both servers and the key authority. */
    private final class Servers implements AutoCloseable {
        final Shape shape;
        private final Dealer dealer;
        private final SqlTokens tokensA;
        private final SqlTokens tokensB;
        private final Server a;
        private final Server b;

        Servers(Shape shape) throws IOException, SQLException {
            this.shape = shape;
            tokensA = new SqlTokens(storeA);
            tokensB = new SqlTokens(storeB);
            dealer = new Dealer(shape, SecretBytes.random(32));
            a = new Server(Side.A, shape, dealer.maskKey(Side.A), tokensA, Duration.ofMinutes(1));
            b = new Server(Side.B, shape, dealer.maskKey(Side.B), tokensB, Duration.ofMinutes(1));
            try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                a.connect(link(new Socket(listener.getInetAddress(), listener.getLocalPort())));
                b.connect(link(listener.accept()));
            }
        }

        private Link link(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return Link.over(socket.getInputStream(), socket.getOutputStream());
        }

        void insert(List<byte[]> rows) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                List<SealedRow> forA = new ArrayList<>();
                List<SealedRow> forB = new ArrayList<>();
                for (int row = from; row < Math.min(rows.size(), from + BATCH); row++) {
                    RowMask.Pair sealed = dealer.mask(row).seal(rows.get(row));
                    forA.add(sealed.a());
                    forB.add(sealed.b());
                }
                long epoch = a.epoch() + 1;
                a.apply(new Change(epoch, forA, List.of()));
                b.apply(new Change(epoch, forB, List.of()));
            }
        }

        List<Token> mint(Plan plan, int count) {
            List<Token> tokens = dealer.mint(plan, b.roll(), count);
            for (Token token : tokens) {
                tokensA.deposit(token.id(), token.exposeSecretBytesFor(Side.A));
                tokensB.deposit(token.id(), token.exposeSecretBytesFor(Side.B));
            }
            return tokens;
        }

        Question.Result ask(Question question)
                throws InterruptedException, ExecutionException, GeneralSecurityException {
            Callable<byte[]> askA = () -> a.answer(question.request(Side.A), EVERYTHING);
            Callable<byte[]> askB = () -> b.answer(question.request(Side.B), EVERYTHING);
            var ofA = threads.submit(askA);
            var ofB = threads.submit(askB);
            return question.read(ofA.get(), ofB.get());
        }

        @Override
        public void close() throws SQLException {
            a.close();
            b.close();
            tokensA.close();
            tokensB.close();
        }
    }
}
