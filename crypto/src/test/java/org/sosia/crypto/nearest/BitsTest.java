package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitsTest {
    @Test
    void aPlaneHoldsOneBitOfEveryNumber() {
        var random = new SplittableRandom(64);
        long[] numbers = random.longs(150).toArray();
        long[] planes = Bits.planes(numbers, 50, 4);
        for (int plane = 0; plane < 50; plane++) {
            for (int i = 0; i < 256; i++) {
                long expected = i < numbers.length ? (numbers[i] >>> plane) & 1 : 0;
                assertThat((planes[plane * 4 + i / 64] >>> (i % 64)) & 1).isEqualTo(expected);
            }
        }
    }
}
