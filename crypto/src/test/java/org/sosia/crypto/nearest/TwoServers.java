package org.sosia.crypto.nearest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sosia.crypto.nearest.Question.Neighbour;
import org.sosia.crypto.nearest.Question.Result;
import org.sosia.crypto.secret.SecretBytes;

/** Both servers, a dealer and an owner in one process, and beside them the plaintext that nobody else has. */
final class TwoServers implements AutoCloseable {
    static final Grant EVERYTHING = new Grant(Rows.all(), true, true);

    final Shape shape;
    final Dealer dealer;
    final MemoryTokenStore tokensA = new MemoryTokenStore();
    final MemoryTokenStore tokensB = new MemoryTokenStore();
    final Server a;
    final Server b;
    final Map<Integer, byte[]> plaintext = new TreeMap<>();

    TwoServers(Shape shape) {
        this(shape, Link.pair());
    }

    TwoServers(Shape shape, Link.Pair link) {
        this.shape = shape;
        dealer = new Dealer(shape, SecretBytes.random(32));
        a = new Server(Side.A, shape, dealer.maskKey(Side.A), tokensA, Duration.ofSeconds(20));
        b = new Server(Side.B, shape, dealer.maskKey(Side.B), tokensB, Duration.ofSeconds(20));
        a.connect(link.a());
        b.connect(link.b());
    }

    /** Puts rows numbered from {@code first} on. */
    void put(int first, List<byte[]> vectors) {
        Map<Integer, byte[]> rows = new TreeMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            rows.put(first + i, vectors.get(i));
        }
        change(rows, List.of());
    }

    void change(Map<Integer, byte[]> put, List<Integer> deleted) {
        List<SealedRow> forA = new ArrayList<>();
        List<SealedRow> forB = new ArrayList<>();
        put.forEach((row, vector) -> {
            RowMask.Pair sealed = dealer.mask(row).seal(vector);
            forA.add(sealed.a());
            forB.add(sealed.b());
        });
        long epoch = b.epoch() + 1;
        a.apply(new Change(epoch, forA, deleted));
        b.apply(new Change(epoch, forB, deleted));
        plaintext.putAll(put);
        deleted.forEach(plaintext::remove);
    }

    byte[] row(int number) {
        return Objects.requireNonNull(plaintext.get(number));
    }

    Token mint(int k, boolean pruned) {
        return mint(Plan.of(shape, b.roll(), 16, k, pruned));
    }

    Token mint(Plan plan) {
        Token token = dealer.mint(plan, b.roll(), 1).get(0);
        tokensA.deposit(token.id(), token.exposeSecretBytesFor(Side.A));
        tokensB.deposit(token.id(), token.exposeSecretBytesFor(Side.B));
        return token;
    }

    Result search(byte[] query, int k) throws Exception {
        return search(mint(k, false), query, k, EVERYTHING, EVERYTHING);
    }

    Result search(Token token, byte[] query, int k, Grant grantA, Grant grantB) throws Exception {
        Question question = new Question(token.forUser(), query, k, grantA.distances());
        return ask(question, grantA, grantB);
    }

    Result ask(Question question, Grant grantA, Grant grantB) throws Exception {
        var ofA = asking(a, question.request(Side.A), grantA);
        var ofB = asking(b, question.request(Side.B), grantB);
        try {
            return question.read(ofA.join(), ofB.join());
        } catch (CompletionException e) {
            CompletableFuture.allOf(ofA, ofB).handle((none, failure) -> 0).join();
            throw (Exception) e.getCause();
        }
    }

    static CompletableFuture<byte[]> asking(Server server, byte[] request, Grant grant) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return server.answer(request, grant);
            } catch (SearchRefusedException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** What the search must find: the nearest first, of equally near ones the lowest row. */
    static List<Neighbour> bruteForce(Map<Integer, byte[]> rows, byte[] query, int k, Rows allowed) {
        return rows.entrySet().stream()
                .filter(row -> allowed.contains(row.getKey()))
                .map(row -> new Neighbour(row.getKey(), OptionalInt.of(squaredDistance(row.getValue(), query))))
                .sorted(Comparator.comparingInt(
                                (Neighbour n) -> n.squaredDistance().getAsInt())
                        .thenComparingInt(Neighbour::row))
                .limit(k)
                .toList();
    }

    static int squaredDistance(byte[] x, byte[] y) {
        int sum = 0;
        for (int i = 0; i < x.length; i++) {
            int difference = (x[i] & 0xff) - (y[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
