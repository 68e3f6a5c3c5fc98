package org.sosia.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.testing.StrictReading;

class AttributeTest {
    private static final Attribute WARD = new Attribute("clinic", "ward", "3 north", 2);

    @Test
    void theEncodingIsTheDocumentedOneAndReadStrictly() throws Exception {
        Attribute doctor = new Attribute("board", "role", "doctor", 7);
        assertThat(HexFormat.of().formatHex(doctor.encode()))
                .isEqualTo("0005626f6172640004726f6c650006646f63746f7200000007");
        assertThat(Attribute.decode(doctor.encode())).isEqualTo(doctor);
        StrictReading.assertReadsOnlyTheWhole(doctor.encode(), Attribute::decode);
    }

    @Test
    void partsReachTheirLimitsAndNoFurther() {
        String name = "n".repeat(Attribute.MAX_NAME_BYTES);
        String value = "v".repeat(Attribute.MAX_VALUE_BYTES);
        Attribute longest = new Attribute(name, name, value, Integer.MAX_VALUE);
        assertThat(longest.canonical()).hasSizeLessThanOrEqualTo(Attribute.MAX_TEXT_BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribute(name + "n", name, value, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribute(name, name + "n", value, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribute(name, name, value + "v", 1));
    }

    @Test
    void limitsAreOfBytesAndNotOfLetters() {
        assertThat(Attribute.of("\u00e4".repeat(16), "x").name()).hasSize(16);
        assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of("\u00e4".repeat(17), "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of("x", "\u00e4".repeat(49)));
    }

    @Test
    void anIssueFollowsTheOther() {
        assertThat(WARD.nextEpoch()).isEqualTo(new Attribute("clinic", "ward", "3 north", 3));
        assertThat(WARD.inEpoch(9)).isEqualTo(new Attribute("clinic", "ward", "3 north", 9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WARD.inEpoch(Integer.MAX_VALUE).nextEpoch());
    }

    @Test
    void everyIssueIsReadBackFromItsText() throws Exception {
        for (int epoch : new int[] {1, 9, 999_999_999, 1_000_000_000, Integer.MAX_VALUE}) {
            Attribute attribute = WARD.inEpoch(epoch);
            assertThat(Attribute.parse(attribute.toText())).isEqualTo(attribute);
        }
        assertThat(WARD).hasToString("clinic/ward:\"3 north\"@2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role:doctor", " role:doctor", "role:doctor\n", "\t role:\"doctor\"  "})
    void blanksAroundDoNotMatter(String text) throws Exception {
        assertThat(Attribute.parse(text)).isEqualTo(Attribute.of("role", "doctor"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role:doctor x | 12 | END",
                "role:doctor or a:b | 12 | END",
                "role:\"doctor\"x | 13 | END",
                "clinic/ | 7 | ATTRIBUTE",
                "clinic/:x | 7 | ATTRIBUTE",
                "clinic/ward | 11 | COLON",
                "clinic/ward/x:y | 11 | COLON",
                "ward:\"\" | 7 | VALUE",
                "role:doctor@ | 12 | EPOCH",
                "role:doctor@01 | 12 | EPOCH",
                "role:doctor@2147483648 | 12 | EPOCH",
                "role:doctor@99999999999 | 12 | EPOCH",
                "role:doctor@1/ | 13 | END",
                "role:doctor@1: | 13 | END",
            })
    void nothingElseIsAnAttribute(String text, int position, PolicySyntaxException.Expected expected) {
        PolicySyntaxException refusal = catchThrowableOfType(PolicySyntaxException.class, () -> Attribute.parse(text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.expected()).isEqualTo(expected);
        assertThat(refusal.position()).isEqualTo(position);
    }
}
