package org.sosia.words;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.crypto.keywords.Normaliser.CodeSystem;
import org.sosia.refusal.InvalidValueException;

/** What was typed, as the words that the index has. */
record Terms(Set<Keyword> words) {

    static final int MOST = 16;
    static final int LONGEST = 64;

    private static final Pattern NAMED_CODE = Pattern.compile("(?i)\\s*(icd-?10|loinc|snomed)\\s*:\\s*(.+)");

    private static final String FIELD = "keywords";

    Terms {
        words = Set.copyOf(words);
    }

    static Terms of(Normaliser normaliser, List<String> typed) throws InvalidValueException {
        if (typed.isEmpty() || typed.size() > MOST) {
            throw new InvalidValueException(FIELD, "must be 1 to 16 words");
        }
        Set<Keyword> words = new LinkedHashSet<>();
        for (String one : typed) {
            if (one.isBlank() || one.length() > LONGEST) {
                throw new InvalidValueException(FIELD, "must be words of 1 to 64 characters");
            }
            words.addAll(words(normaliser, one));
        }
        if (words.isEmpty()) {
            throw new InvalidValueException(FIELD, "must hold a word of at least two letters or digits");
        }
        if (words.size() > MOST) {
            throw new InvalidValueException(FIELD, "must be 1 to 16 words");
        }
        return new Terms(words);
    }

    /** What was typed, as words to be found by: a code that names its system is found by whoever does not name it as well. */
    static Terms offered(Normaliser normaliser, List<String> typed) throws InvalidValueException {
        Set<Keyword> words = new LinkedHashSet<>(of(normaliser, typed).words());
        for (String one : typed) {
            Matcher named = NAMED_CODE.matcher(one);
            if (named.matches()) {
                words.addAll(normaliser.codes(named.group(2)));
                words.addAll(normaliser.words(
                        code(named.group(1), named.group(2)).word().replaceAll("[.-]", "")));
            }
        }
        if (words.size() > MOST) {
            throw new InvalidValueException(FIELD, "must be 1 to 16 words");
        }
        return new Terms(words);
    }

    /** A code that names its system; else what looks like a code, whole; else words. */
    private static Set<Keyword> words(Normaliser normaliser, String typed) throws InvalidValueException {
        Matcher named = NAMED_CODE.matcher(typed);
        if (named.matches()) {
            return Set.of(code(named.group(1), named.group(2)));
        }
        Set<Keyword> codes = normaliser.codes(typed);
        if (!codes.isEmpty() && typed.strip().indexOf(' ') < 0) {
            return codes;
        }
        Set<Keyword> words = new LinkedHashSet<>();
        normaliser.words(typed).stream().filter(Words::isSearchable).forEach(words::add);
        return words;
    }

    private static Keyword code(String system, String code) throws InvalidValueException {
        try {
            return Normaliser.code(
                    switch (Character.toLowerCase(system.charAt(0))) {
                        case 'i' -> CodeSystem.ICD_10;
                        case 'l' -> CodeSystem.LOINC;
                        default -> CodeSystem.SNOMED_CT;
                    },
                    code);
        } catch (IllegalArgumentException none) {
            throw new InvalidValueException(FIELD, "must be codes of the system that they name");
        }
    }

    /** Words are what patients have. */
    @Override
    public String toString() {
        return "Terms[" + words.size() + "]";
    }
}
