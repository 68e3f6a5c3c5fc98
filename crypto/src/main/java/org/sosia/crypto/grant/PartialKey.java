package org.sosia.crypto.grant;

import java.util.Arrays;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * The approval a person carries: one share of a key, worthless without the half that a cloud keeps, and that half without it.
 *
 * <p><b>Security.</b> {@value #BYTES} random bytes, so guesses have no chance; a guess shows only after the cloud's half was used. Both secrets it
 * stands for are derived from it and from the owner's approval key by hash functions modelled as random oracles.
 *
 * <p><b>Shape.</b> {@value #BYTES} bytes; as text 27 characters in groups of four, see docs/FORMATS.md, section Partial key.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 5.
 */
public final class PartialKey implements SecretMaterial {
    /** Length of the key. */
    public static final int BYTES = 16;

    private static final String SCALAR_DOMAIN = "sosia/v1/partial-key/scalar";
    private static final String PAD_LABEL = "sosia/v1/partial-key/pad";
    private static final String MASK_LABEL = "sosia/v1/partial-key/mask";

    private final SecretBytes key;

    private PartialKey(SecretBytes key) {
        this.key = key;
    }

    /**
     * Makes a fresh key.
     *
     * @return the key
     */
    public static PartialKey random() {
        return new PartialKey(SecretBytes.random(BYTES));
    }

    /**
     * Reads what a person typed. Case, blanks and hyphens do not matter; O counts as 0, I and L as 1.
     *
     * @param text 27 characters
     * @return the key, right or wrong
     * @throws TypingErrorException if this was never printed as a partial key
     */
    public static PartialKey parse(String text) throws TypingErrorException {
        return new PartialKey(KeyText.read(text, BYTES));
    }

    /**
     * The key for a person to read: the second door through which secret bytes leave, to be audited before it is used.
     *
     * @return for example {@code 4XKM-...}, 27 characters in groups of four with hyphens between them
     */
    public String revealText() {
        return KeyText.reveal(key);
    }

    /** z_g: the exponent in which the cloud's half is blinded. */
    Scalar blindingFor(G1 approvalKey) {
        byte[] exposed = key.exposeSecretBytes();
        try {
            return Scalar.hash(SCALAR_DOMAIN, exposed, approvalKey.encode());
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /** p: what masks the collection's symmetric secret; applied twice it gives the secret back. */
    SecretBytes mask(G1 approvalKey, byte[] bytes) {
        try (SecretBytes mask = key.derive(MASK_LABEL, approvalKey.encode())) {
            byte[] masked = mask.exposeSecretBytes();
            for (int i = 0; i < masked.length; i++) {
                masked[i] ^= bytes[i];
            }
            SecretBytes result = SecretBytes.copyOf(masked);
            Arrays.fill(masked, (byte) 0);
            return result;
        }
    }

    /**
     * The key that seals what another keeps for whoever holds this partial key.
     *
     * @return 32 bytes, to be wiped by the caller
     */
    public SecretBytes padKey() {
        return key.derive(PAD_LABEL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartialKey that && key.equals(that.key);
    }

    /** The same for all keys: a hash would be a fingerprint. */
    @Override
    public int hashCode() {
        return BYTES;
    }

    @Override
    public String toString() {
        return "PartialKey[secret]";
    }
}
