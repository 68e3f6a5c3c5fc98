package org.sosia.web.shell;

import jakarta.faces.FacesException;
import jakarta.faces.component.UIData;
import jakarta.faces.event.AjaxBehaviorEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.sosia.paging.Page;

/**
 * A table over a list that is read in pages by cursor.
 *
 * <p>A cursor leads one page on and none back, so the model remembers the cursor of every page it has seen. How long the list is
 * nobody knows before its end: until then the model counts one row more than it has seen, which is what makes the table
 * offer the next page. One life is one view; one page of rows is all it holds.
 *
 * <p>The only order a store can keep is that of age: a table sorts by it, in either direction, and by nothing else.
 */
public class CursorModel<T> extends LazyDataModel<T> {
    private final Source<T> source;
    private final ArrayList<@Nullable String> cursors = new ArrayList<>();
    private int rows;
    private int known;
    private boolean oldestFirst;
    private boolean endedEarly;

    /** A table over {@code source}, which starts at its first page. */
    public CursorModel(Source<T> source) {
        this.source = source;
        restart();
    }

    /** Forgets every cursor: for a list that was filtered anew or has changed. */
    public final void restart() {
        cursors.clear();
        cursors.add(oldestFirst ? Page.OLDEST_FIRST : null);
        known = 0;
        endedEarly = false;
    }

    /** Something about what the list shows was chosen beside the table, which is called {@code rows}: it begins anew at its first page. */
    public void beginAnew(AjaxBehaviorEvent chosen) {
        restart();
        if (chosen.getComponent().findComponent("rows") instanceof UIData table) {
            table.setFirst(0);
        }
    }

    /** Whether the page shown is short because looking for it took as long as it may, while the list goes on. */
    public boolean isEndedEarly() {
        return endedEarly;
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
        return known;
    }

    @Override
    public List<T> load(int first, int pageSize, Map<String, SortMeta> sort, Map<String, FilterMeta> filters) {
        boolean ascending = sort.values().stream().anyMatch(by -> by.getOrder().isAscending());
        if (pageSize != rows || ascending != oldestFirst) {
            rows = pageSize;
            oldestFirst = ascending;
            restart();
        }
        var page = page(first / pageSize);
        setRowCount(known);
        return page;
    }

    private List<T> page(int wanted) {
        for (int number = Math.min(wanted, cursors.size() - 1); ; number++) {
            var page = fetch(cursors.get(number));
            var next = page.next();
            endedEarly = next != null && page.items().size() < rows;
            if (next == null) {
                known = number * rows + page.items().size();
                return page.items();
            }
            remember(number + 1, next);
            known = Math.max(known, (number + 1) * rows + 1);
            if (number == wanted) {
                return page.items();
            }
        }
    }

    /**
     * A page of a list that is here whole, where a cursor is a place.
     *
     * @param all from new to old
     * @param after as a {@link Source} gets it
     */
    public static <T> Page<T> cut(List<T> all, @Nullable String after, int limit) {
        boolean turned = after != null && after.startsWith(Page.OLDEST_FIRST);
        List<T> items = new ArrayList<>(all);
        if (turned) {
            Collections.reverse(items);
        }
        String place = after == null ? "" : after.replace(Page.OLDEST_FIRST, "");
        int first = Math.min(place.isEmpty() ? 0 : Integer.parseInt(place), items.size());
        int end = Math.min(first + limit, items.size());
        String next = (turned ? Page.OLDEST_FIRST : "") + end;
        return new Page<>(List.copyOf(items.subList(first, end)), end < items.size() ? next : null);
    }

    private void remember(int number, String cursor) {
        if (number == cursors.size()) {
            cursors.add(cursor);
        } else {
            cursors.set(number, cursor);
        }
    }

    private Page<T> fetch(@Nullable String after) {
        try {
            return source.page(after, rows);
        } catch (RuntimeException broken) {
            throw broken;
        } catch (Exception refused) {
            throw new FacesException(refused);
        }
    }

    /** Where the pages come from: a door's list. */
    @FunctionalInterface
    public interface Source<T> extends Serializable {
        /**
         * One page.
         *
         * @param after the cursor of the page before; for the first page null, or {@link Page#OLDEST_FIRST}
         * @param limit the most rows
         */
        Page<T> page(@Nullable String after, int limit) throws Exception;
    }
}
