package org.sosia.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one run: printed as {@code name value unit} the moment each is known, and kept as JSON. */
final class Figures {

    private record Figure(double value, String unit) {}

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final PrintStream out;
    private String machine = "";

    Figures(PrintStream out) {
        this.out = out;
    }

    void add(String name, double value, String unit) {
        figures.put(name, new Figure(value, unit));
        out.println(String.format(Locale.ROOT, "%s %.3f %s", name, value, unit));
    }

    /** The median under {@code name}, and the 95th percentile beside it. */
    void addTimes(String name, double[] values, String unit) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        add(name, sorted[sorted.length / 2], unit);
        add(name + ".p95", sorted[(int) Math.ceil(sorted.length * 0.95) - 1], unit);
    }

    /** Says where the figures come from. A figure without its machine is a rumour. */
    void machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = Files.isReadable(cpus)
                ? Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse("unknown CPU")
                : System.getProperty("os.arch");
        machine = String.format(
                Locale.ROOT,
                "%s, %d cores, load %.1f, Java %s",
                model,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
        out.println("# " + machine);
    }

    /** Says whether a time that was measured is within its limit; the fastest tells a slow program from a busy machine. */
    void gate(String name, double mostMillis) {
        Figure figure = figures.get(name);
        if (figure != null) {
            out.println(String.format(
                    Locale.ROOT,
                    "# gate %s <= %s ms: %s (median %.3f, fastest %.3f)",
                    name,
                    mostMillis,
                    figure.value() <= mostMillis ? "met" : "MISSED",
                    figure.value(),
                    value(name + ".min")));
        }
    }

    /** A figure of this run, for a ratio. */
    double value(String name) {
        Figure figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return figure.value();
    }

    /** Something about the run that is no figure. */
    void note(String text) {
        out.println("# " + text);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                figures.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "  \"%s\": {\"value\": %.6f, \"unit\": \"%s\"}",
                                entry.getKey(),
                                entry.getValue().value(),
                                entry.getValue().unit()))
                        .collect(Collectors.joining(
                                ",\n", "{\n  \"machine\": \"" + machine.replace("\"", "") + "\",\n", "\n}\n")));
    }
}
