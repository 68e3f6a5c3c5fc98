package org.sosia.crypto.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a vector file. Reads the JSON that the published files use; a file that is not JSON fails its test. */
public final class Json {
    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    public static Json resource(String name) {
        try (InputStream in = Json.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no vector file " + name);
            }
            return new Json(new Reader(new String(in.readAllBytes(), StandardCharsets.UTF_8)).document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every test of every group of a Wycheproof file, each merged with the fields of its group. */
    public static List<Json> wycheproof(String file) {
        List<Json> tests = new ArrayList<>();
        for (Json group : resource("wycheproof/" + file).get("testGroups").list()) {
            for (Json test : group.get("tests").list()) {
                Map<String, Object> merged = new LinkedHashMap<>(group.map());
                merged.putAll(test.map());
                tests.add(new Json(merged));
            }
        }
        return tests;
    }

    @SuppressWarnings("unchecked") // the reader below makes only such maps
    private Map<String, Object> map() {
        return (Map<String, Object>) value;
    }

    public Json get(String name) {
        Object member = map().get(name);
        if (member == null) {
            throw new IllegalArgumentException("no member " + name);
        }
        return new Json(member);
    }

    public boolean has(String name) {
        return map().containsKey(name);
    }

    public List<Json> list() {
        return ((List<?>) value).stream().map(Json::new).toList();
    }

    public String text(String name) {
        return get(name).toString();
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    public byte[] hex(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    @Override
    public String toString() {
        return value.toString();
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Object document() {
            Object value = value();
            skipBlanks();
            require(at == text.length());
            return value;
        }

        private Object value() {
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                default -> word();
            };
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            take('{');
            while (peek() != '}') {
                String name = string();
                take(':');
                members.put(name, value());
                if (peek() != '}') {
                    take(',');
                }
            }
            take('}');
            return members;
        }

        private List<Object> array() {
            List<Object> elements = new ArrayList<>();
            take('[');
            while (peek() != ']') {
                elements.add(value());
                if (peek() != ']') {
                    take(',');
                }
            }
            take(']');
            return elements;
        }

        private String string() {
            take('"');
            StringBuilder string = new StringBuilder();
            while (text.charAt(at) != '"') {
                char c = text.charAt(at++);
                string.append(c == '\\' ? escaped() : c);
            }
            at++;
            return string.toString();
        }

        private char escaped() {
            char c = text.charAt(at++);
            if (c == 'u') {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }

        /** Numbers, booleans and null, as text. */
        private String word() {
            int from = at;
            while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            require(at > from);
            return text.substring(from, at);
        }

        private char peek() {
            skipBlanks();
            return text.charAt(at);
        }

        private void take(char expected) {
            require(peek() == expected);
            at++;
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private void require(boolean condition) {
            if (!condition) {
                throw new IllegalArgumentException("no JSON at character " + at);
            }
        }
    }
}
