package org.sosia.crypto.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadmeTest {
    /** By hand: 9 is 1.001b · 2^3 and may keep two bits of mantissa, so it becomes 1.01b · 2^3. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "2,2",
        "3,3",
        "7,7",
        "8,8",
        "9,10",
        "10,10",
        "11,12",
        "100,104",
        "1000,1024",
        "1048576,1048576",
        "1048577,1081344"
    })
    void lengthsAreRoundedUp(long length, long padded) {
        assertThat(Padme.padded(length)).isEqualTo(padded);
    }

    @Test
    void paddingNeverShrinksAndCostsAtMostTwelvePercent() {
        Set<Long> padded = new HashSet<>();
        for (long length = 1; length < 200_000; length++) {
            long rounded = Padme.padded(length);
            assertThat(rounded).isBetween(length, length + length * 12 / 100);
            assertThat(Padme.padded(rounded)).isEqualTo(rounded);
            padded.add(rounded);
        }
        assertThat(padded).hasSizeLessThan(400);
    }

    @Test
    void impossibleLengthsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Padme.padded(-1));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Padme.padded(Long.MAX_VALUE));
    }
}
