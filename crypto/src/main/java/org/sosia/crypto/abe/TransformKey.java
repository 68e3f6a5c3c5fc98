package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;

/**
 * A person's key in the hands of the cloud: it does the heavy half of decryption.
 *
 * <p><b>Security.</b> Blinded by the person's retrieval key, it opens nothing, however many of them a cloud holds. Deleting it ends the
 * person's access at once. It does <em>not</em> hide which attributes the person has. Whoever has it and the retrieval key has the whole
 * decryption key for these attributes.
 *
 * <p><b>Shape.</b> version 1, K (48), L (96), count (2), then for each attribute, in ascending order of its encoding: the encoding with its
 * length in two bytes, K_x (48). At most {@value #MAX_ATTRIBUTES} attributes.
 *
 * <p><b>Source.</b> TK in docs/SCHEME.md, section 3, KeyGen.
 */
public final class TransformKey {
    /** Limit of attributes in one key. */
    public static final int MAX_ATTRIBUTES = 256;

    private static final byte VERSION = 1;
    private static final int MAX_ATTRIBUTE_BYTES = Attribute.MAX_TEXT_BYTES;
    /** Limit of an encoding. */
    static final int MAX_BYTES = 1 + G1.BYTES + G2.BYTES + 2 + MAX_ATTRIBUTES * (2 + MAX_ATTRIBUTE_BYTES + G1.BYTES);

    private final G1 k;
    private final G2 l;
    private final Map<Attribute, G1> perAttribute;

    TransformKey(G1 k, G2 l, Map<Attribute, G1> perAttribute) {
        this.k = k;
        this.l = l;
        this.perAttribute = Collections.unmodifiableMap(new LinkedHashMap<>(perAttribute));
    }

    /**
     * SCHEME 3, KeyGen: K = base · A^t, L = g2^t, K_x = H(x)^t, where the base is g1^(α/z) or a part of it; t is fresh for each key, which is
     * what defeats pooling.
     */
    static TransformKey issue(G1 base, PublicParameters parameters, Set<Attribute> held, Scalar t) {
        if (held.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("a key holds at most 256 attributes");
        }
        Map<Attribute, G1> perAttribute = new LinkedHashMap<>();
        for (Attribute attribute : sorted(held)) {
            perAttribute.put(attribute, PublicParameters.hash(attribute).power(t));
        }
        return new TransformKey(base.multiply(parameters.blinding().power(t)), G2.GENERATOR.power(t), perAttribute);
    }

