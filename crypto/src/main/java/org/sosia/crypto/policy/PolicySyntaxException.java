package org.sosia.crypto.policy;

/**
 * The text is not a policy or attribute of our language.
 *
 * <p>Whoever wrote the text meets it; {@link #position()} and {@link #expected()} say where and what to write instead.
 */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;

    PolicySyntaxException(int position, String expected) {
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

    /**
     * What would have made sense there.
     *
     * @return a fixed phrase, for example {@code an attribute such as role:doctor}
     */
    public String expected() {
        return expected;
    }
}
