package org.sosia.crypto.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fuzzes one parser after the other with Jazzer, each in a process of its own, from a valid encoding and from what earlier runs found
 * interesting: {@code mvn -pl crypto -Pfuzz test-compile exec:exec -Dfuzz.seconds=60}. What breaks a parser is left in
 * {@code target/fuzz/<parser>/} as a file {@code crash-…}.
 */
public final class FuzzEveryParser {
    private static final int MAX_INPUT_BYTES = 16_384;

    /** An input that takes longer is a hang. */
    private static final int HANG_SECONDS = 10;

    private FuzzEveryParser() {}

    /**
     * Fuzzes.
     *
     * @param arguments seconds for each parser, then the folder to work in
     * @throws Exception if the fuzzer cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        PrintStream out = System.out;
        Encodings encodings = new Encodings();
        List<String> broken = new ArrayList<>();
        for (Parser parser : Parsers.all()) {
            Path work = Files.createDirectories(folder.resolve(parser.name().replace(' ', '-')));
            Path corpus = Files.createDirectories(work.resolve("corpus"));
            Files.write(corpus.resolve("valid"), encodings.of(parser));
            Path log = work.resolve("log");
            boolean sound = fuzz(parser, seconds, work, corpus, log);
            out.printf(Locale.ROOT, "%-24s %s%n", parser.name(), sound ? lastLine(log) : "BROKEN, see " + log);
            if (!sound) {
                broken.add(parser.name());
            }
        }
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static boolean fuzz(Parser parser, int seconds, Path work, Path corpus, Path log)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dsosia.fuzz.parser=" + parser.name(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + ParserFuzz.class.getName(),
                        "--instrumentation_includes=org.sosia.**",
                        "-max_total_time=" + seconds,
                        "-timeout=" + HANG_SECONDS,
                        "-max_len=" + MAX_INPUT_BYTES,
                        corpus.toAbsolutePath().toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return process.waitFor() == 0;
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
