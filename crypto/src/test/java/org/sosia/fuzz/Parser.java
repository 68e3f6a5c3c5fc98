package org.sosia.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that reads bytes from outside.
 *
 * <p>What it must do with any bytes: refuse them with a checked exception, or accept them, and then they are the only bytes for what was
 * read. Nothing else may happen, and it may not take memory or time beyond its limits.
 *
 * @param name which one
 * @param reader reads, and writes what it read again
 * @param seeds what it accepts: where fuzzing starts
 * @param mostAllocated how many bytes it may allocate for an input, beside {@value #TIMES} times its length; what is allocated is written to,
 *     so this bounds its time too
 */
public record Parser(String name, Reading reader, List<byte[]> seeds, long mostAllocated) {
    private static final long USUALLY = 64L << 20;
    private static final int TIMES = 256;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads and writes again. */
    public interface Reading {
        byte[] apply(byte[] bytes) throws Exception;
    }

    /** A reading without a way to write again. */
    public interface Judging {
        void read(byte[] bytes) throws Exception;
    }

    /** A reading of text; what is written again may be another form of the same. */
    public interface TextReading {
        Object apply(String text) throws Exception;
    }

    public Parser(String name, Reading reader, byte[]... seeds) {
        this(name, reader, List.of(seeds), USUALLY);
    }

    public static Parser judging(String name, Judging judging, byte[]... seeds) {
        return new Parser(
                name,
                bytes -> {
                    judging.read(bytes);
                    return bytes;
                },
                seeds);
    }

    public static Parser ofText(String name, TextReading reading, String... seeds) {
        return judging(
                name,
                bytes -> reading.apply(new String(bytes, StandardCharsets.UTF_8)),
                Stream.of(seeds)
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    /** The same, started from these. */
    public Parser startingFrom(byte[]... others) {
        return new Parser(name, reader, List.of(others), mostAllocated);
    }

    /** The same, with another bound of what it may allocate. */
    public Parser allocating(long most) {
        return new Parser(name, reader, seeds, most);
    }

    /**
     * Gives it bytes.
     *
     * @return whether they were accepted
     * @throws AssertionError if something happened that must not
     */
    public boolean accepts(byte[] bytes) {
        Outcome outcome = read(bytes);
        if (outcome.allocated > most(bytes)) {
            // The first reading loads classes, and the fuzzer rewrites each of them: only what is allocated again is
            // the parser's.
            outcome = read(bytes);
        }
        if (outcome.allocated > most(bytes)) {
            throw new AssertionError(name + " allocated " + outcome.allocated + " bytes for " + bytes.length);
        }
        byte[] again = outcome.again;
        if (again != null && !Arrays.equals(bytes, again) && !isOlderVersion(bytes, again)) {
            throw new AssertionError(name + " accepts two encodings of one thing");
        }
        return again != null;
    }

    private long most(byte[] bytes) {
        return mostAllocated + (long) TIMES * bytes.length;
    }

    @SuppressWarnings("IllegalCatch") // whatever is thrown is judged here
    private Outcome read(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        byte[] again = null;
        try {
            again = reader.apply(bytes.clone());
        } catch (RuntimeException | Error bug) {
            throw new AssertionError(name + " must refuse with a checked exception", bug);
        } catch (Exception refusal) {
            // Nothing was read.
        }
        return new Outcome(again, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    /** What was written again, or null if the bytes were refused; and what that took. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outcome(byte[] again, long allocated) {}

    /** What was written by an earlier build is written in today's version, and that is final. */
    private boolean isOlderVersion(byte[] bytes, byte[] again) {
        return bytes.length > 0 && again.length > 0 && bytes[0] < again[0] && accepts(again);
    }

    @Override
    public String toString() {
        return name;
    }
}
