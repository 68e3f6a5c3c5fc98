package org.sosia.paging;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words somebody looks for in a list whose texts are sealed, so that the store cannot look for them: the rows are opened and compared.
 *
 * @param words each must occur, in any order, as part of a word or whole; none finds everything
 */
public record Sought(List<String> words) {
    /**
     * How many rows one request opens at the most. Behind them the page ends early with a cursor, and whoever asked goes on from there:
     * a request costs the same however long the list is and however rare the words are.
     */
    public static final int MOST_OPENED = 2_000;

    /** More words than a name has only cost time. */
    private static final int MOST_WORDS = 10;

    private static final Pattern BLANKS = Pattern.compile("[\\s,;]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

    /** Takes the words as they will be compared. */
    public Sought {
        words = words.stream()
                .map(Sought::plain)
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
    }

    /** The words between the blanks of a text. */
    public static Sought in(String typed) {
        return new Sought(Arrays.asList(BLANKS.split(typed)));
    }

    /** Whether every row is wanted, so that none needs to be compared. */
    public boolean isEverything() {
        return words.isEmpty();
    }

    /** Whether a text has every word; capitals and accents make no difference. */
    public boolean isIn(String text) {
        String compared = plain(text);
        return words.stream().allMatch(compared::contains);
    }

    private static String plain(String text) {
        return ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
