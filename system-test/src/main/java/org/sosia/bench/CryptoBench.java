package org.sosia.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** The cryptography alone, one thread, by JMH: each step in a process of its own, one second to warm up, then samples; some five minutes in all. */
final class CryptoBench {

    private static final int WARM_UP_MILLIS = 1_000;
    private static final int MEASURED_MILLIS = 600;

    /** What a rate would be, had the payload taken a millisecond. */
    private static final double GIGABYTES_IN_ONE_MILLISECOND = PayloadBenchmarks.BYTES / 1e6;

    /** What one server core has to reach with twenty attributes, in milliseconds. */
    private enum Gate {
        KEYGEN(5),
        ENCAPS(13),
        ONLINE(0.7),
        TRANSFORM(7),
        OPEN(1.2),
        REENCRYPT(1);

        private final double mostMillis;

        Gate(double mostMillis) {
            this.mostMillis = mostMillis;
        }

        String figure() {
            return name().toLowerCase(Locale.ROOT) + ".n20";
        }
    }

    private final Figures figures;

    CryptoBench(Figures figures) {
        this.figures = figures;
    }

    void run() throws RunnerException {
        for (String step : List.of("keygen", "encaps", "transform", "open")) {
            byAttributes(PolicyLockBenchmarks.class, step);
        }
        byAttributes(OfflineBenchmarks.class, "online");
        for (String step : List.of("rekey", "reencrypt", "convert")) {
            byAttributes(ReEncryptionBenchmarks.class, step);
        }
        for (String step : List.of("encrypt", "decrypt")) {
            for (RunResult result : measure(PayloadBenchmarks.class, step)) {
                double millis = statistics(result).getPercentile(50);
                figures.add("payload." + step, GIGABYTES_IN_ONE_MILLISECOND / millis, "GB/s");
            }
        }
        for (Gate gate : Gate.values()) {
            figures.gate(gate.figure(), gate.mostMillis);
        }
    }

    private void byAttributes(Class<?> benchmarks, String step) throws RunnerException {
        for (RunResult result : measure(benchmarks, step)) {
            times(step + ".n" + result.getParams().getParam("n"), result);
        }
    }

    /** The fastest beside the median: on a machine with other work the median says how busy it was. */
    private void times(String name, RunResult result) {
        figures.add(name, statistics(result).getPercentile(50), "ms");
        figures.add(name + ".p95", statistics(result).getPercentile(95), "ms");
        figures.add(name + ".min", statistics(result).getMin(), "ms");
    }

    private static Statistics statistics(RunResult result) {
        return result.getPrimaryResult().getStatistics();
    }

    private static Collection<RunResult> measure(Class<?> benchmarks, String step) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\." + step + "$")
                        .threads(1)
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.milliseconds(WARM_UP_MILLIS))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(MEASURED_MILLIS))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }
}
