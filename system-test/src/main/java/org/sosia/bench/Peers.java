package org.sosia.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of others that do the same, built or installed under {@code target/bench/peers} and measured on this machine; see config/bench/peers. */
final class Peers {

    private static final int MOST_MINUTES = 5;

    private static final Path GO_LIBRARIES = Path.of("/usr/share/gocode");

    private final Path sources;
    private final Path workshop;
    private final Figures figures;

    Peers(Path project, Figures figures) {
        this.sources = project.resolve("config").resolve("bench").resolve("peers");
        this.workshop = project.resolve("target").resolve("bench").resolve("peers");
        this.figures = figures;
    }

    void run() throws InterruptedException {
        attempt("tkn20", this::tkn20);
        attempt("recrypt and umbral", this::proxies);
    }

    private interface Measurement {
        void run() throws IOException, InterruptedException;
    }

    private void attempt(String peer, Measurement measurement) throws InterruptedException {
        try {
            measurement.run();
        } catch (IOException e) {
            figures.note(peer + " skipped: " + e.getMessage());
        }
    }

    private void tkn20() throws IOException, InterruptedException {
        if (!Files.isDirectory(GO_LIBRARIES.resolve("src/github.com/cloudflare/circl/abe/cpabe/tkn20"))) {
            throw new IOException("needs Debian's golang-go and golang-github-cloudflare-circl-dev");
        }
        Files.createDirectories(workshop);
        Path program = workshop.resolve("tkn20");
        Map<String, String> environment = Map.of("GO111MODULE", "off", "GOPATH", GO_LIBRARIES.toString());
        call(sources.resolve("tkn20"), environment, "go", "build", "-o", program.toString(), "main.go");
        Map<String, Double> times = times(call(workshop, Map.of(), program.toString(), "20"));
        ratio("tkn20.keygen", times.get("keygen"), figures.value("keygen.n20"));
        ratio("tkn20.encrypt", times.get("encrypt"), figures.value("encaps.n20"));
        ratio("tkn20.decrypt", times.get("decrypt"), figures.value("transform.n20") + figures.value("open.n20"));
    }

    private void proxies() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(workshop.resolve("npm"));
        try (Stream<Path> files = Files.list(sources.resolve("npm"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        call(folder, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");
        Map<String, Double> recrypt =
                times(call(folder, Map.of(), "node", "--no-warnings", "--experimental-wasm-modules", "recrypt.mjs"));
        // Both verify signatures; recrypt signs its result as well.
        ratio("recrypt.transform", recrypt.get("transform"), figures.value("convert.n20"));
        Map<String, Double> umbral = times(call(folder, Map.of(), "node", "--no-warnings", "umbral.mjs"));
        ratio("umbral.reencrypt", umbral.get("reencrypt"), figures.value("reencrypt.n20"));
    }

    private void ratio(String name, @Nullable Double theirs, double ours) throws IOException {
        if (theirs == null) {
            throw new IOException("it printed no " + name);
        }
        figures.add(name, theirs, "ms");
        figures.add(name + ".ratio", theirs / ours, "x");
    }

    private static Map<String, Double> times(List<String> lines) {
        Map<String, Double> times = new LinkedHashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            if (parts.length == 2) {
                times.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        return times;
    }

    /** What a program printed; it fails if the program is missing, fails, or takes too long. */
    private List<String> call(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Files.createDirectories(workshop);
        File output = workshop.resolve("output.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " took too long");
        }
        List<String> lines = Files.readAllLines(output.toPath());
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " failed: " + (lines.isEmpty() ? "" : lines.get(0)));
        }
        return lines;
    }
}
