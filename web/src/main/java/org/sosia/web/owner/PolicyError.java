package org.sosia.web.owner;

import org.sosia.crypto.policy.PolicySyntaxException.Expected;

/**
 * Where a policy text stops making sense, cut so that a page can mark the place.
 *
 * @param before the text up to there
 * @param there the word that could not be understood; a blank at the end of the text
 * @param after the rest
 * @param expected what would have been understood there
 */
public record PolicyError(String before, String there, String after, Expected expected) {
    /** Cuts a text at a position, which may lie behind its end. */
    static PolicyError at(String text, int position, Expected expected) {
        int from = Math.max(0, Math.min(position, text.length()));
        int to = from;
        while (to < text.length() && !Character.isWhitespace(text.charAt(to)) && text.charAt(to) != ')') {
            to++;
        }
        if (to == from && to < text.length()) {
            to++;
        }
        var word = text.substring(from, to);
        return new PolicyError(text.substring(0, from), word.isBlank() ? "\u00a0" : word, text.substring(to), expected);
    }
}
