package org.sosia.crypto.keywords;

import org.sosia.crypto.encoding.ByteWriter;

/**
 * A word as it is indexed and searched: normalised already, see {@link Normaliser}. It never leaves the client.
 *
 * @param field what kind of word: {@code text}, {@code icd10}, …
 * @param word the normalised word, not empty
 */
public record Keyword(String field, String word) {
    /** Longest field or word in UTF-8. */
    public static final int MOST_BYTES = 1024;

    /** The field of the words that pad an update; nobody else may use it. */
    static final String PADDING = "";

    /** Checks the limits. */
    public Keyword {
        if (field.isEmpty() || word.isEmpty()) {
            throw new IllegalArgumentException("a keyword has a field and a word");
        }
        input(field, word);
    }

    private static byte[] input(String field, String word) {
        byte[] fieldBytes = field.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] wordBytes = word.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (fieldBytes.length > MOST_BYTES || wordBytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a keyword is at most " + MOST_BYTES + " bytes long");
        }
        return new ByteWriter().sized(fieldBytes).sized(wordBytes).toByteArray();
    }

    /** The oblivious function's input. */
    byte[] input() {
        return input(field, word);
    }

    /** The input of one of the words that pad. */
    static byte[] paddingInput(int number) {
        return input(PADDING, Integer.toString(number));
    }

    /** Words are what patients have; they do not belong in logs. */
    @Override
    public String toString() {
        return "Keyword[secret]";
    }
}
