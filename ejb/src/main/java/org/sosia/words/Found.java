package org.sosia.words;

import java.util.LinkedHashSet;
import java.util.Set;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.crypto.keywords.Normaliser.CodeSystem;

/** The words found in one record so far, normalised, each once, in the order in which they were found; bounded. */
final class Found {

    /** An update of the index carries them at once, padded to 256. What comes first is kept. */
    static final int MOST_WORDS = 240;

    /** Longer is no word that somebody types. */
    static final int LONGEST = 64;

    private static final int MOST_CHARACTERS = 1 << 18;

    private final Normaliser normaliser;
    private final Set<Keyword> words = new LinkedHashSet<>();
    private int characters;

    Found(Normaliser normaliser) {
        this.normaliser = normaliser;
    }

    /** Adds the words of a text, and what looks like a code in it. */
    void text(String text) {
        int room = Math.min(text.length(), MOST_CHARACTERS - characters);
        characters += room;
        String read = text.substring(0, room);
        normaliser.codes(read).forEach(this::add);
        normaliser.words(read).forEach(this::add);
    }

    /** Adds a code of a system, and the same as a word, so that it is found by whoever does not name the system. */
    void code(CodeSystem system, String code) {
        try {
            Keyword coded = Normaliser.code(system, code);
            add(coded);
            normaliser.words(coded.word().replaceAll("[.-]", "")).forEach(this::add);
        } catch (IllegalArgumentException noSuchCode) {
            // Records name codes that were never any: they are found by their texts.
            text(code);
        }
    }

    private void add(Keyword word) {
        if (words.size() < MOST_WORDS && isSearchable(word)) {
            words.add(word);
        }
    }

    /** One letter finds too much to be worth its place, unless it is a word of a script that writes words with one. */
    static boolean isSearchable(Keyword word) {
        String text = word.word();
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST && (length > 1 || Character.isIdeographic(text.codePointAt(0)));
    }

    boolean isFull() {
        return words.size() >= MOST_WORDS || characters >= MOST_CHARACTERS;
    }

    Set<Keyword> words() {
        return words;
    }
}
