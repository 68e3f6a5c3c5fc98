package org.sosia.crypto.policy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;

/**
 * Who may open a record: a formula over attributes, without negation.
 *
 * <p><b>Security.</b> The policy itself is public: the clouds read it. {@link #isSatisfiedBy} answers questions of people and screens; what
 * protects a record is the mathematics of {@code org.sosia.crypto.abe}, which does not ask this class.
 *
 * <p><b>Shape.</b> At most {@value #MAX_LEAVES} attributes, nested at most {@value #MAX_DEPTH} gates deep, 2 to {@value #MAX_CHILDREN} children a
 * gate. The canonical form is in docs/FORMATS.md, section Policy.
 */
public final class AccessPolicy {
    /** Limit of attributes, repeated ones counted; the proof of the policy lock weakens as policies grow. */
    public static final int MAX_LEAVES = Formula.MAX_LEAVES;

    /** Limit of nested gates. */
    public static final int MAX_DEPTH = Formula.MAX_DEPTH;

    /** Limit of a gate's children. */
    public static final int MAX_CHILDREN = Formula.MAX_CHILDREN;

    /** Limit of the canonical form. */
    public static final int MAX_CANONICAL_BYTES = 49_152;

    private final Formula formula;

    private AccessPolicy(Formula formula) {
        this.formula = formula;
    }

    /**
     * Reads what a person wrote, for example {@code role:doctor and (department:cardiology or 2 of (ward:3, ward:4, shift:night))}. "and" binds
     * more strongly than "or".
     *
     * @param text the policy
     * @return the policy
     * @throws PolicySyntaxException if the text is no policy or exceeds a limit; it says where and what was expected
     */
    public static AccessPolicy parse(String text) throws PolicySyntaxException {
        Formula formula = PolicyParser.parsePolicy(text);
        if (formula.depth() > MAX_DEPTH) {
            throw new PolicySyntaxException(0, Expected.FLATTER);
        }
        if (CanonicalPolicy.encode(formula).length > MAX_CANONICAL_BYTES) {
            throw new PolicySyntaxException(text.length(), Expected.SHORTER);
        }
        return new AccessPolicy(formula);
    }

    /**
     * Reads the canonical form.
     *
     * @param canonical what {@link #canonical()} gave
     * @return the policy
     * @throws GeneralSecurityException if the bytes are not exactly the canonical form of a policy within the limits
     */
    public static AccessPolicy decode(byte[] canonical) throws GeneralSecurityException {
        return new AccessPolicy(CanonicalPolicy.decode(canonical));
    }

    /**
     * The one form that is stored, hashed and signed.
     *
     * @return JSON in UTF-8
     */
    public byte[] canonical() {
        return CanonicalPolicy.encode(formula);
    }

    /**
     * A text for people, which {@link #parse} reads back to the same policy.
     *
     * @return the policy
     */
    public String toText() {
        return text(formula, false);
    }

    private static String text(Formula formula, boolean nested) {
        if (formula instanceof Formula.Leaf leaf) {
            return leaf.attribute().toText();
        }
        Formula.Gate gate = (Formula.Gate) formula;
        int size = gate.children().size();
        if (gate.threshold() > 1 && gate.threshold() < size) {
            return gate.children().stream()
                    .map(child -> text(child, false))
                    .collect(Collectors.joining(", ", gate.threshold() + " of (", ")"));
        }
        String joined = gate.children().stream()
                .map(child -> text(child, true))
                .collect(Collectors.joining(gate.threshold() == 1 ? " or " : " and "));
        return nested ? "(" + joined + ")" : joined;
    }

    /**
     * The same formula over other attributes: how a policy moves to other issues of its attributes, and how a text for people leaves
     * the issues out.
     *
     * @param change what stands for an attribute from now on
     * @return the changed policy
     * @throws IllegalArgumentException if the result is longer than a canonical form may be
     */
    public AccessPolicy map(UnaryOperator<Attribute> change) {
        Formula changed = formula.map(change);
        if (CanonicalPolicy.encode(changed).length > MAX_CANONICAL_BYTES) {
            throw new IllegalArgumentException("the policy becomes too long");
        }
        return new AccessPolicy(changed);
    }

    /**
     * The attributes that occur.
     *
     * @return in the order of their first occurrence
     */
    public Set<Attribute> attributes() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(leaves()));
    }

    /**
     * The leaves from left to right; an attribute that is used twice occurs twice.
     *
     * @return row i of the sharing belongs to leaf i
     */
    public List<Attribute> leaves() {
        List<Attribute> leaves = new ArrayList<>();
        formula.appendLeaves(leaves);
        return leaves;
    }

    /**
     * Whether somebody with these attributes may open.
     *
     * @param held the attributes held
     * @return true if they satisfy the formula
     */
    public boolean isSatisfiedBy(Set<Attribute> held) {
        return formula.isSatisfiedBy(held);
    }

    Formula formula() {
        return formula;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessPolicy that && formula.equals(that.formula);
    }

    @Override
    public int hashCode() {
        return formula.hashCode();
    }

    @Override
    public String toString() {
        return toText();
    }
}
