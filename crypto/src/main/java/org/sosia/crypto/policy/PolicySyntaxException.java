package org.sosia.crypto.policy;

/**
 * The text is not a policy or attribute of our language.
 *
 * <p>Whoever wrote the text meets it; {@link #position()} and {@link #expected()} say where and what to write instead.
 */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final Expected expected;

    PolicySyntaxException(int position, Expected expected) {
        super("the policy text is not well formed");
        this.position = position;
        this.expected = expected;
    }

    /**
     * Where the text stops making sense.
     *
     * @return the position of the offending character, counted from 0; the length of the text when it ends too early
     */
    public int position() {
        return position;
    }

    /** What would have made sense there. */
    public Expected expected() {
        return expected;
    }

    /** What would have made sense at a place of a policy text. A screen has words of its own for each. */
    public enum Expected {
        /** An attribute. */
        ATTRIBUTE("an attribute such as role:doctor"),
        /** An attribute of the characters and the length that one can have. */
        PLAIN_ATTRIBUTE("an attribute without special characters, name up to 32 and value up to 96 bytes"),
        /** The value behind a colon. */
        VALUE("a value"),
        /** The colon between name and value. */
        COLON("':'"),
        /** The end of a quoted value. */
        QUOTE("'\"'"),
        /** A parenthesis that begins. */
        OPENING("'('"),
        /** A parenthesis that ends. */
        CLOSING("')'"),
        /** The next part of a threshold, or its end. */
        COMMA_OR_CLOSING("',' or ')'"),
        /** Another part of the policy, or none. */
        CONNECTIVE("'and', 'or' or the end"),
        /** Nothing more. */
        END("the end"),
        /** The number behind an at sign. */
        EPOCH("an epoch from 1"),
        /** How many of the parts are needed. */
        COUNT("a number from 1 to the number of parts"),
        /** Fewer characters in all. */
        SHORTER("a shorter policy"),
        /** Fewer parentheses inside each other. */
        FLATTER("fewer nested parentheses"),
        /** Fewer attributes in all. */
        FEWER_ATTRIBUTES("at most 256 attributes"),
        /** Fewer parts between two parentheses. */
        FEWER_PARTS("at most 64 parts here");

        private final String text;

        Expected(String text) {
            this.text = text;
        }

        /** The phrase for a program's author, in English. */
        public String text() {
            return text;
        }
    }
}
