package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptionTest {
    @Test
    void aPathIsDescribedByTheNamesOfItsParametersAlone() {
        assertThat(Description.withoutPatterns("/api/v1/attributes/{name: .+}/revocations"))
                .isEqualTo("/api/v1/attributes/{name}/revocations");
        assertThat(Description.withoutPatterns("/api/v1/records/{id}/content"))
                .isEqualTo("/api/v1/records/{id}/content");
    }
}
