package org.sosia.bench;

import java.io.IOException;
import java.io.PrintStream;
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
                        .collect(Collectors.joining(",\n", "{\n", "\n}\n")));
    }
}
