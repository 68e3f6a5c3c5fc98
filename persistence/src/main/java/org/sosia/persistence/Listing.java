package org.sosia.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of a list by age, in the direction of its cursor, found by key: the cost of a page does not depend on how far down it is. */
final class Listing<T> {

    private final Class<T> type;
    private final String age;
    private final Map<String, Object> wanted = new LinkedHashMap<>();

    /**
     * A list of everything.
     *
     * @param age the attribute to order by; {@code id} settles ties
     */
    Listing(Class<T> type, String age) {
        this.type = type;
        this.age = age;
    }

    /** Only rows whose attribute is this; null does not restrict. */
    Listing<T> where(String attribute, @Nullable Object value) {
        if (value != null) {
            wanted.put(attribute, value);
        }
        return this;
    }

    List<T> page(EntityManager entities, @Nullable Cursor after, int limit) {
        TypedQuery<T> query = entities.createQuery(text(after), type);
        wanted.forEach(query::setParameter);
        if (after != null) {
            query.setParameter("at", after.at()).setParameter("after", after.id());
        }
        return query.setMaxResults(limit).getResultList();
    }

    private String text(@Nullable Cursor after) {
        boolean ascending = after != null && after.oldestFirst();
        List<String> conditions = new ArrayList<>();
        wanted.keySet().forEach(attribute -> conditions.add("e." + attribute + " = :" + attribute));
        if (after != null) {
            String behind = ascending ? ">" : "<";
            // The first comparison is the one an index can start from.
            conditions.add(String.format(
                    Locale.ROOT, "e.%1$s %2$s= :at AND (e.%1$s %2$s :at OR e.id %2$s :after)", age, behind));
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String order = String.format(Locale.ROOT, " ORDER BY e.%1$s %2$s, e.id %2$s", age, ascending ? "ASC" : "DESC");
        return "SELECT e FROM " + type.getSimpleName() + " e" + where + order;
    }
}
