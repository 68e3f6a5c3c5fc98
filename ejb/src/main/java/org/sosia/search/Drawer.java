package org.sosia.search;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.retrieval.Selection;

/**
 * What a person keeps for searching: the searches that she saved, and the words with which she found something, the latest first. Sealed as a
 * whole, at a length that is a multiple of {@value #STEP} characters.
 */
record Drawer(List<SavedSearch> saved, List<String> words) {

    static final Drawer EMPTY = new Drawer(List.of(), List.of());
    static final int MOST_SAVED = 50;
    private static final int MOST_WORDS = 500;
    private static final int STEP = 4096;

    Drawer {
        saved = List.copyOf(saved);
        words = List.copyOf(words);
    }

    Drawer with(SavedSearch search) {
        List<SavedSearch> more = new ArrayList<>(saved);
        more.add(search);
        return new Drawer(more, words);
    }

    Drawer without(UUID search) {
        return new Drawer(saved.stream().filter(one -> !one.id().equals(search)).toList(), words);
    }

    /** The same with words moved, or added, to the front. */
    Drawer using(List<String> used) {
        List<String> latest = new ArrayList<>(used);
        words.stream().filter(word -> !used.contains(word)).forEach(latest::add);
        return new Drawer(saved, latest.subList(0, Math.min(latest.size(), MOST_WORDS)));
    }

    JsonObject fields() {
        JsonArrayBuilder searches = Json.createArrayBuilder();
        saved.forEach(search -> searches.add(fields(search)));
        JsonObject plain = Json.createObjectBuilder()
                .add("saved", searches)
                .add("words", Json.createArrayBuilder(words))
                .build();
        return Json.createObjectBuilder(plain)
                .add("pad", " ".repeat(STEP - plain.toString().length() % STEP))
                .build();
    }

    private static JsonObject fields(SavedSearch search) {
        SearchQuery query = search.query();
        Selection among = query.among();
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("id", search.id().toString())
                .add("name", search.name())
                .add("keywords", Json.createArrayBuilder(query.keywords()))
                .add("all", query.all());
        add(fields, "patient", among.patient());
        add(
                fields,
                "kind",
                Optional.ofNullable(among.kind()).map(RecordKind::text).orElse(null));
        add(fields, "from", among.from());
        add(fields, "until", among.until());
        return fields.build();
    }

    private static void add(JsonObjectBuilder fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.add(name, value.toString());
        }
    }

    static Drawer of(JsonObject fields) {
        List<SavedSearch> saved = fields.getJsonArray("saved").stream()
                .map(JsonValue::asJsonObject)
                .map(Drawer::search)
                .toList();
        return new Drawer(saved, texts(fields, "words"));
    }

    private static SavedSearch search(JsonObject fields) {
        Selection among = new Selection(
                text(fields, "patient").map(UUID::fromString).orElse(null),
                text(fields, "kind").map(RecordKind::of).orElse(null),
                text(fields, "from").map(LocalDate::parse).orElse(null),
                text(fields, "until").map(LocalDate::parse).orElse(null));
        return new SavedSearch(
                UUID.fromString(fields.getString("id")),
                fields.getString("name"),
                new SearchQuery(texts(fields, "keywords"), fields.getBoolean("all"), among));
    }

    private static Optional<String> text(JsonObject fields, String name) {
        return fields.containsKey(name) ? Optional.of(fields.getString(name)) : Optional.empty();
    }

    private static List<String> texts(JsonObject fields, String name) {
        return fields.getJsonArray(name).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    @Override
    public String toString() {
        return "Drawer[" + saved.size() + "]";
    }
}
