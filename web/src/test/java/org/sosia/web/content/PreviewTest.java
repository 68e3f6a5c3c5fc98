package org.sosia.web.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {
    @ParameterizedTest
    @CsvSource({
        "image/png,PICTURE",
        "image/jpeg,PICTURE",
        "text/plain; charset=utf-8,TEXT",
        "text/html,TEXT",
        "application/fhir+json,TEXT",
        "application/xml,TEXT",
        "application/pdf,PAGES",
        "image/svg+xml,NONE",
        "application/dicom,NONE",
        "application/octet-stream,NONE"
    })
    void onlyWhatCannotRunIsShown(String mediaType, Preview way) {
        assertThat(Preview.of(mediaType)).isEqualTo(way);
    }
}
