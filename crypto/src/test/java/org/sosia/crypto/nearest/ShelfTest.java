package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;

class ShelfTest {
    @Test
    void everyThingIsFetchedFromTwoSelections() throws Exception {
        for (int size : new int[] {1, 7, 8, 9, 70}) {
            List<byte[]> things = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                things.add(new byte[] {(byte) i, 1, (byte) (i * 7)});
            }
            var shelf = new Shelf(13, things);
            for (int i = 0; i < size; i++) {
                var selections = Shelf.select(size, i);
                byte[] thing = Shelf.combine(shelf.join(selections.a()), shelf.join(selections.b()));
                assertThat(thing).isEqualTo(Arrays.copyOf(things.get(i), 13));
            }
        }
    }

    /** Whichever thing is wanted, each bit of each selection is one half of the time. */
    @Test
    void oneSelectionAloneSaysNothing() {
        int[] ofA = new int[8];
        int[] ofB = new int[8];
        for (int run = 0; run < 2000; run++) {
            var selections = Shelf.select(8, 3);
            for (int bit = 0; bit < 8; bit++) {
                ofA[bit] += (selections.a()[0] >>> bit) & 1;
                ofB[bit] += (selections.b()[0] >>> bit) & 1;
            }
        }
        // 22 is the standard deviation.
        assertThat(Arrays.stream(ofA)).allMatch(ones -> ones > 840 && ones < 1160);
        assertThat(Arrays.stream(ofB)).allMatch(ones -> ones > 840 && ones < 1160);
    }

    @Test
    void aSelectionOfAnotherSizeIsRefused() {
        var shelf = new Shelf(1, List.of(new byte[] {1}, new byte[] {2}, new byte[] {3}));
        for (byte[] bad : new byte[][] {{}, {1, 0}, {8}, {-1}}) {
            assertThatThrownBy(() -> shelf.join(bad)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aShelfHoldsUpToAGigabyte() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shelf(0, List.of()));
        byte[] nothing = {};
        assertThatIllegalArgumentException().isThrownBy(() -> new Shelf((1 << 29) + 1, List.of(nothing, nothing)));
        assertThat(new Shelf(9, List.of()).join(new byte[0])).isEqualTo(new byte[9]);
        for (int none : new int[] {-1, 8, 9}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Shelf.select(8, none));
        }
        assertThat(Shelf.select(8, 7).a()).hasSize(1);
        assertThat(Shelf.select(9, 8).b()).hasSize(2);
        assertThat(Shelf.select(8, 0)).hasToString("Selections[secret]");
        assertThatThrownBy(() -> Shelf.combine(new byte[3], new byte[4])).isInstanceOf(MalformedException.class);
    }

    /** What stands behind a thing's own bytes is nobody's, and the last thing is as whole as the first. */
    @Test
    void thingsOfEveryLengthAreKeptWhole() throws Exception {
        for (int bytes : new int[] {1, 7, 8, 9, 16}) {
            byte[] full = new byte[bytes];
            Arrays.fill(full, (byte) 0xa5);
            var shelf = new Shelf(bytes, List.of(full, new byte[0], full));
            for (int i = 0; i < 3; i++) {
                var selections = Shelf.select(3, i);
                assertThat(Shelf.combine(shelf.join(selections.a()), shelf.join(selections.b())))
                        .isEqualTo(i == 1 ? new byte[bytes] : full);
            }
        }
    }
}
