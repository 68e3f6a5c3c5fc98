package org.sosia.crypto.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Something that reads bytes from outside.
 *
 * <p>What it must do with any bytes: refuse them with a checked exception, or accept them, and then they are the only bytes for what was
 * read. Nothing else may happen, and it may not take memory or time beyond its limits.
 *
 * @param name which one
 * @param reader reads, and writes what it read again
 */
record Parser(String name, Reading reader) {
    /** Reads and writes again. */
    interface Reading {
        byte[] apply(byte[] bytes) throws Exception;
    }

    /** A reading of text; what is written again may be another form of the same. */
    interface TextReading {
        Object apply(String text) throws Exception;
    }

    static Parser ofText(String name, TextReading reading) {
        return new Parser(name, bytes -> {
            reading.apply(new String(bytes, StandardCharsets.UTF_8));
            return bytes;
        });
    }

    /**
     * Gives it bytes.
     *
     * @return whether they were accepted
     * @throws AssertionError if something happened that must not
     */
    @SuppressWarnings("IllegalCatch") // whatever is thrown is judged here
    boolean accepts(byte[] bytes) {
        byte[] again;
        try {
            again = reader.apply(bytes.clone());
        } catch (RuntimeException | Error bug) {
            throw new AssertionError(name + " must refuse with a checked exception", bug);
        } catch (Exception refusal) {
            return false;
        }
        if (!Arrays.equals(bytes, again) && !isOlderVersion(bytes, again)) {
            throw new AssertionError(name + " accepts two encodings of one thing");
        }
        return true;
    }

    /** What was written by an earlier build is written in today's version, and that is final. */
    private boolean isOlderVersion(byte[] bytes, byte[] again) {
        return bytes[0] < again[0] && accepts(again);
    }

    @Override
    public String toString() {
        return name;
    }
}
