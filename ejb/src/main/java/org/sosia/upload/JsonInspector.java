package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;

/**
 * JSON, read byte by byte in constant memory: one value, well formed, of bearable depth, UTF-8 throughout. A FHIR resource if its
 * top object has a {@code resourceType}. <b>Source.</b> RFC 8259; HL7 FHIR R4, 2.6.2.
 */
final class JsonInspector implements Inspector {

    static final String MEDIA_TYPE = "application/json";
    static final String FHIR = "application/fhir+json";

    private static final int DEEPEST = 128;
    private static final int LONGEST_NUMBER = 512;
    private static final String RESOURCE_TYPE = "resourceType";

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Scan scan = new Scan(new Utf8Stream(in));
        try {
            scan.document();
        } catch (Utf8Stream.NotUtf8Exception notUtf8) {
            throw new UnsupportedContentException(ContentFault.NOT_TEXT, "the JSON file is not UTF-8");
        }
        return new Finding(scan.isResource ? FHIR : MEDIA_TYPE);
    }

    /** A recursive descent whose only memory is the depth and the name being read. */
    private static final class Scan {

        private final InputStream in;
        private long position;
        private int current;
        private boolean isResource;

        Scan(InputStream in) {
            this.in = in;
        }

        void document() throws IOException, UnsupportedContentException {
            advance();
            space();
            value(0);
            space();
            if (current >= 0) {
                throw malformed();
            }
        }

        private void advance() throws IOException {
            current = in.read();
            position++;
        }

        private UnsupportedContentException malformed() {
            return new UnsupportedContentException(
                    current < 0 ? ContentFault.TRUNCATED : ContentFault.MALFORMED,
                    current < 0
                            ? "the JSON file is truncated"
                            : "the JSON file is not well formed at byte " + (position - 1));
        }

        private void space() throws IOException {
            while (current == ' ' || current == '\n' || current == '\r' || current == '\t') {
                advance();
            }
        }

        private void value(int depth) throws IOException, UnsupportedContentException {
            if (depth > DEEPEST) {
                throw new UnsupportedContentException(
                        ContentFault.TOO_COMPLEX, "the JSON file nests deeper than is taken in");
            }
            switch (current) {
                case '{' -> object(depth);
                case '[' -> array(depth);
                case '"' -> string();
                case 't' -> word("true");
                case 'f' -> word("false");
                case 'n' -> word("null");
                default -> number();
            }
        }

        private void object(int depth) throws IOException, UnsupportedContentException {
            advance();
            space();
            while (current != '}') {
                if (current != '"') {
                    throw malformed();
                }
                String name = string();
                space();
                require(':');
                space();
                if (depth == 0 && name.equals(RESOURCE_TYPE) && current == '"') {
                    isResource = true;
                }
                value(depth + 1);
                space();
                if (current == ',') {
                    advance();
                    space();
                    if (current == '}') {
                        throw malformed();
                    }
                } else if (current != '}') {
                    throw malformed();
                }
            }
            advance();
        }

        private void array(int depth) throws IOException, UnsupportedContentException {
            advance();
            space();
            while (current != ']') {
                value(depth + 1);
                space();
                if (current == ',') {
                    advance();
                    space();
                    if (current == ']') {
                        throw malformed();
                    }
                } else if (current != ']') {
                    throw malformed();
                }
            }
            advance();
        }

        /** Passes over a string; gives back its beginning, as much as the name looked for has. */
        private String string() throws IOException, UnsupportedContentException {
            StringBuilder start = new StringBuilder();
            advance();
            while (current != '"') {
                if (current < 0x20) {
                    throw malformed();
                }
                if (start.length() <= RESOURCE_TYPE.length()) {
                    start.append((char) current);
                }
                if (current == '\\') {
                    escape();
                } else {
                    advance();
                }
            }
            advance();
            return start.toString();
        }

        private void escape() throws IOException, UnsupportedContentException {
            advance();
            if (current == 'u') {
                for (int i = 0; i < 4; i++) {
                    advance();
                    if (Character.digit(current, 16) < 0) {
                        throw malformed();
                    }
                }
            } else if (current < 0 || "\"\\/bfnrt".indexOf(current) < 0) {
                throw malformed();
            }
            advance();
        }

        private void word(String word) throws IOException, UnsupportedContentException {
            for (int i = 0; i < word.length(); i++) {
                require(word.charAt(i));
            }
        }

        private void require(char wanted) throws IOException, UnsupportedContentException {
            if (current != wanted) {
                throw malformed();
            }
            advance();
        }

        private void number() throws IOException, UnsupportedContentException {
            StringBuilder digits = new StringBuilder();
            while ((current >= '0' && current <= '9') || (current > 0 && "+-.eE".indexOf(current) >= 0)) {
                digits.append((char) current);
                if (digits.length() > LONGEST_NUMBER) {
                    throw malformed();
                }
                advance();
            }
            if (!digits.toString().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                throw malformed();
            }
        }
    }
}
