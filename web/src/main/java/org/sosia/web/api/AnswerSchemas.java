package org.sosia.web.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.paging.Page;
import org.sosia.records.Sensitivity;

/** The shapes of records, as JSON has them, read from their components. */
final class AnswerSchemas {
    private final Map<String, Schema> known = new TreeMap<>();

    /** The shape of a type that an operation answers; empty where it answers no record. */
    Optional<Schema> of(Type type) {
        boolean isPage = type instanceof ParameterizedType page && page.getRawType() == Page.class;
        boolean isRecord = type instanceof Class<?> plain && plain.isRecord();
        return isPage || isRecord ? Optional.of(schema(type)) : Optional.empty();
    }

    /** Every named shape met so far. */
    Map<String, Schema> known() {
        return known;
    }

    private Schema schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == Page.class ? page((Class<?>) argument) : array(argument);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return named(plain);
        }
        if (plain.isEnum()) {
            return enumeration(plain);
        }
        return primitive(plain);
    }

    private Schema page(Class<?> of) {
        String name = nameOf(of) + "Page";
        if (!known.containsKey(name)) {
            known.put(
                    name,
                    OASFactory.createSchema()
                            .type(Schema.SchemaType.OBJECT)
                            .required(List.of("items", "next"))
                            .addProperty("items", array(of))
                            .addProperty("next", text(null).nullable(true)));
        }
        return reference(name);
    }

    private Schema named(Class<?> type) {
        String name = nameOf(type);
        if (!known.containsKey(name)) {
            Schema shape = OASFactory.createSchema().type(Schema.SchemaType.OBJECT);
            known.put(name, shape);
            for (RecordComponent component : type.getRecordComponents()) {
                shape.addProperty(component.getName(), member(component));
                shape.addRequired(component.getName());
            }
        }
        return reference(name);
    }

    private Schema member(RecordComponent component) {
        Schema member = schema(component.getGenericType());
        boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return mayBeNull && member.getRef() == null ? member.nullable(true) : member;
    }

    private Schema array(Type of) {
        return OASFactory.createSchema().type(Schema.SchemaType.ARRAY).items(schema(of));
    }

    private static Schema enumeration(Class<?> type) {
        boolean isLowerCase = type == RecordKind.class || type == Sensitivity.class;
        Schema schema = text(null);
        Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .map(name -> isLowerCase ? name.toLowerCase(Locale.ROOT) : name)
                .forEach(schema::addEnumeration);
        return schema;
    }

    private static Schema primitive(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return OASFactory.createSchema().type(Schema.SchemaType.BOOLEAN);
        }
        if (type == long.class || type == Long.class) {
            return OASFactory.createSchema().type(Schema.SchemaType.INTEGER).format("int64");
        }
        if (type == int.class || type == Integer.class) {
            return OASFactory.createSchema().type(Schema.SchemaType.INTEGER).format("int32");
        }
        if (Collection.class.isAssignableFrom(type)) {
            throw new IllegalStateException("a collection names what it holds");
        }
        return text(
                type == UUID.class
                        ? "uuid"
                        : type == Instant.class ? "date-time" : type == LocalDate.class ? "date" : null);
    }

    private static Schema text(@Nullable String format) {
        Schema text = OASFactory.createSchema().type(Schema.SchemaType.STRING);
        return format == null ? text : text.format(format);
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    private static String nameOf(Class<?> type) {
        var described = type.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        return described == null || described.name().isEmpty() ? type.getSimpleName() : described.name();
    }
}
