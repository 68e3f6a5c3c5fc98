package org.sosia.crypto.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;

/**
 * Reads the language people write. "and" binds more strongly than "or"; the three key words may be in capitals.
 *
 * <pre>
 * policy    = any
 * any       = all { "or" all }
 * all       = part { "and" part }
 * part      = "(" any ")" | number "of" "(" any { "," any } ")" | attribute
 * attribute = [ word "/" ] word ":" ( word | '"' text '"' ) [ "@" number ]
 * </pre>
 */
final class PolicyParser {
    private static final int MAX_TEXT = 60_000;
    private static final int MAX_NUMBER_DIGITS = 9;
    private static final int MAX_EPOCH_DIGITS = 10;

    private final String text;
    private int at;
    private int leaves;

    private PolicyParser(String text) {
        this.text = text;
    }

    static Formula parsePolicy(String text) throws PolicySyntaxException {
        if (text.length() > MAX_TEXT) {
            throw new PolicySyntaxException(MAX_TEXT, Expected.SHORTER);
        }
        PolicyParser parser = new PolicyParser(text);
        Formula formula = parser.any(0);
        parser.skipBlanks();
        parser.require(parser.at == text.length(), Expected.CONNECTIVE);
        return formula;
    }

    static Attribute parseAttribute(String text) throws PolicySyntaxException {
        PolicyParser parser = new PolicyParser(text);
        parser.skipBlanks();
        Attribute attribute = parser.attribute();
        parser.skipBlanks();
        parser.require(parser.at == text.length(), Expected.END);
        return attribute;
    }

    private Formula any(int depth) throws PolicySyntaxException {
        List<Formula> parts = new ArrayList<>(List.of(all(depth)));
        while (takeWord("or")) {
            parts.add(all(depth));
        }
        return gate(1, parts);
    }

    private Formula all(int depth) throws PolicySyntaxException {
        List<Formula> parts = new ArrayList<>(List.of(part(depth)));
        while (takeWord("and")) {
            parts.add(part(depth));
        }
        return gate(parts.size(), parts);
    }

    private Formula part(int depth) throws PolicySyntaxException {
        skipBlanks();
        require(depth <= Formula.MAX_DEPTH, Expected.FLATTER);
        if (take('(')) {
            Formula inner = any(depth + 1);
            skipBlanks();
            require(take(')'), Expected.CLOSING);
            return inner;
        }
        int start = at;
        String number = digits();
        if (!number.isEmpty() && takeWord("of")) {
            return threshold(start, number, depth);
        }
        at = start;
        Attribute attribute = attribute();
        leaves++;
        require(leaves <= Formula.MAX_LEAVES, Expected.FEWER_ATTRIBUTES);
        return new Formula.Leaf(attribute);
    }

    private Formula threshold(int start, String number, int depth) throws PolicySyntaxException {
        skipBlanks();
        require(take('('), Expected.OPENING);
        List<Formula> parts = new ArrayList<>();
        do {
            parts.add(any(depth + 1));
            skipBlanks();
        } while (take(','));
        require(take(')'), Expected.COMMA_OR_CLOSING);
        boolean possible = number.length() <= MAX_NUMBER_DIGITS
                && Integer.parseInt(number) >= 1
                && Integer.parseInt(number) <= parts.size();
        if (!possible) {
            throw new PolicySyntaxException(start, Expected.COUNT);
        }
        return gate(Integer.parseInt(number), parts);
    }

    private Formula gate(int threshold, List<Formula> parts) throws PolicySyntaxException {
        require(parts.size() <= Formula.MAX_CHILDREN, Expected.FEWER_PARTS);
        return parts.size() == 1 ? parts.get(0) : new Formula.Gate(threshold, parts);
    }

    private Attribute attribute() throws PolicySyntaxException {
        Expected expected = Expected.ATTRIBUTE;
        int start = at;
        String first = word();
        if (first.isEmpty() || (peek() != ':' && peek() != '/')) {
            throw new PolicySyntaxException(start, expected);
        }
        String authority = Attribute.DEFAULT_AUTHORITY;
        String name = first;
        if (take('/')) {
            authority = first;
            name = word();
            require(!name.isEmpty(), expected);
        }
        require(take(':'), Expected.COLON);
        String value = peek() == '"' ? quoted() : word();
        require(!value.isEmpty(), Expected.VALUE);
        int epoch = take('@') ? epoch() : 1;
        try {
            return new Attribute(authority, name, value, epoch);
        } catch (IllegalArgumentException e) {
            throw new PolicySyntaxException(start, Expected.PLAIN_ATTRIBUTE);
        }
    }

    private int epoch() throws PolicySyntaxException {
        int start = at;
        String digits = digits();
        boolean possible = !digits.isEmpty()
                && !digits.startsWith("0")
                && digits.length() <= MAX_EPOCH_DIGITS
                && Long.parseLong(digits) <= Integer.MAX_VALUE;
        if (!possible) {
            throw new PolicySyntaxException(start, Expected.EPOCH);
        }
        return Integer.parseInt(digits);
    }

    private String quoted() throws PolicySyntaxException {
        at++;
        int end = text.indexOf('"', at);
        if (end < 0) {
            throw new PolicySyntaxException(text.length(), Expected.QUOTE);
        }
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWordPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(start, at);
    }

    private static boolean isWordPart(int c) {
        int type = Character.getType(c);
        return Character.isLetter(c)
                || c == '_'
                || c == '.'
                || c == '-'
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private String digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return text.substring(start, at);
    }

    /** Takes a key word if it stands here as a whole word. */
    private boolean takeWord(String keyWord) {
        int start = at;
        skipBlanks();
        String word = word();
        if (word.toLowerCase(Locale.ROOT).equals(keyWord) && peek() != ':' && peek() != '/') {
            return true;
        }
        at = start;
        return false;
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void require(boolean condition, Expected expected) throws PolicySyntaxException {
        if (!condition) {
            throw new PolicySyntaxException(at, expected);
        }
    }
}
