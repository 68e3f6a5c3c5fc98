package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentAnswerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LAB_2026-03-14_7K.pdf",
                "../../etc/passwd",
                "a\"; filename=evil.exe",
                "line\r\nSet-Cookie: x=y",
                "<script>.txt",
                "r\u00e9sum\u00e9.pdf"
            })
    void aNameNeverLeavesItsQuotes(String name) {
        String header = ContentAnswer.disposition(name);

        assertThat(header).startsWith("attachment; filename=\"").doesNotContain("\r", "\n", "<", "/", "..", "\\");
        assertThat(header.chars().filter(c -> c == '"').count()).isEqualTo(2);
        assertThat(header.chars().filter(c -> c == ';').count()).isEqualTo(2);
    }
}
