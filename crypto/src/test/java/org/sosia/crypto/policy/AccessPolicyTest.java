package org.sosia.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;

class AccessPolicyTest {
    private static final Attribute DOCTOR = Attribute.of("role", "doctor");
    private static final Attribute NURSE = Attribute.of("role", "nurse");
    private static final Attribute CARDIOLOGY = Attribute.of("department", "cardiology");

    @Test
    void andNeedsBoth() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:doctor and department:cardiology");
        assertThat(policy.isSatisfiedBy(Set.of(DOCTOR, CARDIOLOGY, NURSE))).isTrue();
        assertThat(policy.isSatisfiedBy(Set.of(DOCTOR))).isFalse();
        assertThat(policy.isSatisfiedBy(Set.of())).isFalse();
        assertThat(policy.attributes()).containsExactly(DOCTOR, CARDIOLOGY);
    }

    @Test
    void andBindsMoreStronglyThanOr() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("role:nurse or role:doctor and department:cardiology");
        assertThat(policy.isSatisfiedBy(Set.of(NURSE))).isTrue();
        assertThat(policy.isSatisfiedBy(Set.of(DOCTOR))).isFalse();
        assertThat(policy).isEqualTo(AccessPolicy.parse("role:nurse OR (role:doctor AND department:cardiology)"));
    }

    @Test
    void aThresholdCounts() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("2 of (role:doctor, role:nurse, department:cardiology)");
        assertThat(policy.isSatisfiedBy(Set.of(DOCTOR, NURSE))).isTrue();
        assertThat(policy.isSatisfiedBy(Set.of(NURSE))).isFalse();
    }

    @Test
    void anotherEpochOrAuthorityIsAnotherAttribute() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("board/role:doctor@2");
        assertThat(policy.isSatisfiedBy(Set.of(new Attribute("board", "role", "doctor", 2))))
                .isTrue();
        assertThat(policy.isSatisfiedBy(Set.of(DOCTOR, new Attribute("board", "role", "doctor", 1))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role:doctor",
                "role:doctor and department:cardiology",
                "a:1 or b:2 or c:3",
                "a:1 and (b:2 or c:3)",
                "(a:1 and b:2) and c:3",
                "2 of (a:1, b:2 and c:3, 2 of (d:4, e:5, f:6))",
                "board/role:doctor@7 or ward:\"3 north, left\"",
                "funktion:ärztin and role:doctor",
                "2nd:x or 2 of (a:1, b:2, c:3)",
            })
    void textAndCanonicalFormAreReadBack(String text) throws Exception {
        AccessPolicy policy = AccessPolicy.parse(text);
        assertThat(policy.toText()).isEqualTo(text);
        assertThat(AccessPolicy.decode(policy.canonical())).isEqualTo(policy);
        assertThat(policy.attributes()).allSatisfy(attribute -> {
            assertThat(Attribute.parse(attribute.toText())).isEqualTo(attribute);
            assertThat(Attribute.decode(attribute.encode())).isEqualTo(attribute);
        });
    }

    @Test
    void theCanonicalFormIsTheDocumentedOne() throws Exception {
        assertThat(new String(
                        AccessPolicy.parse("a:1 and (b:2 or 2 of (c:3, d:4, x/e:5@6))")
                                .canonical(),
                        StandardCharsets.UTF_8))
                .isEqualTo("[2,\"hospital/a:1@1\",[1,\"hospital/b:2@1\","
                        + "[2,\"hospital/c:3@1\",\"hospital/d:4@1\",\"x/e:5@6\"]]]");
    }

    @Test
    void decomposedLettersAreTheSameLetters() throws Exception {
        assertThat(Attribute.parse("funktion:a\u0308rztin")).isEqualTo(Attribute.parse("funktion:\u00e4rztin"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | 0 | an attribute such as role:doctor",
                "role | 0 | an attribute such as role:doctor",
                "role:doctor and | 15 | an attribute such as role:doctor",
                "role:doctor department:x | 12 | 'and', 'or' or the end",
                "(role:doctor | 12 | ')'",
                "role:doctor) | 11 | 'and', 'or' or the end",
                "role: | 5 | a value",
                "4 of (a:1, b:2) | 0 | a number from 1 to the number of parts",
                "0 of (a:1, b:2) | 0 | a number from 1 to the number of parts",
                "2 of a:1 | 5 | '('",
                "2 of (a:1; b:2) | 9 | ',' or ')'",
                "role:doctor@0 | 12 | an epoch from 1",
                "a:\"x | 4 | '\"'",
                "not a:1 | 0 | an attribute such as role:doctor",
                "a:1 and or | 8 | an attribute such as role:doctor",
            })
    void anErrorSaysWhereAndWhatWasExpected(String text, int position, String expected) {
        PolicySyntaxException refusal =
                catchThrowableOfType(PolicySyntaxException.class, () -> AccessPolicy.parse(text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.position()).isEqualTo(position);
        assertThat(refusal.expected().text()).isEqualTo(expected);
        assertThat(refusal.getMessage()).isEqualTo("the policy text is not well formed");
    }

    @Test
    void limitsHold() throws Exception {
        String leaf = "a:1";
        String sixtyFour = String.join(" or ", Collections.nCopies(64, leaf));
        assertThat(AccessPolicy.parse(sixtyFour).leaves()).hasSize(64);
        assertRefused(sixtyFour + " or " + leaf);
        String whole = String.join(" and ", Collections.nCopies(4, "(" + sixtyFour + ")"));
        assertThat(AccessPolicy.parse(whole).leaves()).hasSize(AccessPolicy.MAX_LEAVES);
        assertRefused("(" + whole + ") or " + leaf);
        assertThat(AccessPolicy.parse(nested(AccessPolicy.MAX_DEPTH - 1))).isNotNull();
        assertRefused(nested(AccessPolicy.MAX_DEPTH + 1));
        assertRefused("(".repeat(60_001));
        assertRefused("a:" + "x".repeat(97));
        assertRefused("x".repeat(33) + ":a");
    }

    private static String nested(int depth) {
        return "(a:1 or ".repeat(depth) + "b:2 and c:3" + ")".repeat(depth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "\"role:doctor\"",
                "\"hospital/role:doctor\"",
                "\"hospital/role:doctor@0\"",
                "\"hospital/role:doctor@01\"",
                "\"hospital/role:doctor@99999999999\"",
                "\"hospital/role:doctor@1\" ",
                " \"hospital/role:doctor@1\"",
                "[1,\"hospital/a:1@1\"]",
                "[]",
                "[1]",
                "[0,\"hospital/a:1@1\",\"hospital/b:2@1\"]",
                "[3,\"hospital/a:1@1\",\"hospital/b:2@1\"]",
                "[02,\"hospital/a:1@1\",\"hospital/b:2@1\"]",
                "[+2,\"hospital/a:1@1\",\"hospital/b:2@1\"]",
                "[2, \"hospital/a:1@1\",\"hospital/b:2@1\"]",
                "[2,\"hospital/a:1@1\",\"hospital/b:2@1\"",
                "[2,\"hospital/a:1@1\",\"hospital/b:2@1\"]]",
                "[2,\"hospital/a:1@1\",\"hospital/b:2@1\",]",
                "[2,\"hospital/a:1@1\",\"hospital/b:2@1\"}",
                "\"hospital/a:a\u0308@1\"",
            })
    void onlyTheCanonicalFormDecodes(String text) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> AccessPolicy.decode(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void canonicalFormsBeyondTheLimitsAreRefused() {
        String deep = "[1,\"hospital/a:1@1\",".repeat(17) + "\"hospital/b:2@1\"" + "]".repeat(17);
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> AccessPolicy.decode(deep.getBytes(StandardCharsets.UTF_8)));
        String wide = "[1" + ",\"hospital/a:1@1\"".repeat(65) + "]";
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> AccessPolicy.decode(wide.getBytes(StandardCharsets.UTF_8)));
        String many = "[1" + (",[1" + ",\"hospital/a:1@1\"".repeat(64) + "]").repeat(5) + "]";
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> AccessPolicy.decode(many.getBytes(StandardCharsets.UTF_8)));
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> AccessPolicy.decode(new byte[AccessPolicy.MAX_CANONICAL_BYTES + 1]));
    }

    @Test
    void attributesHaveLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribute("", "a", "b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of("a b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of("a", "b\"c"));
        assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of("a", "b\nc"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribute("a", "b", "c", 0));
    }

    /** Joined as text, both would read "ab:c". */
    @Test
    void encodedAttributesHaveBorders() {
        assertThat(new Attribute("h", "ab", "c", 1).encode()).isNotEqualTo(new Attribute("h", "a", "bc", 1).encode());
    }

    @Test
    void limitsAreReachedButNotPassed() throws Exception {
        assertThat(AccessPolicy.parse("a:1" + " ".repeat(60_000 - 3)).leaves()).hasSize(1);
        assertExpected("a:1" + " ".repeat(60_000 - 2), Expected.SHORTER);

        assertThat(AccessPolicy.parse("(".repeat(16) + "a:1" + ")".repeat(16)).leaves())
                .hasSize(1);
        assertExpected("(".repeat(17) + "a:1" + ")".repeat(17), Expected.FLATTER);
        assertThat(AccessPolicy.parse("1 of (".repeat(16) + "a:1" + ")".repeat(16))
                        .leaves())
                .hasSize(1);
        assertExpected("1 of (".repeat(17) + "a:1" + ")".repeat(17), Expected.FLATTER);
    }

    /** No more parentheses than allowed, but an "and" inside each "or" is a gate too. */
    @Test
    void gatesAreCountedAndNotOnlyParentheses() throws Exception {
        String sixteen = "a:1 or b:2 and (".repeat(8) + "a:1" + ")".repeat(8);
        assertThat(AccessPolicy.parse(sixteen).leaves()).hasSize(17);
        assertExpected("a:1 or b:2 and (".repeat(8) + "a:1 or b:2" + ")".repeat(8), Expected.FLATTER);
    }

    @Test
    void theCanonicalFormReachesItsLimitsInEveryChild() throws Exception {
        for (String form : new String[] {"[1,\"hospital/a:1@1\",%s]", "[1,%s,\"hospital/a:1@1\"]"}) {
            String policy = "\"hospital/b:2@1\"";
            for (int depth = 1; depth <= AccessPolicy.MAX_DEPTH; depth++) {
                policy = form.formatted(policy);
            }
            assertThat(AccessPolicy.decode(policy.getBytes(StandardCharsets.UTF_8))
                            .leaves())
                    .hasSize(17);
            byte[] tooDeep = form.formatted(policy).getBytes(StandardCharsets.UTF_8);
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> AccessPolicy.decode(tooDeep));
        }
        String most = "[1" + (",[1" + ",\"hospital/a:1@1\"".repeat(64) + "]").repeat(4) + "]";
        assertThat(AccessPolicy.decode(most.getBytes(StandardCharsets.UTF_8)).leaves())
                .hasSize(AccessPolicy.MAX_LEAVES);
    }

    @Test
    void blanksDoNotMatterAnywhere() throws Exception {
        assertThat(AccessPolicy.parse(" ( 2 of ( a:1 , b:2 ,\tc:3 ) ) and\n( d:4 ) "))
                .isEqualTo(AccessPolicy.parse("2 of (a:1,b:2,c:3) and d:4"));
    }

    @Test
    void aPolicyMovesToOtherIssuesOfItsAttributes() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("a:1 and (b:2 or 2 of (c:3, d:4, b:2))");
        AccessPolicy moved = policy.map(attribute -> attribute.name().equals("b") ? attribute.nextEpoch() : attribute);
        assertThat(moved).isEqualTo(AccessPolicy.parse("a:1 and (b:2@2 or 2 of (c:3, d:4, b:2@2))"));
        assertThat(moved).hasToString("a:1 and (b:2@2 or 2 of (c:3, d:4, b:2@2))");
    }

    @Test
    void policiesAreEqualByTheirFormula() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("a:1 and b:2");
        assertThat(policy)
                .isEqualTo(AccessPolicy.parse("( a:1 AND b:2 )"))
                .hasSameHashCodeAs(AccessPolicy.parse("( a:1 AND b:2 )"))
                .isNotEqualTo(AccessPolicy.parse("a:1 or b:2"))
                .isNotEqualTo("a:1 and b:2");
        assertThat(policy.hashCode())
                .isNotEqualTo(AccessPolicy.parse("a:1 or b:2").hashCode());
    }

    private static void assertExpected(String text, Expected expected) {
        assertThat(catchThrowableOfType(PolicySyntaxException.class, () -> AccessPolicy.parse(text))
                        .expected())
                .isEqualTo(expected);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(PolicySyntaxException.class).isThrownBy(() -> AccessPolicy.parse(text));
    }
}
