package org.sosia.web.api;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.sosia.decoy.RecordKind;
import org.sosia.records.Sensitivity;

/** How values become JSON: absent ones are null and not left out, so that both lanes' answers have the same members; kinds are lower case. */
@Provider
public class JsonShape implements ContextResolver<Jsonb> {
    private final Jsonb jsonb = JsonbBuilder.create(
            new JsonbConfig().withNullValues(true).withAdapters(new KindAdapter(), new SensitivityAdapter()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }

    /** {@code note report lab …}. */
    public static final class KindAdapter implements JsonbAdapter<RecordKind, String> {
        @Override
        public String adaptToJson(RecordKind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public RecordKind adaptFromJson(String text) {
            return RecordKind.valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** {@code low medium high}. */
    public static final class SensitivityAdapter implements JsonbAdapter<Sensitivity, String> {
        @Override
        public String adaptToJson(Sensitivity sensitivity) {
            return sensitivity.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Sensitivity adaptFromJson(String text) {
            return Sensitivity.valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
