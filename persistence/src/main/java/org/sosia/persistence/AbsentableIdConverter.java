package org.sosia.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps an id that may be absent. The persistence provider's own conversion (EclipseLink 4.0.7) fails on an absent UUID. */
@Converter
public class AbsentableIdConverter implements AttributeConverter<UUID, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable UUID id) {
        return id;
    }

    @Override
    public @Nullable UUID convertToEntityAttribute(@Nullable Object id) {
        return (UUID) id;
    }
}
