package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sosia.crypto.channel.Channel;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;
import org.sosia.crypto.nearest.Question;
import org.sosia.crypto.nearest.Question.Neighbour;
import org.sosia.persistence.GalleryEnd.End;
import org.sosia.persistence.GalleryRefusedException.Why;

/** The two servers of searches in two processes of their own, each over its own store: what they answer, and whom they refuse. */
class SearchProcessesIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final GalleryEnd SOME = TwoEnds.end("some", End.A);

    @TempDir
    static Path folder;

    private static int portA;
    private static int portB;
    private static Process processA;
    private static Process processB;
    private static ChannelKeys hospital;

    @BeforeAll
    static void start() throws Exception {
        SearchKeys.make(folder);
        Files.writeString(folder.resolve("store.password"), "none");
        hospital = keys(Party.HOSPITAL);
        portA = freePort();
        portB = freePort();
        processB = started("b", portB, STORES.atB(), Party.SERVER_B);
        processA = started("a", portA, STORES.atA(), Party.SERVER_A);
        listening(processB);
        listening(processA);
    }

    @AfterAll
    static void stop() {
        processA.destroy();
        processB.destroy();
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static ChannelKeys keys(Party party) throws Exception {
        return SearchKeys.read(file(party, ".p12"), file(party, ".password"), party);
    }

    private static Path file(Party party, String ending) {
        return folder.resolve(party.commonName() + ending);
    }

    private static Process started(String which, int port, DataSource store, Party party) throws IOException {
        String prefix = "-Dsosia.store-" + which;
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        prefix + ".host=127.0.0.1",
                        prefix + ".port=" + ((PGSimpleDataSource) store).getPortNumbers()[0],
                        prefix + ".database=postgres",
                        prefix + ".user=postgres",
                        prefix + ".password-file=" + folder.resolve("store.password"),
                        "-Dsosia.search.listen=127.0.0.1:" + port,
                        "-Dsosia.search.server-b=127.0.0.1:" + portB,
                        "-Dsosia.search.keys-file=" + file(party, ".p12"),
                        "-Dsosia.search.keys-password-file=" + file(party, ".password"),
                        "-Dsosia.search.per-hour=10000",
                        SearchServer.class.getName(),
                        which)
                .redirectError(folder.resolve(which + ".log").toFile())
                .start();
    }

    private static void listening(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(Objects.requireNonNull(out.readLine(), "it ended")).startsWith("listening on port");
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static RemoteServer remote(ChannelKeys as, int port, Party party) {
        return new RemoteServer(as, at(port), party);
    }

    private static TwoEnds ends() {
        String realm = UUID.randomUUID().toString();
        Wires none = (end, used, works) -> {
            throw new IOException("the hospital links with nobody");
        };
        return new TwoEnds(
                TwoEnds.server(STORES.atA(), none, remote(hospital, portA, Party.SERVER_A)),
                TwoEnds.server(STORES.atB(), none, remote(hospital, portB, Party.SERVER_B)),
                realm);
    }

    private static Why refusal(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return ((GalleryRefusedException) Objects.requireNonNull(cause)).why();
    }

    /** A gallery that began anew has another link, which one of the two may find out by using the old one. */
    private static List<Neighbour> searchOnceLinked(TwoEnds ends, byte[] query, int k) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return ends.search(query, k);
            } catch (CompletionException refused) {
                assertThat(refusal(refused)).isEqualTo(Why.UNAVAILABLE);
                assertThat(attempt).isLessThan(10);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------ answers

    @Test
    void theyAnswerAsAPlainScanWould() throws Exception {
        TwoEnds ends = ends();
        List<byte[]> xrays = TwoEnds.xrays();
        xrays.subList(0, 40).forEach(ends::add);
        searchOnceLinked(ends, xrays.get(0), 1);

        for (byte[] query : xrays.subList(30, 50)) {
            assertThat(ends.search(query, 5)).isEqualTo(ends.bruteForce(query, 5));
        }
        ends.withdraw(ends.add(xrays.get(41)));
        ends.withdraw(3);
        ends.add(xrays.get(42));
        List<CompletableFuture<List<Neighbour>>> atOnce = new ArrayList<>();
        for (byte[] query : xrays.subList(0, 6)) {
            atOnce.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return ends.search(query, TwoEnds.MOST_NEIGHBOURS);
                } catch (Exception failed) {
                    throw new CompletionException(failed);
                }
            }));
        }
        for (int i = 0; i < atOnce.size(); i++) {
            assertThat(atOnce.get(i).join()).isEqualTo(ends.bruteForce(xrays.get(i), TwoEnds.MOST_NEIGHBOURS));
        }
    }

    @Test
    void whenOneIsGoneThereIsNoPartOfAnAnswerAndWhenItIsBackThereIsAnAnswer() throws Exception {
        TwoEnds ends = ends();
        List<byte[]> xrays = TwoEnds.xrays();
        xrays.subList(0, 5).forEach(ends::add);
        searchOnceLinked(ends, xrays.get(0), 1);

        processB.destroyForcibly().waitFor();
        List<GalleryRow> rows = ends.searchable();
        Question question = ends.question(rows, xrays.get(9), 2, false);
        for (End end : End.values()) {
            assertThatThrownBy(() -> ends.asking(end, question, rows).join())
                    .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.UNAVAILABLE));
        }

        processB = started("b", portB, STORES.atB(), Party.SERVER_B);
        listening(processB);
        assertThat(searchOnceLinked(ends, xrays.get(9), 2)).isEqualTo(ends.bruteForce(xrays.get(9), 2));
    }

    @Test
    void aTokenIsRefusedTheSecondTimeByEachProcessAlone() throws Exception {
        TwoEnds ends = ends();
        List<byte[]> xrays = TwoEnds.xrays();
        xrays.subList(0, 3).forEach(ends::add);
        searchOnceLinked(ends, xrays.get(0), 1);
        List<GalleryRow> rows = ends.searchable();
        Question question = ends.question(rows, xrays.get(0), 1, false);
        ends.ask(question, rows);

        for (End end : End.values()) {
            assertThatThrownBy(() -> ends.asking(end, question, rows).join())
                    .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.TOKEN_SPENT_OR_UNKNOWN));
        }
    }

    // ----------------------------------------------------------------------------------------------------- refusals

    /** Whoever has keys of another making; and the right keys for something that they are not for. */
    @Test
    void strangersAreNotListenedTo() throws Exception {
        ChannelKeys stranger = Objects.requireNonNull(ChannelKeys.make().get(Party.HOSPITAL));
        assertThatThrownBy(() -> Channel.dial(stranger, at(portA), Party.SERVER_A, PATIENCE))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Channel.dial(hospital, at(portA), Party.SERVER_B, PATIENCE))
                .isInstanceOf(IOException.class);

        assertEnds(keys(Party.SERVER_A), portB, new Opening(Opening.Purpose.QUESTIONS, ""));
        assertEnds(hospital, portB, new Opening(Opening.Purpose.LINK, SOME.rack()));
        assertGoesOn();
    }

    private static void assertEnds(ChannelKeys as, int port, Opening opening) throws IOException {
        try (Channel channel = Channel.dial(as, at(port), Party.SERVER_B, PATIENCE)) {
            channel.patience(PATIENCE);
            channel.link().send(opening.encode());
            assertThatThrownBy(channel.link()::receive).isInstanceOf(IOException.class);
        }
    }

    private static void assertGoesOn() {
        assertThatThrownBy(() -> remote(hospital, portA, Party.SERVER_A)
                        .ask(new Asked(SOME, "dora", new int[] {1}, new byte[40])))
                .satisfies(refused -> assertThat(refusal(refused)).isEqualTo(Why.TOKEN_SPENT_OR_UNKNOWN));
    }

    /** Frames that announce too much, end early, or are of another form end that channel, and no other. */
    @Test
    void framesOfAnotherFormEndTheirChannelOnly() throws Exception {
        byte[] tooLong = {0x7f, 0, 0, 0, 1};
        byte[] good = new Opening(Opening.Purpose.QUESTIONS, "").encode();
        for (byte[] frame : List.of(new byte[0], new byte[] {9, 0}, new byte[] {1, 7, 0, 0, 0, 0}, new byte[300])) {
            try (Channel channel = Channel.dial(hospital, at(portA), Party.SERVER_A, PATIENCE)) {
                channel.patience(PATIENCE);
                channel.link().send(frame);
                assertThatThrownBy(channel.link()::receive).isInstanceOf(IOException.class);
            }
            try (Channel channel = Channel.dial(hospital, at(portA), Party.SERVER_A, PATIENCE)) {
                channel.patience(PATIENCE);
                channel.link().send(good);
                channel.link().send(frame);
                assertThatThrownBy(channel.link()::receive).isInstanceOf(IOException.class);
            }
        }
        // An alert of TLS at most.
        assertThat(answeredTo(tooLong)).isLessThan(64);
        assertGoesOn();
    }

    /** How many bytes the process of end A says to these before it hangs up. */
    private static int answeredTo(byte[] bytes) throws IOException {
        int count = 0;
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), portA)) {
            raw.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            raw.getOutputStream().write(bytes);
            raw.shutdownOutput();
            while (raw.getInputStream().read() >= 0) {
                count++;
            }
        } catch (SocketException hungUp) {
            // Before it had read everything, as it may.
        }
        return count;
    }

    /** Somebody recorded a question on its way and plays it again. */
    @Test
    void whatWasRecordedOnTheWayIsRefused() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        byte[] recorded;
        int answered;
        try (var wire = new RecordingProxy(portA)) {
            assertThatThrownBy(() -> remote(hospital, wire.port(), Party.SERVER_A)
                            .ask(new Asked(SOME, "dora", new int[] {1}, new byte[40])))
                    .satisfies(why -> refused.set(refusal(why) == Why.TOKEN_SPENT_OR_UNKNOWN));
            assertThat(refused).isTrue();
            recorded = wire.recordings().get(0).toCalled();
            answered = wire.recordings().get(0).toCaller().length;
            assertThat(new Traces(recorded).found(Traces.forms("dora"))).isEmpty();
        }
        // Its handshake, made for other randomness, and an alert: less than it said the first time.
        assertThat(answeredTo(recorded)).isLessThan(answered);
        assertGoesOn();
    }

    @Test
    void keysAreMadeOnceAndReadStrictly() throws Exception {
        assertThatThrownBy(() -> SearchKeys.make(folder)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> SearchKeys.read(
                        file(Party.SERVER_A, ".p12"), file(Party.SERVER_A, ".password"), Party.SERVER_B))
                .hasMessageContaining("sosia-search-a");
        assertThatThrownBy(() -> SearchKeys.read(
                        file(Party.SERVER_A, ".p12"), file(Party.SERVER_B, ".password"), Party.SERVER_A))
                .isInstanceOf(GeneralSecurityException.class);
        assertThat(hospital).hasToString("ChannelKeys[secret]");
    }

    @Test
    void questionsAreReadStrictly() throws Exception {
        byte[] good = new Asked(SOME, "dora", new int[] {1, 7}, new byte[] {1, 2}).encode();
        Asked read = Asked.decode(good);
        assertThat(read.end()).isEqualTo(SOME);
        assertThat(read.rows()).containsExactly(1, 7);
        assertThat(read.request()).containsExactly(1, 2);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> Asked.decode(cut)).isInstanceOf(GeneralSecurityException.class);
        }
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        assertThatThrownBy(() -> Asked.decode(longer)).isInstanceOf(GeneralSecurityException.class);
        byte[] manyRows = good.clone();
        ByteBuffer.wrap(manyRows).putInt(good.length - 6 - 3 * Integer.BYTES, Integer.MAX_VALUE);
        assertThatThrownBy(() -> Asked.decode(manyRows)).isInstanceOf(GeneralSecurityException.class);
        for (byte[] reply : List.of(new byte[0], new byte[] {1, 99}, new byte[] {1, (byte) 0xff, 0, 0, 0, 9, 1})) {
            assertThatThrownBy(() -> Asked.read(reply)).isInstanceOf(GeneralSecurityException.class);
        }
    }
}
