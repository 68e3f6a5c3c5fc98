package org.sosia.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Orthanc on this machine, which keeps what it is sent as it is, and once: the peer for single DICOM instances. */
final class Orthanc implements AutoCloseable {
    private static final int SECONDS_TO_START = 30;

    private final Process process;
    private final URI instances;
    private final HttpClient http;

    private Orthanc(Process process, int port, HttpClient http) {
        this.process = process;
        this.instances = URI.create("http://127.0.0.1:" + port + "/instances");
        this.http = http;
    }

    /** Starts it, with a store of its own in a folder; empty where it is not installed. */
    static Optional<Orthanc> start(Path folder, HttpClient http) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("/usr/sbin/Orthanc", "/usr/bin/Orthanc", "/usr/local/sbin/Orthanc")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Path settings = folder.resolve("orthanc.json");
        Files.writeString(
                settings,
                "{\"StorageDirectory\":\"" + folder + "\",\"HttpPort\":" + port
                        + ",\"DicomServerEnabled\":false,\"RemoteAccessAllowed\":false,\"AuthenticationEnabled\":false}");
        Process process = new ProcessBuilder(program.get().toString(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile())
                .start();
        Orthanc orthanc = new Orthanc(process, port, http);
        try {
            orthanc.awaitReady();
        } catch (IOException | InterruptedException failed) {
            orthanc.close();
            throw failed;
        }
        return Optional.of(orthanc);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < SECONDS_TO_START; i++) {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                break;
            }
            try {
                if (http.send(HttpRequest.newBuilder(instances).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is asked again.
            }
        }
        throw new IOException("Orthanc did not start");
    }

    /** Sends one instance. */
    void store(byte[] instance) throws IOException, InterruptedException {
        int status = http.send(
                        HttpRequest.newBuilder(instances)
                                .POST(BodyPublishers.ofByteArray(instance))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("Orthanc answered " + status);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
