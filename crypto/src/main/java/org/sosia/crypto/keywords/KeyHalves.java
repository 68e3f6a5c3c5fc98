package org.sosia.crypto.keywords;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One server's halves of the owners' keys, all derived from one secret that the key authority gave to this server alone. Replacing an owner's epoch gives
 * her a new key, after which everything is indexed again.
 */
public final class KeyHalves implements SecretMaterial {
    /** Words of one call. */
    public static final int MOST_WORDS = 1024;

    private static final String LABEL = "sosia/v1/keywords/key-half";

    private final SecretBytes master;

    /**
     * This server's halves.
     *
     * @param master 32 uniform bytes that the other server does not have
     */
    public KeyHalves(SecretBytes master) {
        this.master = master;
    }

    List<byte[]> evaluate(UUID owner, int epoch, List<byte[]> blinded) throws MalformedException {
        if (blinded.size() > MOST_WORDS) {
            throw new MalformedException("too many words in one call");
        }
        Exponent half = half(owner, epoch);
        List<byte[]> evaluated = new ArrayList<>();
        for (byte[] element : blinded) {
            evaluated.add(Oprf.evaluate(half, element));
        }
        return evaluated;
    }

    private Exponent half(UUID owner, int epoch) {
        byte[] context = new ByteWriter().uuid(owner).u32(epoch).toByteArray();
        try (SecretBytes secret = master.derive(LABEL, context)) {
            return Exponent.from(secret);
        }
    }

    @Override
    public String toString() {
        return "KeyHalves[secret]";
    }
}
