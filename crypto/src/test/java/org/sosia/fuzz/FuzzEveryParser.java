package org.sosia.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fuzzes one parser of a module after the other with Jazzer, each in a process of its own, from what it accepts and from what earlier runs
 * found interesting: {@code mvn -pl crypto,persistence,ejb,web -am -Pfuzz test-compile exec:exec -Dfuzz.seconds=60}; with
 * {@code -Dfuzz.parsers=…}, a regular expression, only those of that name. What breaks a parser is left in {@code target/fuzz/<parser>/} as
 * a file {@code crash-…}, {@code oom-…} or {@code timeout-…}.
 */
public final class FuzzEveryParser {
    private static final int MAX_INPUT_BYTES = 1 << 16;

    /** An input that takes longer is a hang. */
    private static final int HANG_SECONDS = 10;

    /** What shows the fuzzer its way: ours, and the libraries to which ours hand what they read. */
    private static final List<String> WATCHED = List.of(
            "org.sosia.**",
            "org.apache.pdfbox.**",
            "org.apache.fontbox.**",
            "org.apache.commons.fileupload2.**",
            "org.eclipse.parsson.**",
            "com.twelvemonkeys.**",
            "com.github.jaiimageio.**",
            "jj2000.**",
            "com.sun.org.apache.xerces.**");

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+)");

    private FuzzEveryParser() {}

    /**
     * Fuzzes.
     *
     * @param arguments seconds for each parser, the folder to work in, the folder of a module's compiled tests, and which parsers
     * @throws Exception if the fuzzer cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Pattern chosen = Pattern.compile(arguments[3]);
        PrintStream out = System.out;
        boolean sound = true;
        for (String type : types(Path.of(arguments[2]))) {
            for (Parser parser : named(type).parsers()) {
                if (chosen.matcher(parser.name()).matches()) {
                    Path work =
                            Files.createDirectories(folder.resolve(parser.name().replace(' ', '-')));
                    boolean whole = fuzz(type, parser, seconds, work);
                    out.printf(Locale.ROOT, "%-32s %s%n", parser.name(), whole ? figures(work) : "BROKEN, see " + work);
                    sound &= whole;
                }
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static List<String> types(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith("ParsersTest.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    static FuzzedParsers named(String type) throws ReflectiveOperationException {
        var constructor = Class.forName(type).asSubclass(FuzzedParsers.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static boolean fuzz(String type, Parser parser, int seconds, Path work)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        for (int i = 0; i < parser.seeds().size(); i++) {
            Files.write(corpus.resolve("seed-" + i), parser.seeds().get(i));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dsosia.fuzz.parsers=" + type,
                        "-Dsosia.fuzz.parser=" + parser.name(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + ParserFuzz.class.getName(),
                        "--instrumentation_includes=" + String.join(System.getProperty("path.separator"), WATCHED),
                        "-max_total_time=" + seconds,
                        "-timeout=" + HANG_SECONDS,
                        "-max_len=" + MAX_INPUT_BYTES,
                        "-print_final_stats=1",
                        corpus.toAbsolutePath().toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
        return process.waitFor() == 0;
    }

    private static String figures(Path work) throws IOException {
        String log = Files.readString(work.resolve("log"), StandardCharsets.ISO_8859_1);
        Matcher done = DONE.matcher(log);
        String figures = done.find() ? done.group(1) + " inputs in " + done.group(2) + " s" : "not one input";
        String covered = COVERED.matcher(log)
                .results()
                .reduce((first, last) -> last)
                .map(last -> ", " + last.group(1) + " edges")
                .orElse("");
        return figures + covered;
    }
}
