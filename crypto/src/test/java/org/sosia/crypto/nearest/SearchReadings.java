package org.sosia.crypto.nearest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.secret.SecretBytes;

/** What the parties of a search read of each other, for the fuzzer: tokens, requests, frames between the servers, answers. */
public final class SearchReadings {
    private static final Grant EVERYTHING = new Grant(Rows.all(), true, true);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Shape shape = Shape.vector(4);
    private final Dealer dealer = new Dealer(shape, SecretBytes.random(32));
    private final List<SealedRow> rowsOfA = new ArrayList<>();
    private final List<SealedRow> rowsOfB = new ArrayList<>();
    private final Token token;
    private final Question question;
    private final byte[] supplement;
    private final byte[] framesOfA;
    private final byte[] answerOfA;
    private final byte[] answerOfB;
    private final Conversations deaf = new Conversations(new Silence(), PATIENCE);

    public SearchReadings() throws Exception {
        for (int row = 0; row < 9; row++) {
            RowMask.Pair sealed = dealer.mask(row).seal(new byte[] {(byte) row, 2, 3, 4});
            rowsOfA.add(sealed.a());
            rowsOfB.add(sealed.b());
        }
        Link.Pair link = Link.pair();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        MemoryTokenStore tokensOfA = new MemoryTokenStore();
        MemoryTokenStore tokensOfB = new MemoryTokenStore();
        try (Server a = server(Side.A, tokensOfA, new Recording(link.a(), sent));
                Server b = server(Side.B, tokensOfB, link.b())) {
            Plan plan = Plan.of(shape, b.roll(), 4, 2, false);
            token = dealer.mint(plan, b.roll(), 1).get(0);
            tokensOfA.deposit(token.id(), tokenOf(Side.A));
            tokensOfB.deposit(token.id(), tokenOf(Side.B));
            question = new Question(token.forUser(), new byte[] {1, 2, 3, 4}, 2, true);
            supplement = dealer.supplement(token.forUser(), b.roll());
            var ofA = CompletableFuture.supplyAsync(() -> answered(a, question.request(Side.A)));
            answerOfB = answered(b, question.request(Side.B));
            answerOfA = ofA.join();
        }
        framesOfA = sent.toByteArray();
    }

    private static byte[] answered(Server server, byte[] request) {
        try {
            return server.answer(request, EVERYTHING);
        } catch (SearchRefusedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Server server(Side side, TokenStore tokens, Link link) {
        Server server = new Server(side, shape, dealer.maskKey(side), tokens, PATIENCE);
        server.apply(new Change(1, side == Side.A ? rowsOfA : rowsOfB, List.of()));
        server.connect(link);
        return server;
    }

    public byte[] tokenOf(Side side) {
        return token.exposeSecretBytesFor(side);
    }

    public byte[] supplement() {
        return supplement.clone();
    }

    public byte[] framesOfA() {
        return framesOfA.clone();
    }

    public byte[] answerOfA() {
        return answerOfA.clone();
    }

    public byte[] requestOfB() {
        return question.request(Side.B);
    }

    public byte[] sealedRow() {
        return rowsOfA.get(1).encode();
    }

    public byte[] readRow(byte[] bytes) throws Exception {
        return SealedRow.decode(shape, bytes).encode();
    }

    public void readToken(Side side, byte[] bytes) throws Exception {
        ServerToken.decode(side, bytes);
    }

    /** What server A says to server B while both answer, one frame after the other. */
    public void readFrames(byte[] bytes) throws Exception {
        search(question.request(Side.B), bytes, tokenOf(Side.B));
    }

    public void readRequest(byte[] bytes) throws Exception {
        search(bytes, framesOfA, tokenOf(Side.B));
    }

    public void readSupplement(byte[] bytes) throws Exception {
        search(question.request(Side.B), framesOfA, tokenOf(Side.B), bytes);
    }

    public void readAnswer(byte[] bytes) throws Exception {
        question.read(bytes, answerOfB);
    }

    /** Server B's half of a search, with everything that server A says waiting already, and then that it stops. */
    private void search(byte[] request, byte[] frames, byte[] tokenPart, byte[]... supplements) throws Exception {
        ByteReader in = new ByteReader(request);
        in.expect(Question.VERSION, Side.B.code);
        UUID id = in.uuid();
        BlockingQueue<byte[]> said = new LinkedBlockingQueue<>();
        try {
            Link written = Link.over(new ByteArrayInputStream(frames), OutputStream.nullOutputStream());
            while (true) {
                said.add(written.receive());
            }
        } catch (IOException atTheEnd) {
            said.add(new byte[0]);
        }
        Gallery gallery = new Gallery(shape, dealer.maskKey(Side.B));
        gallery.apply(new Change(1, rowsOfB, List.of()));
        ServerToken read = ServerToken.decode(Side.B, tokenPart);
        for (byte[] supplement : supplements) {
            ByteReader more = new ByteReader(supplement);
            more.expect(Dealer.SUPPLEMENT_VERSION);
            read = read.with(Entries.read(more, read.plan.pruned()));
            more.end();
        }
        try (Conversation conversation = new Conversation(id, deaf, said, PATIENCE)) {
            new Search(Side.B, read, in, gallery, EVERYTHING, conversation).run();
        }
    }

    /** Notes what one end says. */
    private record Recording(Link link, ByteArrayOutputStream sent) implements Link {
        @Override
        public void send(byte[] frame) throws IOException {
            Link.over(new ByteArrayInputStream(new byte[0]), sent).send(frame);
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

    /** Takes every frame, and never has one. */
    private static final class Silence implements Link {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void send(byte[] frame) {}

        @Override
        public byte[] receive() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
