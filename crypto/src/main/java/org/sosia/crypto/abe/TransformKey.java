package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
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
    private static final int MAX_BYTES =
            1 + G1.BYTES + G2.BYTES + 2 + MAX_ATTRIBUTES * (2 + MAX_ATTRIBUTE_BYTES + G1.BYTES);

    private final G1 k;
    private final G2 l;
    private final Map<Attribute, G1> perAttribute;

    TransformKey(G1 k, G2 l, Map<Attribute, G1> perAttribute) {
        this.k = k;
        this.l = l;
        this.perAttribute = Collections.unmodifiableMap(new LinkedHashMap<>(perAttribute));
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
