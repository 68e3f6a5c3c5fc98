package org.sosia.crypto.grant;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * What a key authority carries: it opens what others keep of her seat in a quorum, first what was dealt to it, then its share of the master secret.
 *
 * <p><b>Security.</b> {@value #BYTES} random bytes, so what it sealed can be kept where it may be stolen. Nobody keeps the key itself: a seat whose key is lost
 * is filled again when the quorum is renewed.
 *
 * <p><b>Shape.</b> As a {@link PartialKey}: 27 characters in groups of four. What it seals is one C2SP chunked message under {@code derive("sosia/v1/seat")}.
 *
 * <p><b>Source.</b> docs/FORMATS.md, sections Derivations and Partial key.
 */
public final class SeatKey implements SecretMaterial {
    /** Length of the key. */
    public static final int BYTES = 16;

    private static final String LABEL = "sosia/v1/seat";

    private final SecretBytes key;

    private SeatKey(SecretBytes key) {
        this.key = key;
    }

    /**
     * Makes a fresh key.
     *
     * @return the key
     */
    public static SeatKey random() {
        return new SeatKey(SecretBytes.random(BYTES));
    }

    /**
     * Reads what a person typed. Case, blanks and hyphens do not matter; O counts as 0, I and L as 1.
     *
     * @param text 27 characters
     * @return the key, right or wrong
     * @throws TypingErrorException if this was never printed as such a key
     */
    public static SeatKey parse(String text) throws TypingErrorException {
        return new SeatKey(KeyText.read(text, BYTES));
    }

    /**
     * The key for a person to read and keep: it is shown once.
     *
     * @return 27 characters in groups of four with hyphens between them
     */
    public String revealText() {
        return KeyText.reveal(key);
    }

    /**
     * Seals a secret of the seat.
     *
     * @param context what it is and whose; it opens for the same alone
     * @param secret what to seal
     * @return what others may keep
     */
    public byte[] seal(byte[] context, SecretBytes secret) {
        byte[] plain = secret.exposeSecretBytes();
        try (SecretBytes sealing = key.derive(LABEL)) {
            return ChunkedEncryption.seal(sealing, context, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens what {@link #seal} gave.
     *
     * @param context as it was sealed with
     * @param sealed what others kept
     * @return the secret
     * @throws GeneralSecurityException if this is another key, or it was sealed for something else
     */
    public SecretBytes open(byte[] context, byte[] sealed) throws GeneralSecurityException {
        try (SecretBytes sealing = key.derive(LABEL)) {
            byte[] plain = ChunkedEncryption.open(sealing, context, sealed);
            try {
                return SecretBytes.copyOf(plain);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (TamperedContentException another) {
            throw new MalformedException("this key does not open it");
        }
    }

    @Override
    public String toString() {
        return "SeatKey[secret]";
    }
}
