package org.sosia.crypto.keywords;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings what people type into the one form that is indexed, so that the encrypted words are equal when people mean the same: Unicode NFKC, lower
 * case by the language's rules, and without accents where the language's readers expect that.
 */
public final class Normaliser {
    /** Field of words of free text. */
    public static final String TEXT = "text";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /** Latin, Greek and Cyrillic combining marks; the vowel signs of Indic scripts are letters to their readers. */
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");

    private static final Pattern CODE_BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /** What a code looks like in a text, of those that the search for words would cut in two. */
    private static final Pattern CODE_LIKE = Pattern.compile(
            "(?<![\\p{L}\\p{N}.-])([a-z][0-9][0-9a-z]\\.[0-9a-z]{1,4}|[0-9]{1,7}-[0-9])(?![\\p{L}\\p{N}-])");

    private static final Pattern ICD_10 = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.?[0-9A-Z]{1,4})?");
    private static final Pattern LOINC = Pattern.compile("[0-9]{1,7}-[0-9]");
    private static final Pattern SNOMED = Pattern.compile("[0-9]{6,18}");

    private final Locale language;

    /**
     * Normalises words of one language.
     *
     * @param language decides on case (Turkish i) and on umlauts (German ae for ä)
     */
    public Normaliser(Locale language) {
        this.language = language;
    }

    /** Systems of codes that records use. */
    public enum CodeSystem {
        /** International Classification of Diseases: {@code j18.9} and {@code J189} are the same. */
        ICD_10("icd10", Normaliser.ICD_10),
        /** Logical Observation Identifiers: digits, hyphen, check digit. */
        LOINC("loinc", Normaliser.LOINC),
        /** SNOMED CT concept identifiers: 6 to 18 digits. */
        SNOMED_CT("snomed", Normaliser.SNOMED);

        private final String field;
        private final Pattern form;

        CodeSystem(String field, Pattern form) {
            this.field = field;
            this.form = form;
        }
    }

    /**
     * The words of a text.
     *
     * @param text any text
     * @return its words, each once, in order of appearance
     */
    public Set<Keyword> words(String text) {
        Set<Keyword> words = new LinkedHashSet<>();
        Matcher word = WORD.matcher(folded(text));
        while (word.find()) {
            words.add(new Keyword(TEXT, word.group()));
        }
        return words;
    }

    /**
     * What looks like a code in a text, without its dot or hyphen: {@code J18.9} and {@code j189} are the same.
     *
     * @param text any text
     * @return the codes as words of the text, each once, in order of appearance
     */
    public Set<Keyword> codes(String text) {
        Set<Keyword> codes = new LinkedHashSet<>();
        Matcher code = CODE_LIKE.matcher(folded(text));
        while (code.find()) {
            codes.add(new Keyword(TEXT, code.group().replaceAll("[.-]", "")));
        }
        return codes;
    }

    private String folded(String text) {
        String lower = Normalizer.normalize(text, Form.NFKC).toLowerCase(language);
        if (language.getLanguage().equals("de")) {
            lower = lower.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue");
        }
        // Sharp s and final sigma have no case that a lower-casing would unite.
        String united = lower.replace("ß", "ss").replace('ς', 'σ');
        String bare = ACCENTS.matcher(Normalizer.normalize(united, Form.NFD)).replaceAll("");
        return Normalizer.normalize(bare, Form.NFKC);
    }

    /**
     * A code.
     *
     * @param system whose code
     * @param code as typed
     * @return the keyword
     * @throws IllegalArgumentException if it has not the form of such a code
     */
    public static Keyword code(CodeSystem system, String code) {
        String upper = CODE_BLANKS
                .matcher(Normalizer.normalize(code, Form.NFKC).toUpperCase(Locale.ROOT))
                .replaceAll("");
        if (!system.form.matcher(upper).matches()) {
            throw new IllegalArgumentException("this is no code of that system");
        }
        return new Keyword(system.field, system == CodeSystem.ICD_10 ? upper.replace(".", "") : upper);
    }
}
