package org.sosia.web.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.faces.FacesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;
import org.sosia.paging.Page;

class CursorModelTest {
    private static final int ROWS = 10;

    private final List<@Nullable String> asked = new ArrayList<>();

    /** A door's list of that many numbers, whose cursor is the number it stopped at. */
    private CursorModel<Integer> over(int size) {
        return new CursorModel<>((after, limit) -> {
            asked.add(after);
            int from = after == null || after.equals(Page.OLDEST_FIRST) ? 0 : Integer.parseInt(after);
            int to = Math.min(from + limit, size);
            return new Page<>(IntStream.range(from, to).boxed().toList(), to < size ? String.valueOf(to) : null);
        });
    }

    private static List<Integer> load(CursorModel<Integer> model, int page) {
        return model.load(page * ROWS, ROWS, Map.of(), Map.of());
    }

    @Test
    void anEmptyListHasNoRows() {
        var model = over(0);

        assertThat(load(model, 0)).isEmpty();
        assertThat(model.count(Map.of())).isZero();
    }

    @Test
    void aListThatFitsOnePageIsCountedExactly() {
        var model = over(7);

        assertThat(load(model, 0)).hasSize(7);
        assertThat(model.count(Map.of())).isEqualTo(7);
    }

    @Test
    void aListThatGoesOnOffersTheNextPageAndNoFurther() {
        var model = over(25);

        load(model, 0);

        assertThat(model.count(Map.of())).isEqualTo(11);
    }

    @Test
    void theEndIsKnownOnceItWasSeen() {
        var model = over(25);

        load(model, 0);
        load(model, 1);

        assertThat(load(model, 2)).containsExactly(20, 21, 22, 23, 24);
        assertThat(model.count(Map.of())).isEqualTo(25);
    }

    @Test
    void aPageBackIsOneCallWithItsOldCursor() {
        var model = over(25);
        load(model, 0);
        load(model, 1);
        load(model, 2);
        asked.clear();

        assertThat(load(model, 1)).startsWith(10);
        assertThat(asked).containsExactly("10");
    }

    @Test
    void aPageThatWasNeverNearIsReachedByWalking() {
        var model = over(45);

        assertThat(load(model, 3)).startsWith(30);
        assertThat(asked).containsExactly(null, "10", "20", "30");
    }

    @Test
    void aPageBeyondTheEndIsTheLastOne() {
        var model = over(12);

        assertThat(load(model, 5)).containsExactly(10, 11);
    }

    @Test
    void aListThatShrankIsToldSo() {
        var size = new int[] {25};
        var model = new CursorModel<Integer>((after, limit) -> {
            int from = after == null || after.equals(Page.OLDEST_FIRST) ? 0 : Integer.parseInt(after);
            int to = Math.min(from + limit, size[0]);
            return new Page<>(IntStream.range(from, to).boxed().toList(), to < size[0] ? String.valueOf(to) : null);
        });
        load(model, 0);
        load(model, 1);
        size[0] = 5;

        assertThat(load(model, 0)).hasSize(5);
        assertThat(model.count(Map.of())).isEqualTo(5);
    }

    @Test
    void aFilteredListBeginsAnew() {
        var model = over(25);
        load(model, 0);
        load(model, 1);

        model.restart();
        asked.clear();
        load(model, 0);

        assertThat(asked).containsExactly((String) null);
    }

    @Test
    void aRefusalOfTheDoorReachesThePage() {
        var refusal = new Exception("refused");
        var model = new CursorModel<Integer>((after, limit) -> {
            throw refusal;
        });

        assertThatThrownBy(() -> load(model, 0))
                .isInstanceOf(FacesException.class)
                .hasCause(refusal);
    }

    @Test
    void turnedRoundItBeginsAnewWithTheOldest() {
        var model = over(25);
        load(model, 0);
        asked.clear();

        model.load(
                0,
                ROWS,
                Map.of(
                        "at",
                        SortMeta.builder()
                                .field("at")
                                .order(SortOrder.ASCENDING)
                                .build()),
                Map.of());

        assertThat(asked).containsExactly(Page.OLDEST_FIRST);
    }

    @Test
    void aShortPageBeforeTheEndSaysSo() {
        var ending = new CursorModel<Integer>((after, limit) -> new Page<>(List.of(1), null));
        var early = new CursorModel<Integer>((after, limit) -> new Page<>(List.of(1), "more"));

        load(ending, 0);
        load(early, 0);

        assertThat(ending.isEndedEarly()).isFalse();
        assertThat(early.isEndedEarly()).isTrue();
        assertThat(early.count(Map.of())).isGreaterThan(ROWS);
    }
}
