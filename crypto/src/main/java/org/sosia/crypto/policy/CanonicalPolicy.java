package org.sosia.crypto.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sosia.crypto.encoding.MalformedException;

/**
 * The stored form: a JSON string for an attribute, a JSON array {@code [k,child,…]} for a gate, no blanks, no escapes.
 *
 * <p>Reading is strict: what was read is written again and must give the same bytes.
 */
final class CanonicalPolicy {
    private final String text;
    private int at;

    private CanonicalPolicy(String text) {
        this.text = text;
    }

    static byte[] encode(Formula formula) {
        StringBuilder json = new StringBuilder();
        append(formula, json);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(Formula formula, StringBuilder json) {
        if (formula instanceof Formula.Leaf leaf) {
            json.append('"').append(leaf.attribute().canonical()).append('"');
        } else if (formula instanceof Formula.Gate gate) {
            json.append('[').append(gate.threshold());
            for (Formula child : gate.children()) {
                json.append(',');
                append(child, json);
            }
            json.append(']');
        }
    }

    static Formula decode(byte[] canonical) throws MalformedException {
        if (canonical.length > AccessPolicy.MAX_CANONICAL_BYTES) {
            throw new MalformedException("the policy is too long");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(canonical))
                    .toString();
            Formula formula = new CanonicalPolicy(text).formula(0);
            if (formula.leaves() <= Formula.MAX_LEAVES && Arrays.equals(encode(formula), canonical)) {
                return formula;
            }
        } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MalformedException("this is no canonical policy");
        }
        throw new MalformedException("this is no canonical policy");
    }

    private Formula formula(int depth) {
        if (text.charAt(at) == '"') {
            return new Formula.Leaf(Attribute.ofCanonical(until('"')));
        }
        if (text.charAt(at) != '[' || depth == Formula.MAX_DEPTH) {
            throw new IllegalArgumentException("this is no canonical policy");
        }
        int threshold = Integer.parseInt(until(','));
        List<Formula> children = new ArrayList<>(List.of(formula(depth + 1)));
        while (text.charAt(at) == ',') {
            at++;
            children.add(formula(depth + 1));
        }
        at++;
        return new Formula.Gate(threshold, children);
    }

    /** From behind the sign here to the next {@code end}, which is passed. */
    private String until(char end) {
        int start = at + 1;
        int stop = text.indexOf(end, start);
        at = stop + 1;
        return text.substring(start, stop);
    }
}
