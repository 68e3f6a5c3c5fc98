package org.sosia.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code ./sosia bench AREA}: measures one area and prints its figures. */
public final class Bench {

    private Bench() {}

    /**
     * Measures.
     *
     * @param arguments the area, then for {@code content} the size of a measured upload in MiB (default 1024), for {@code images} the
     *     number of searches (default 2000), for {@code search} the number of entries (default 1000000), for {@code crypto} perhaps {@code --peers}
     * @throws Exception whatever stopped the measurement; figures printed until then stand
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = standardOutput();
        String area = arguments.length == 0 ? "" : arguments[0];
        Path project = Path.of(System.getProperty("sosia.project", "."))
                .toAbsolutePath()
                .normalize();
        var figures = new Figures(out);
        switch (area) {
            case "content" -> {
                try (var system = new BenchSystem(project)) {
                    new ContentBench(system, figures, count(arguments, 1024) << 20).run();
                }
            }
            case "crypto" -> {
                figures.machine();
                new CryptoBench(figures).run();
                revocation(project, figures);
                if (Arrays.asList(arguments).contains("--peers")) {
                    new Peers(project, figures).run();
                }
            }
            case "images" -> {
                figures.machine();
                try (var system = new BenchSystem(project);
                        var a = system.connect('a');
                        var b = system.connect('b')) {
                    new ImagesBench(figures, a, b).run(Math.toIntExact(count(arguments, 2000)));
                }
            }
            case "search" -> {
                figures.machine();
                try (var system = new BenchSystem(project);
                        var a = system.connect('a');
                        var b = system.connect('b')) {
                    new SearchBench(figures).run(a, b, Math.toIntExact(count(arguments, 1_000_000)));
                }
            }
            case "revocation" -> revocation(project, figures);
            default -> {
                out.println("there is no bench area \"" + area
                        + "\" yet; there are: content, crypto, images, revocation, search");
                System.exit(2);
            }
        }
        figures.write(project.resolve("target").resolve("bench").resolve(area + ".json"));
    }

    private static long count(String[] arguments, long otherwise) {
        return arguments.length > 1 ? Long.parseLong(arguments[1]) : otherwise;
    }

    private static void revocation(Path project, Figures figures) throws Exception {
        try (var system = new BenchSystem(project)) {
            new RevocationBench(system, figures).run();
        }
    }

    @SuppressForbidden("printing the figures is what this program is for")
    private static PrintStream standardOutput() {
        return System.out;
    }
}
