package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeBucketTest {

    @Test
    void theBucketsCoverAllSizesWithoutOverlap() {
        long from = 1;
        while (from < 200_000) {
            var bucket = SizeBucket.of(from);
            assertThat(bucket.smallest()).isEqualTo(from);
            assertThat(SizeBucket.padded(bucket.largest())).isEqualTo(bucket.largest());
            from = bucket.largest() + 1;
        }
    }

    /** The examples of the paper's formula, computed by hand. */
    @Test
    void paddingIsPadme() {
        assertThat(SizeBucket.padded(9)).isEqualTo(10);
        assertThat(SizeBucket.padded(1000)).isEqualTo(1024);
        assertThat(SizeBucket.padded(1025)).isEqualTo(1088);
        assertThat(SizeBucket.padded(2L << 30)).isEqualTo(2L << 30);
    }

    @Test
    void noBucketWastesMoreThanTwelvePerCent() {
        for (long bytes = 16; bytes < DecoySpec.MAX_BYTES; bytes = bytes * 11 / 10 + 1) {
            assertThat(SizeBucket.padded(bytes)).isBetween(bytes, bytes + bytes * 12 / 100 + 1);
        }
    }
}