    static List<Attribute> sorted(Set<Attribute> attributes) {
        return attributes.stream()
                .sorted(Comparator.comparing(Attribute::encode, Arrays::compareUnsigned))
                .toList();
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the key
     * @throws GeneralSecurityException if version, length, order or an element is wrong
     */
    public static TransformKey decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_BYTES);
        reader.expect(VERSION);
        G1 k = G1.decode(reader.fixed(G1.BYTES));
        G2 l = G2.decode(reader.fixed(G2.BYTES));
        int count = reader.u16();
        if (count > MAX_ATTRIBUTES) {
            throw new MalformedException("a key holds at most 256 attributes");
        }
        Map<Attribute, G1> perAttribute = new LinkedHashMap<>();
        byte[] previous = new byte[0];
        for (int i = 0; i < count; i++) {
            byte[] attribute = reader.sized(MAX_ATTRIBUTE_BYTES);
            if (Arrays.compareUnsigned(previous, attribute) >= 0) {
                throw new MalformedException("the attributes of a key are not in order");
            }
            perAttribute.put(Attribute.decode(attribute), G1.decode(reader.fixed(G1.BYTES)));
            previous = attribute;
        }
        reader.end();
        return new TransformKey(k, l, perAttribute);
    }

    /**
     * Encodes.
     *
     * @return 147 bytes and, for each attribute, 50 and its encoding
     */
    public byte[] encode() {
        ByteWriter writer =
                new ByteWriter().u8(VERSION).fixed(k.encode()).fixed(l.encode()).u16(perAttribute.size());
        perAttribute.forEach(
                (attribute, element) -> writer.sized(attribute.encode()).fixed(element.encode()));
        return writer.toByteArray();
    }

    /**
     * What the person's key is for.
     *
     * @return the attributes
     */
    public Set<Attribute> attributes() {
        return perAttribute.keySet();
    }

    /**
     * Takes one attribute away at once: the cloud keeps the result in place of this key. Policies that need the attribute no longer open for
     * the person, others do.
     *
     * <p>A cloud that kept the whole key could go on using it. Against that, issue the attribute anew ({@link Attribute#nextEpoch()}).
     *
     * @param attribute what the person no longer has
     * @return this key without it; this key if it never had it
     */
    public TransformKey without(Attribute attribute) {
        Map<Attribute, G1> rest = new LinkedHashMap<>(perAttribute);
        rest.remove(attribute);
        return new TransformKey(k, l, rest);
    }

    /**
     * The public test of a key: whether it is a key for this person, with these attributes, under these parameters. It needs no secret, so
     * the cloud runs it before it takes a key, and whoever doubts an authority afterwards.
     *
     * <p>SCHEME 3, Key test: e(K, g2) = e(A, L) · Y_u, and e(K_x, g2) = e(H(x), L) for each x, folded into one product with random exponents.
     *
     * @param parameters of the authority
     * @param person whose key it should be
     * @return false if some part of the key is wrong; a wrong key passes with probability below 2⁻²⁵⁰
     */
    public boolean isIssuedTo(PublicParameters parameters, RetrievalImage person) {
        return isFor(parameters, person.secured());
    }

    /** The key test for any Y_u: whether e(K, g2) = e(A, L) · Y_u. */
    boolean isFor(PublicParameters parameters, Gt secured) {
        return difference(k, parameters.blinding()).equals(secured);
    }

    /** Whether e(K_x, g2) = e(H(x), L) for each x. */
    boolean hasRightAttributes() {
        G1 none = G1.GENERATOR.multiply(G1.GENERATOR.inverse());
        return difference(none, none).isOne();
    }

    /** e(left · ∏ K_x^ρ_x, g2) / e(right · ∏ H(x)^ρ_x, L) for random ρ_x. */
    private Gt difference(G1 left, G1 right) {
        G1 issued = left;
        G1 expected = right;
        for (Map.Entry<Attribute, G1> entry : perAttribute.entrySet()) {
            Scalar weight = Scalar.random();
            issued = issued.multiply(entry.getValue().power(weight));
            expected = expected.multiply(PublicParameters.hash(entry.getKey()).power(weight));
        }
        return new PairingProduct()
                .times(issued, G2.GENERATOR)
                .times(expected.inverse(), l)
                .value();
    }

    /** A key for the sum of what both are for; both must be for the same attributes. */
    TransformKey multiply(TransformKey factor) {
        if (!attributes().equals(factor.attributes())) {
            throw new IllegalArgumentException("parts of one key are for the same attributes");
        }
        Map<Attribute, G1> products = new LinkedHashMap<>(perAttribute);
        factor.perAttribute.forEach((attribute, element) -> products.merge(attribute, element, G1::multiply));
        return new TransformKey(k.multiply(factor.k), l.multiply(factor.l), products);
    }

    /** A key for a multiple of what this one is for. */
    TransformKey power(Scalar exponent) {
        Map<Attribute, G1> powers = new LinkedHashMap<>();
        perAttribute.forEach((attribute, element) -> powers.put(attribute, element.power(exponent)));
        return new TransformKey(k.power(exponent), l.power(exponent), powers);
    }

    G1 k() {
        return k;
    }

    G2 l() {
        return l;
    }

    Optional<G1> forAttribute(Attribute attribute) {
        return Optional.ofNullable(perAttribute.get(attribute));
    }

    @Override
    public String toString() {
        return "TransformKey[" + perAttribute.size() + " attributes]";
    }
}
