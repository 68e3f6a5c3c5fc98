package org.sosia.crypto.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.fuzz.Parser;

/** Everything in this module that reads bytes from outside, found by its shape, a public static {@code decode}, and the {@link Doors}. */
final class Parsers {
    private static final Set<String> ENCODERS = Set.of("encode", "canonical", "exposeSecretBytes");

    private Parsers() {}

    static List<Parser> all() {
        Map<String, Parser> parsers = new TreeMap<>();
        for (Class<?> type : Module.classes()) {
            Stream.of(type.getMethods())
                    .filter(Parsers::isDecoder)
                    .forEach(decode -> parsers.put(type.getSimpleName(), parser(type, decode)));
        }
        Doors.all().keySet().forEach(door -> parsers.put(door.name(), door));
        return parsers.values().stream()
                .sorted(Comparator.comparing(Parser::name))
                .toList();
    }

    private static boolean isDecoder(Method method) {
        return method.getName().equals("decode")
                && Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                && method.getParameterCount() == 1
                && (method.getParameterTypes()[0] == byte[].class
                        || method.getParameterTypes()[0] == SecretBytes.class);
    }

    private static Parser parser(Class<?> type, Method decode) {
        boolean secret = decode.getParameterTypes()[0] == SecretBytes.class;
        return new Parser(type.getSimpleName(), bytes -> {
            try {
                Object argument = secret ? SecretBytes.copyOf(bytes) : bytes;
                Object read = decode.invoke(null, argument);
                return written(read);
            } catch (InvocationTargetException thrown) {
                throw unwrapped(thrown);
            }
        });
    }

    private static Exception unwrapped(InvocationTargetException thrown) {
        if (thrown.getCause() instanceof Exception exception) {
            return exception;
        }
        throw new AssertionError(thrown.getCause());
    }

    private static byte[] written(Object read) throws Exception {
        Method encode = Stream.of(read.getClass().getMethods())
                .filter(method -> ENCODERS.contains(method.getName()) && method.getParameterCount() == 0)
                .findFirst()
                .orElseThrow();
        Object encoded = encode.invoke(read);
        return encoded instanceof SecretBytes secret ? secret.exposeSecretBytes() : (byte[]) encoded;
    }
}
