package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One cloud's half of an outsourced key generation. A secret between authority and cloud: read the warning at {@link OutsourcedKeyGen}.
 *
 * <p><b>Shape.</b> version 1, summand of α/z (32), count (2), then each attribute's encoding with its length in two bytes.
 */
public final class KeyTask implements SecretMaterial {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES =
            1 + Scalar.BYTES + 2 + TransformKey.MAX_ATTRIBUTES * (2 + Attribute.MAX_TEXT_BYTES);

    private final Scalar summand;
    private final Set<Attribute> held;

    KeyTask(Scalar summand, Set<Attribute> held) {
        this.summand = summand;
        this.held = new LinkedHashSet<>(TransformKey.sorted(held));
    }

    /**
     * Does the cloud's work.
     *
     * @param parameters of the authority
     * @return this half of the transform key
     */
    public TransformKey perform(PublicParameters parameters) {
        return TransformKey.issue(G1.GENERATOR.power(summand), parameters, held, Scalar.random());
    }

    /** Whether a half is what {@link #perform} makes. */
    boolean isDoneBy(TransformKey half, PublicParameters parameters) {
        return half.attributes().equals(held) && half.isFor(parameters, Generators.zPower(summand));
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the task
     * @throws GeneralSecurityException if version, length, exponent or an attribute is wrong
     */
    public static KeyTask decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes, MAX_BYTES);
            reader.expect(VERSION);
            Scalar summand = Scalar.decode(reader.fixed(Scalar.BYTES));
            int count = reader.u16();
            Set<Attribute> held = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                held.add(Attribute.decode(reader.sized(Attribute.MAX_TEXT_BYTES)));
            }
            reader.end();
            KeyTask task = new KeyTask(summand, held);
            if (held.size() > TransformKey.MAX_ATTRIBUTES
                    || !Arrays.equals(task.encode().exposeSecretBytes(), bytes)) {
                throw new MalformedException("the attributes of a key are not in order");
            }
            return task;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Encodes.
     *
     * @return 35 bytes and, for each attribute, 2 and its encoding
     */
    public SecretBytes encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION).fixed(summand.encode()).u16(held.size());
        held.forEach(attribute -> writer.sized(attribute.encode()));
        return SecretBytes.copyOf(writer.toByteArray());
    }

    @Override
    public String toString() {
        return "KeyTask[secret]";
    }
}
