package org.sosia.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.persistence.Cursor;
import org.sosia.refusal.InvalidValueException;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the cursor that asks for the page after it, or null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** Asked for as a cursor: the first page of a list that goes from old to new. The cursors behind it keep the direction. */
    public static final String OLDEST_FIRST = Cursor.OLDEST_FIRST;

    /** A list that is short by its nature, and so comes whole. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /** The most items that one page can have. */
    public static final int MOST = 200;

    /**
     * Reads the cursor of a list by age.
     *
     * @param after a page's {@code next}, {@link #OLDEST_FIRST}, or null or empty for the newest
     * @return the place, or null for the beginning of a list from new to old
     * @throws InvalidValueException if it is none of these
     */
    public static @Nullable Cursor place(@Nullable String after) throws InvalidValueException {
        return after == null || after.isEmpty() ? null : Cursor.parse(after).orElseThrow(Page::foreignCursor);
    }

    /** What a door answers to a cursor that it did not hand out. */
    public static InvalidValueException foreignCursor() {
        return new InvalidValueException("after", "is no cursor of this list");
    }
}
