package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.keywords.Normaliser.CodeSystem;

class NormaliserTest {
    private static List<String> words(String language, String text) {
        return new Normaliser(Locale.forLanguageTag(language))
                .words(text).stream().map(Keyword::word).toList();
    }

    @Test
    void caseWidthAndAccentsDoNotMatter() {
        assertThat(words("en", "Chest CT, chest-ct; ＣＨＥＳＴ!")).containsExactly("chest", "ct");
        assertThat(words("fr", "Épilepsie épilepsie e\u0301pilepsie")).containsExactly("epilepsie");
        assertThat(words("en", "ﬁbrosis fibrosis")).containsExactly("fibrosis");
    }

    @Test
    void eachLanguageHasItsRules() {
        assertThat(words("de", "Ödem OEDEM")).containsExactly("oedem");
        assertThat(words("en", "Ödem")).containsExactly("odem");
        assertThat(words("de", "Straße STRASSE")).containsExactly("strasse");
        assertThat(words("tr", "KIZAMIK")).containsExactly("kızamık");
        assertThat(words("el", "Πόνος ΠΟΝΟΣ")).containsExactly("πονοσ");
    }

    /** Without their vowel signs these would be other words. */
    @Test
    void vowelSignsOfIndicScriptsStay() {
        assertThat(words("hi", "बुखार बख़ार")).hasSize(2).contains("बुखार");
        assertThat(words("ta", "காய்ச்சல்")).containsExactly("காய்ச்சல்");
    }

    @Test
    void nothingIsNoWord() {
        assertThat(words("en", " -- ,. ")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("text", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("", "padding"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Keyword("text", "x".repeat(1025)));
    }

    @Test
    void codesHaveOneForm() {
        assertThat(Normaliser.code(CodeSystem.ICD_10, " j18.9 ")).isEqualTo(new Keyword("icd10", "J189"));
        assertThat(Normaliser.code(CodeSystem.ICD_10, "J189")).isEqualTo(Normaliser.code(CodeSystem.ICD_10, "Ｊ18.9"));
        assertThat(Normaliser.code(CodeSystem.LOINC, "8867-4")).isEqualTo(new Keyword("loinc", "8867-4"));
        assertThat(Normaliser.code(CodeSystem.SNOMED_CT, "233604007")).isEqualTo(new Keyword("snomed", "233604007"));
        assertThatIllegalArgumentException().isThrownBy(() -> Normaliser.code(CodeSystem.ICD_10, "pneumonia"));
        assertThatIllegalArgumentException().isThrownBy(() -> Normaliser.code(CodeSystem.LOINC, "88674"));
        assertThatIllegalArgumentException().isThrownBy(() -> Normaliser.code(CodeSystem.SNOMED_CT, "12"));
    }

    @Test
    void aKeywordIsNotPrinted() {
        assertThat(new Keyword("text", "hiv")).hasToString("Keyword[secret]");
    }

    @Test
    void codesInATextAreFoundWithAndWithoutTheirDot() {
        Normaliser english = new Normaliser(java.util.Locale.ENGLISH);

        assertThat(english.codes("Pneumonia (J18.9), haemoglobin 718-7; on 2026-03-14, tel. 44-5550-1234"))
                .containsExactly(new Keyword(Normaliser.TEXT, "j189"), new Keyword(Normaliser.TEXT, "7187"));
        assertThat(english.words("j189")).containsExactly(new Keyword(Normaliser.TEXT, "j189"));
    }
}
