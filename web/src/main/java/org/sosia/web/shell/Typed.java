package org.sosia.web.shell;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What somebody typed into a field for words. */
public final class Typed {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

    private Typed() {}

    /** The words between the blanks, commas and semicolons. */
    public static List<String> words(String typed) {
        return Arrays.stream(BETWEEN.split(typed))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
