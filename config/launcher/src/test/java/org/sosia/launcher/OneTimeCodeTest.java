package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodeTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(US_ASCII);

    // RFC 6238, appendix B, SHA-1, the last six of eight digits.
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void agreesWithTheRfc(long seconds, String code) {
        assertThat(OneTimeCode.at(KEY, Instant.ofEpochSecond(seconds))).isEqualTo(code);
    }

    @Test
    void writesBase32AsTheRfcDoes() {
        // RFC 4648, section 10, the vector without padding, four times over.
        assertThat(OneTimeCode.base32("fooba".getBytes(US_ASCII))).isEqualTo("MZXW6YTB");
        assertThat(OneTimeCode.base32(KEY)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
