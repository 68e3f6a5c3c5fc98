package org.sosia.crypto.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialKeyTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** The bytes 00 11 22 … ff, as docs/FORMATS.md has them. */
    private static final String DOCUMENTED = "0024-H36H-2NCS-VRH6-DAQF-6DVV-QZH";

    private final PartialKey key = PartialKey.random();
    private final String text = key.revealText();

    @RepeatedTest(20)
    void whatIsPrintedIsRead() throws Exception {
        assertThat(text).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}");
        assertThat(PartialKey.parse(text)).isEqualTo(key);
    }

    @Test
    void theTextIsTheDocumentedOne() throws Exception {
        byte[] bytes = new byte[PartialKey.BYTES];
        assertThat(KeyText.of(bytes)).isEqualTo("0000-0000-0000-0000-0000-0000-000");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 17);
        }
        assertThat(KeyText.of(bytes)).isEqualTo(DOCUMENTED);
        assertThat(KeyText.parse(DOCUMENTED, PartialKey.BYTES)).isEqualTo(bytes);
    }

    @Test
    void caseBlanksHyphensAndLookalikesDoNotMatter() throws Exception {
        assertThat(PartialKey.parse(text.toLowerCase(Locale.ROOT))).isEqualTo(key);
        assertThat(PartialKey.parse(text.replace("-", ""))).isEqualTo(key);
        assertThat(PartialKey.parse("  " + text.replace('-', ' ') + "\n")).isEqualTo(key);
        assertThat(PartialKey.parse(text.replace('0', 'O').replace('1', 'l'))).isEqualTo(key);
        assertThat(PartialKey.parse(text.replace('0', 'o').replace('1', 'I'))).isEqualTo(key);
        assertThat(PartialKey.parse(text.replace('-', '\u2011'))).isEqualTo(key);
    }

    @Test
    void everySingleWrongCharacterIsNoticed() {
        String plain = text.replace("-", "");
        for (int i = 0; i < plain.length(); i++) {
            for (int digit = 0; digit < ALPHABET.length(); digit++) {
                char c = ALPHABET.charAt(digit);
                if (c != plain.charAt(i)) {
                    assertMistyped(plain.substring(0, i) + c + plain.substring(i + 1));
                }
            }
        }
    }

    @Test
    void everySwapOfTwoCharactersIsNoticed() {
        String plain = text.replace("-", "");
        for (int i = 0; i < plain.length(); i++) {
            for (int j = i + 1; j < plain.length(); j++) {
                if (plain.charAt(i) != plain.charAt(j)) {
                    char[] swapped = plain.toCharArray();
                    swapped[i] = plain.charAt(j);
                    swapped[j] = plain.charAt(i);
                    assertMistyped(new String(swapped));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "00000000000000000000000000",
                "0000000000000000000000000000",
                "U00000000000000000000000000",
                "*00000000000000000000000000",
                "\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661",
            })
    void whatWasNeverPrintedIsATypingError(String typed) {
        assertMistyped(typed);
    }

    @Test
    void aWrongKeyTypedCorrectlyIsNoTypingError() throws Exception {
        assertThat(PartialKey.parse(PartialKey.random().revealText())).isNotEqualTo(key);
    }

    @Test
    void nothingIsPrintedByAccident() {
        assertThat(key).hasToString("PartialKey[secret]");
        assertThat(key.hashCode()).isEqualTo(PartialKey.random().hashCode());
    }

    private static void assertMistyped(String typed) {
        assertThatExceptionOfType(TypingErrorException.class).isThrownBy(() -> PartialKey.parse(typed));
    }
}
