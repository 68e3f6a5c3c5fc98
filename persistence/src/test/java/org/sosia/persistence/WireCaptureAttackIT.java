package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.KeywordIndex;
import org.sosia.crypto.keywords.KeywordIndex.Posting;
import org.sosia.crypto.nearest.Link;
import org.sosia.crypto.nearest.Question.Neighbour;

/**
 * Somebody records every byte between the two servers of images, and between the hospital and each cloud, during real searches, with all outer
 * encryption taken away. She looks for the images, the queries, the distances and the words in every form in which a program would write
 * them, and for bytes that are not spread evenly. Each check is also made with the very thing planted in the recording: it must then be found.
 */
class WireCaptureAttackIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final int SEARCHES = 18;
    private static final int IMAGES = 50;

    /** A search's first two steps are about what both servers know: the last change, and what is searched. */
    private static final int LAST_PUBLIC_STEP = 1;

    private static final int FRAME_HEAD_BYTES = 20;
    private static final int ROW_HEAD_BYTES = 13;
    private static final int ROW_BYTES = TwoEnds.SIDE * TwoEnds.SIDE * Integer.BYTES;
    private static final int TOKEN_BYTES = 3 * ROW_BYTES;

    private static DataSource through(RecordingProxy proxy) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {proxy.port()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        StoreSettings.tune(source);
        return source;
    }

    private static RecordingProxy before(DataSource store) throws IOException {
        return new RecordingProxy(((PGSimpleDataSource) store).getPortNumbers()[0]);
    }

    // ------------------------------------------------------------------------------------------------------- images

    /** A connection between the two servers through which somebody looks. */
    private static Wires watched(RecordingProxy wire, ServerSocket listener) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        Socket called = listener.accept();
        Link ofA = Link.over(caller.getInputStream(), caller.getOutputStream());
        Link ofB = Link.over(called.getInputStream(), called.getOutputStream());
        return (end, used, works) -> end.end() == GalleryEnd.End.A ? ofA : ofB;
    }

    @Test
    void noWireHoldsAnImageAQueryOrADistance() throws Exception {
        List<byte[]> xrays = TwoEnds.xrays();
        List<byte[]> queries = new ArrayList<>();
        Set<Integer> distances = new HashSet<>();
        List<int[]> answers = new ArrayList<>();
        try (var toA = before(STORES.atA());
                var toB = before(STORES.atB());
                var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var between = new RecordingProxy(listener.getLocalPort())) {
            Wires wires = watched(between, listener);
            var ends = new TwoEnds(
                    TwoEnds.server(through(toA), wires, null), TwoEnds.server(through(toB), wires, null), "1");
            xrays.subList(0, IMAGES).forEach(ends::add);
            for (int i = 0; i < SEARCHES; i++) {
                // Now and then for an image that is there: its distance is 0, and the query one of the rows.
                byte[] query = xrays.get(i % 6 == 0 ? i : IMAGES + i % (xrays.size() - IMAGES));
                List<Neighbour> found = ends.search(query, TwoEnds.MOST_NEIGHBOURS);
                assertThat(found).isEqualTo(ends.bruteForce(query, TwoEnds.MOST_NEIGHBOURS));
                queries.add(query);
                answers.add(found.stream()
                        .mapToInt(each -> each.squaredDistance().orElseThrow())
                        .toArray());
                Arrays.stream(ends.distances(query))
                        .filter(distance -> distance > 1 << Short.SIZE)
                        .forEach(distances::add);
            }
            Traces link = new Traces(between.everything());
            assertThat(link.length()).as("bytes between the servers").isGreaterThan(500_000);
            for (Traces capture : List.of(link, new Traces(toA.everything()), new Traces(toB.everything()))) {
                assertHoldsNone(capture, ends.plaintext(), queries, answers, distances);
            }
            for (byte[] direction : List.of(
                    between.recordings().get(0).toCalled(),
                    between.recordings().get(0).toCaller())) {
                assertUniform(masked(direction), ends.plaintext());
            }
            // What each cloud is handed to keep and to burn: its rows and its parts of tokens.
            for (RecordingProxy cloud : List.of(toA, toB)) {
                assertUniform(uniformParts(cloud), ends.plaintext());
            }
        }
    }

    private static void assertHoldsNone(
            Traces capture, List<byte[]> rows, List<byte[]> queries, List<int[]> answers, Set<Integer> distances) {
        List<byte[]> telling = new ArrayList<>();
        rows.forEach(row -> telling.addAll(Traces.forms(Traces.tellingPart(row))));
        queries.forEach(query -> telling.addAll(Traces.forms(Traces.tellingPart(query))));
        for (int[] answer : answers) {
            // The first two that are not 0: four bytes alone occur by chance, which is counted below.
            telling.addAll(Traces.forms(
                    Arrays.stream(answer).filter(each -> each > 0).limit(2).toArray()));
        }
        assertThat(capture.found(telling)).isEmpty();
        assertThat(capture.holdsMoreThanByChance(distances)).isFalse();

        assertThat(capture.with(telling).found(telling)).hasSameSizeAs(telling);
        for (boolean bigEndian : new boolean[] {true, false}) {
            ByteBuffer planted = ByteBuffer.allocate(Integer.BYTES * distances.size());
            distances.forEach(each -> planted.putInt(bigEndian ? each : Integer.reverseBytes(each)));
            assertThat(capture.with(planted.array()).holdsMoreThanByChance(distances))
                    .isTrue();
        }
    }

    private static void assertUniform(Traces masked, List<byte[]> rows) {
        assertThat(masked.length()).isGreaterThan(100_000);
        assertThat(masked.chiSquare()).isBetween(130.0, 420.0);
        ByteArrayOutputStream planted = new ByteArrayOutputStream();
        rows.forEach(planted::writeBytes);
        assertThat(masked.with(planted.toByteArray()).chiSquare()).isGreaterThan(420);
    }

    /** What stands in the frames of one direction behind the public steps. */
    private static Traces masked(byte[] recorded) {
        ByteArrayOutputStream payloads = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(recorded);
        while (in.hasRemaining()) {
            byte[] frame = new byte[in.getInt()];
            in.get(frame);
            if (ByteBuffer.wrap(frame).getInt(FRAME_HEAD_BYTES - Integer.BYTES) > LAST_PUBLIC_STEP) {
                payloads.write(frame, FRAME_HEAD_BYTES, frame.length - FRAME_HEAD_BYTES);
            }
        }
        return new Traces(payloads.toByteArray());
    }

    /** Rows begin with a version, their number and which content; in the second half of a part of B's tokens is nothing but what was dealt. */
    private static Traces uniformParts(RecordingProxy cloud) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (RecordingProxy.Recording each : cloud.recordings()) {
            for (byte[] value : HandedOver.values(each.toCalled()).single()) {
                if (value.length > TOKEN_BYTES) {
                    parts.write(value, value.length / 2, value.length - value.length / 2);
                } else if (value.length > ROW_BYTES) {
                    parts.write(value, ROW_HEAD_BYTES, value.length - ROW_HEAD_BYTES);
                }
            }
        }
        return new Traces(parts.toByteArray());
    }

    // -------------------------------------------------------------------------------------------------------- words

    @Test
    void neitherCloudsWireHoldsAWordOrARecord() throws Exception {
        var who = new WordReader("1", "olga", "olga");
        List<Keyword> words = List.of(
                new Keyword("text", "tuberkulose"), new Keyword("loinc", "576983"), new Keyword("text", "lungenkrebs"));
        List<UUID> records =
                IntStream.range(0, 40).mapToObj(i -> UUID.randomUUID()).toList();
        try (var toA = before(STORES.atA());
                var toB = before(STORES.atB())) {
            var index = new KeywordIndex(
                    new KeptEntries(LocalCloud.original(through(toA)).cloud(), who),
                    new KeptCounters(LocalCloud.duplicate(through(toB)).cloud(), who));
            for (UUID record : records) {
                index.apply(List.of(new Posting(record, true, Set.copyOf(words))));
            }
            for (Keyword word : words) {
                assertThat(index.any(Set.of(word)).records()).containsExactlyInAnyOrderElementsOf(records);
            }
            assertThat(index.all(Set.copyOf(words)).records()).hasSize(records.size());

            List<byte[]> telling = new ArrayList<>();
            for (Keyword word : words) {
                telling.addAll(Traces.forms(word.word()));
            }
            for (UUID record : records) {
                telling.addAll(Traces.forms(record.toString()));
                telling.addAll(Traces.forms(ByteBuffer.allocate(16)
                        .putLong(record.getMostSignificantBits())
                        .putLong(record.getLeastSignificantBits())
                        .array()));
            }
            for (RecordingProxy cloud : List.of(toA, toB)) {
                Traces capture = new Traces(cloud.everything());
                assertThat(capture.found(telling)).isEmpty();
                assertThat(capture.with(telling).found(telling)).hasSameSizeAs(telling);
                Traces handed = new Traces(namesAndValues(cloud));
                assertThat(handed.length()).isGreaterThan(20_000);
                assertThat(handed.chiSquare()).isBetween(130.0, 420.0);
                byte[] repeated = words.stream()
                        .map(Keyword::word)
                        .collect(Collectors.joining())
                        .repeat(40)
                        .getBytes(StandardCharsets.UTF_8);
                assertThat(handed.with(repeated).chiSquare()).isGreaterThan(420);
            }
        }
    }

    /** Labels and slots, entries and counters, each once however often it crossed: that something is asked for again is no secret. */
    private static byte[] namesAndValues(RecordingProxy cloud) {
        Set<String> distinct = new HashSet<>();
        for (RecordingProxy.Recording each : cloud.recordings()) {
            for (byte[] value : HandedOver.values(each.toCalled()).listed()) {
                if (value.length >= 16) {
                    distinct.add(HexFormat.of().formatHex(value));
                }
            }
        }
        return HexFormat.of().parseHex(String.join("", distinct));
    }
}
