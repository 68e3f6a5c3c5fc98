package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.retrieval.ByteRange;

class RangesTest {
    @Test
    void oneRangeOfBytesIsRead() {
        assertThat(Ranges.parse("bytes=0-99")).contains(new ByteRange(0, 99));
        assertThat(Ranges.parse("bytes=20000-")).contains(new ByteRange(20_000, ByteRange.TO_THE_END));
        assertThat(Ranges.parse("bytes=-500")).contains(new ByteRange(-500, ByteRange.TO_THE_END));
        assertThat(Ranges.parse(" bytes = 5 - 6 ")).contains(new ByteRange(5, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=-",
                "bytes=9-3",
                "bytes=0-1,5-6",
                "lines=0-1",
                "bytes=a-b",
                "bytes=1",
                "bytes=0-9999999999999999999"
            })
    void anythingElseAsksForTheWhole(String header) {
        assertThat(Ranges.parse(header)).isEmpty();
    }

    @Test
    void theLastZeroBytesCannotBeServed() {
        assertThat(Ranges.parse("bytes=-0"))
                .get()
                .satisfies(range -> assertThat(range.from()).isGreaterThan(1L << 60));
    }
}
