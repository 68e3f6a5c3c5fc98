package org.sosia.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/owner/requests.xhtml", "/doctor/record.xhtml?id=7&tab=a%20b", "/a//b"})
    void aPathOfOursIsFollowed(String path) {
        assertThat(Paths.local(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "owner",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: b=c",
                "/a\\b"
            })
    void anythingElseLeadsToTheStartPage(String path) {
        assertThat(Paths.local(path)).isEqualTo("/");
    }

    @Test
    void nothingLeadsToTheStartPage() {
        assertThat(Paths.local(null)).isEqualTo("/");
    }
}
