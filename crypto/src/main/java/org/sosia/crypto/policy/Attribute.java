package org.sosia.crypto.policy;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public record Attribute(String authority, String name, String value, int epoch) {
    public static Attribute parse(String text) throws PolicySyntaxException {
        throw new UnsupportedOperationException();
    }

    public String toText() {
        throw new UnsupportedOperationException();
    }
}
