package org.sosia.words;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.sosia.crypto.keywords.Keyword;

/**
 * What is said about one record: the words of it, for the index of its owner. Sealed wherever it lies, at a length that is a multiple of
 * {@value #STEP} characters.
 */
record Sheet(UUID record, String owner, Set<Keyword> words) {

    private static final int STEP = 1024;

    Sheet {
        words = Set.copyOf(words);
    }

    /** The same without words: says what it is about, to whoever looks the words up. */
    static Sheet about(UUID record, String owner) {
        return new Sheet(record, owner, Set.of());
    }

    JsonObject fields() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        int length = 0;
        for (Keyword word : words) {
            list.add(Json.createArrayBuilder().add(word.field()).add(word.word()));
            length += word.field().length() + word.word().length();
        }
        return Json.createObjectBuilder()
                .add("record", record.toString())
                .add("owner", owner)
                .add("words", list)
                .add("pad", " ".repeat(STEP - length % STEP))
                .build();
    }

    static Sheet of(JsonObject fields) {
        Set<Keyword> words = new LinkedHashSet<>();
        for (int i = 0; i < fields.getJsonArray("words").size(); i++) {
            var word = fields.getJsonArray("words").getJsonArray(i);
            words.add(new Keyword(word.getString(0), word.getString(1)));
        }
        return new Sheet(UUID.fromString(fields.getString("record")), fields.getString("owner"), words);
    }

    /** Words are what patients have. */
    @Override
    public String toString() {
        return "Sheet[" + record + "]";
    }
}
