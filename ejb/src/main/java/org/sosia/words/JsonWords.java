package org.sosia.words;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * FHIR R4 in JSON: codings with their systems, and what is meant to be read. Names of people stand in other fields, and beside references, which
 * are passed over.
 *
 * <p><b>Source.</b> FHIR R4, 2.24.0.8 (Coding), 2.3.0 (Reference).
 */
final class JsonWords {

    /** Looked up once: the lookup reads every jar's service files. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final int DEEPEST = 200;

    private final Found found;
    private final Deque<Map<String, String>> open = new ArrayDeque<>();

    JsonWords(Found found) {
        this.found = found;
    }

    void read(byte[] content) {
        try (JsonParser parser = JSON.createParser(new ByteArrayInputStream(content))) {
            String key = "";
            while (parser.hasNext() && !found.isFull()) {
                switch (parser.next()) {
                    case START_OBJECT -> begin();
                    case END_OBJECT -> Coding.tell(open.pop(), found);
                    case KEY_NAME -> key = parser.getString();
                    case VALUE_STRING -> keep(key, parser.getString());
                    default -> {
                        // Numbers, and where lists begin and end, say nothing by themselves.
                    }
                }
            }
        } finally {
            // Of a content that was cut off: what was begun counts.
            while (!open.isEmpty()) {
                Coding.tell(open.pop(), found);
            }
        }
    }

    private void begin() {
        if (open.size() >= DEEPEST) {
            throw new IllegalArgumentException("nested deeper than is read");
        }
        open.push(new HashMap<>());
    }

    private void keep(String key, String value) {
        Map<String, String> fields = open.peek();
        if (fields != null && Coding.isTelling(key)) {
            fields.put(key, value);
        }
    }
}
