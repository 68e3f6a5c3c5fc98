package org.sosia.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.secret.SecretBytes;

/**
 * {@code ./sosia bench content}: uploads, downloads and ranges of the running system, against what the same database servers
 * do with the same number of bytes and nothing around them.
 */
final class ContentBench {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final String TAIL = "\r\n--b--\r\n";
    private static final int RUNS = 3;
    private static final int INSTANCES = 40;
    private static final int WARM_UP = 10;
    private static final long MIB = 1L << 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BenchSystem system;
    private final Figures figures;
    private final long bytes;

    ContentBench(BenchSystem system, Figures figures, long bytes) {
        this.system = system;
        this.figures = figures;
        this.bytes = bytes;
    }

    void run() throws IOException, SQLException, GeneralSecurityException, InterruptedException {
        chunkedAgainstCipher();
        uploads();
        instances();
        large();
    }

    /** DICOM instances one after the other, each another, alternating with Orthanc where it is installed; medians. */
    private void instances() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sosia-bench-orthanc");
        Optional<Orthanc> peer = Orthanc.start(folder, http);
        if (peer.isEmpty()) {
            figures.note("dicom-524k.ratio-orthanc is left out: Debian's orthanc is not installed");
            return;
        }
        String owner = system.token("data-owner", true);
        String patient = patient(owner);
        String study = DicomInstance.uid();
        var random = new SplittableRandom(524);
        double[] ours = new double[INSTANCES];
        double[] theirs = new double[INSTANCES];
        try (Orthanc orthanc = peer.get()) {
            for (int i = -WARM_UP; i < INSTANCES; i++) {
                byte[] instance = DicomInstance.bytes(study, study + ".1", random);
                long started = System.nanoTime();
                orthanc.store(instance);
                double stored = (System.nanoTime() - started) / 1e6;
                double sealed = 1e3 * upload(owner, patient, instance).seconds();
                if (i >= 0) {
                    theirs[i] = stored;
                    ours[i] = sealed;
                }
            }
        }
        figures.addTimes("dicom-524k", ours, "ms");
        figures.addTimes("dicom-524k.orthanc", theirs, "ms");
        figures.add("dicom-524k.ratio-orthanc", median(theirs) / median(ours), "ratio");
    }

    /** Chunked encryption against a bare cipher that reuses its buffers, both 16 KiB at a time; alternating, medians. */
    private void chunkedAgainstCipher() throws IOException, GeneralSecurityException {
        byte[] chunk = new byte[ChunkedEncryption.CHUNK_BYTES];
        new SecureRandom().nextBytes(chunk);
        int chunks = (int) (256 * MIB / chunk.length);
        double[] ratios = new double[7];
        double[] speeds = new double[ratios.length];
        ChunkedEncryption.warmUp();
        bare(chunk, chunks / 4);
        for (int i = 0; i < ratios.length; i++) {
            double bare = bare(chunk, chunks);
            double chunked = chunked(chunk, chunks);
            ratios[i] = bare / chunked;
            speeds[i] = chunks * (double) chunk.length / chunked / 1e9;
        }
        figures.add("chunked.ratio-cipher", median(ratios), "ratio");
        figures.add("chunked.encrypt", median(speeds), "GB/s");
    }

    private static double bare(byte[] chunk, int chunks) throws GeneralSecurityException {
        var key = new SecretKeySpec(new byte[32], "AES");
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] out = new byte[chunk.length + 16];
        byte[] nonce = new byte[12];
        long started = System.nanoTime();
        for (int i = 0; i < chunks; i++) {
            nonce[0] = (byte) i;
            nonce[1] = (byte) (i >>> 8);
            nonce[2] = (byte) (i >>> 16);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.doFinal(chunk, 0, chunk.length, out, 0);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static double chunked(byte[] chunk, int chunks) throws IOException {
        try (var key = SecretBytes.random(32)) {
            long started = System.nanoTime();
            try (var out = ChunkedEncryption.encrypting(OutputStream.nullOutputStream(), key, new byte[] {1})) {
                for (int i = 0; i < chunks; i++) {
                    out.write(chunk);
                }
            }
            return (System.nanoTime() - started) / 1e9;
        }
    }

    /** One store is the twin lane, which writes to cloud B alone; both stores is the real lane. */
    private void uploads() throws IOException, SQLException, InterruptedException {
        String owner = system.token("data-owner", true);
        String low = system.token("data-owner", false);
        String patient = patient(owner);
        double[] one = new double[RUNS];
        double[] both = new double[RUNS];
        double[] down = new double[RUNS];
        double[] split = new double[RUNS];
        double[] merged = new double[RUNS];
        double[] rawOne = new double[RUNS];
        double[] rawBoth = new double[RUNS];
        double[] rawSelect = new double[RUNS];
        upload(owner, patient, 64 * MIB);
        try (var a = system.connect('a');
                var b = system.connect('b')) {
            var rawA = new RawStore(a);
            var rawB = new RawStore(b);
            for (int i = 0; i < RUNS; i++) {
                UUID item = UUID.randomUUID();
                double copyOne = rawB.copyIn(item, bytes);
                double select = rawB.select(item);
                double copyBoth = inParallel(rawA, rawB);

                var twin = upload(low, patient, bytes);
                var real = upload(owner, patient, bytes);
                one[i] = copyOne / twin.seconds();
                both[i] = copyBoth / real.seconds();
                down[i] = select / download(owner, real.id());
                delete(owner, real.id());
                var shared = upload(owner, patient, "high", bytes);
                split[i] = copyBoth / shared.seconds();
                merged[i] = select / download(owner, shared.id());
                delete(owner, shared.id());
                rawOne[i] = bytes / copyOne / MIB;
                rawBoth[i] = bytes / copyBoth / MIB;
                rawSelect[i] = bytes / select / MIB;
                delete(low, twin.id());
            }
            rawA.drop();
            rawB.drop();
        }
        figures.add("raw.one-store.copy", median(rawOne), "MiB/s");
        figures.add("raw.both-stores.copy", median(rawBoth), "MiB/s");
        figures.add("raw.select", median(rawSelect), "MiB/s");
        figures.add("upload.one-store.ratio-copy", median(one), "ratio");
        figures.add("upload.both-stores.ratio-copy", median(both), "ratio");
        figures.add("download.ratio-select", median(down), "ratio");
        // Of a highly sensitive record, which is split over both stores as its double is.
        figures.add("upload.split.ratio-copy", median(split), "ratio");
        figures.add("download.split.ratio-select", median(merged), "ratio");
    }

    private double inParallel(RawStore a, RawStore b) {
        long started = System.nanoTime();
        var other = CompletableFuture.runAsync(() -> copy(a));
        copy(b);
        other.join();
        return (System.nanoTime() - started) / 1e9;
    }

    private void copy(RawStore store) {
        try {
            store.copyIn(UUID.randomUUID(), bytes);
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("the raw copy failed", failed);
        }
    }

    /** A 2 GiB record: the server's heap while it is written, then ranges of 1 MiB and first bytes of it. */
    private void large() throws IOException, InterruptedException {
        String owner = system.token("data-owner", true);
        try (var heap = system.watchHeap()) {
            var record = upload(owner, patient(owner), 2048 * MIB);
            figures.add("upload-2gib.heap-peak", heap.peakMegabytes(), "MB");
            figures.add("upload-2gib.heap-live-peak", heap.liveMegabytes(), "MB");
            figures.add("upload-2gib.seconds", record.seconds(), "s");

            var random = new SecureRandom();
            double[] ranges = new double[40];
            double[] first = new double[40];
            String token = system.token("data-owner", true);
            for (int i = 0; i < ranges.length; i++) {
                long from = random.nextLong(2047 * MIB);
                ranges[i] = range(token, record.id(), from, MIB);
                first[i] = firstByte(token, record.id());
            }
            figures.addTimes("range-1mib", ranges, "ms");
            figures.addTimes("first-byte", first, "ms");
            delete(token, record.id());
        }
    }

    private record Uploaded(String id, double seconds) {}

    /** With a content length, as browsers and every other sender of a file have it. */
    private Uploaded upload(String token, String patient, long size) throws IOException, InterruptedException {
        return upload(token, patient, "medium", size);
    }

    private Uploaded upload(String token, String patient, String sensitivity, long size)
            throws IOException, InterruptedException {
        return upload(
                token, patient, "attachment", sensitivity, "application/octet-stream", size, () -> new Noise(size));
    }

    private Uploaded upload(String token, String patient, byte[] instance) throws IOException, InterruptedException {
        return upload(
                token,
                patient,
                "imaging",
                "medium",
                "application/dicom",
                instance.length,
                () -> new ByteArrayInputStream(instance));
    }

    private Uploaded upload(
            String token,
            String patient,
            String kind,
            String sensitivity,
            String type,
            long size,
            Supplier<InputStream> content)
            throws IOException, InterruptedException {
        String head = "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n"
                + "Content-Type: application/json\r\n\r\n{\"patient\":\"" + patient
                + "\",\"kind\":\"" + kind + "\",\"sensitivity\":\"" + sensitivity
                + "\",\"policy\":\"role:doctor\",\"keywords\":[]}"
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bench.bin\"\r\n"
                + "Content-Type: " + type + "\r\n\r\n";
        long started = System.nanoTime();
        var response = http.send(
                request("/records", token)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.fromPublisher(
                                BodyPublishers.ofInputStream(() -> new SequenceInputStream(
                                        Collections.enumeration(List.of(text(head), content.get(), text(TAIL))))),
                                head.length() + size + TAIL.length()))
                        .build(),
                BodyHandlers.ofString());
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Uploaded(idIn(response.body(), response.statusCode()), seconds);
    }

    private double download(String token, String record) throws IOException, InterruptedException {
        long started = System.nanoTime();
        var response = http.send(content(token, record).build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private double range(String token, String record, long from, long length) throws IOException, InterruptedException {
        long started = System.nanoTime();
        var response = http.send(
                content(token, record)
                        .header("Range", "bytes=" + from + "-" + (from + length - 1))
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() != 206 || response.body().length != length) {
            throw new IOException("range answered " + response.statusCode());
        }
        return (System.nanoTime() - started) / 1e6;
    }

    private double firstByte(String token, String record) throws IOException, InterruptedException {
        long started = System.nanoTime();
        var response = http.send(
                content(token, record).header("Range", "bytes=0-65535").build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (body.read() < 0) {
                throw new IOException("no first byte");
            }
            double millis = (System.nanoTime() - started) / 1e6;
            body.transferTo(OutputStream.nullOutputStream());
            return millis;
        }
    }

    private String patient(String token) throws IOException, InterruptedException {
        var response = http.send(
                request("/patients", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"Bench Person\",\"birthDate\":\"1970-01-01\",\"sex\":\"female\"}"))
                        .build(),
                BodyHandlers.ofString());
        return idIn(response.body(), response.statusCode());
    }

    private void delete(String token, String record) throws IOException, InterruptedException {
        http.send(request("/records/" + record, token).DELETE().build(), BodyHandlers.discarding());
    }

    private HttpRequest.Builder content(String token, String record) {
        return request("/records/" + record + "/content", token);
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(system.api() + path)).header("Authorization", "Bearer " + token);
    }

    private static String idIn(String body, int status) throws IOException {
        Matcher id = ID.matcher(body);
        if (status != 201 || !id.find()) {
            throw new IOException("expected 201, got " + status + ": " + body);
        }
        return id.group(1);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Incompressible bytes at no cost: one random mebibyte over and over, each time with its number in front. */
    private static final class Noise extends InputStream {
        private static final byte[] BLOCK = new byte[(int) MIB];

        static {
            new SecureRandom().nextBytes(BLOCK);
        }

        private long left;

        Noise(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? BLOCK[(int) (left & (MIB - 1))] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(Math.min(length, BLOCK.length), left);
            System.arraycopy(BLOCK, 0, target, offset, n);
            if (n >= 8) {
                target[offset] = (byte) left;
                target[offset + 1] = (byte) (left >>> 8);
                target[offset + 2] = (byte) (left >>> 16);
            }
            left -= n;
            return n;
        }
    }
}
