package org.sosia.crypto.equality;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * A searched word, encrypted as stored ones are, signed by who searches, with the key under which both servers seal their halves of the result. Without the signature
 * anybody, a server included, could search for guessed words.
 *
 * <p><b>Shape.</b> version 1 ‖ group (16) ‖ sized user ‖ search (16) ‖ encrypted word ‖ sized key for results ‖ sized signature.
 */
public final class Trapdoor {
    /** Longest key for results: a hybrid one. */
    public static final int MOST_KEY_BYTES = 4096;

    private static final byte VERSION = 1;

    private final Context context;
    private final EncryptedWord word;
    private final byte[] resultKey;
    private final OwnerSignature signature;

    private Trapdoor(Context context, EncryptedWord word, byte[] resultKey, OwnerSignature signature) {
        this.context = context;
        this.word = word;
        this.resultKey = resultKey;
        this.signature = signature;
    }

    /**
     * Makes a trapdoor for one search.
     *
     * @param word normalised
     * @param servers the sum of both servers' public points
     * @param group whose words are searched
     * @param user who searches
     * @param resultKey the public half of the user's {@link org.sosia.crypto.delivery.PersonKey}
     * @return the trapdoor
     * @throws GeneralSecurityException if the signer's certificate is unusable
     */
    public static Trapdoor create(Keyword word, Point servers, UUID group, OwnerSigningKey user, byte[] resultKey)
            throws GeneralSecurityException {
        var context = new Context(group, user.owner(), UUID.randomUUID());
        EncryptedWord encrypted = EncryptedWord.encrypt(word, servers, context);
        byte[] key = resultKey.clone();
        return new Trapdoor(context, encrypted, key, user.sign(signed(context, encrypted, key)));
    }

    private static byte[] signed(Context context, EncryptedWord word, byte[] resultKey) {
        return new ByteWriter()
                .sized("sosia/v1/equality/trapdoor".getBytes(StandardCharsets.US_ASCII))
                .fixed(context.encode())
                .fixed(word.encode())
                .sized(resultKey)
                .toByteArray();
    }

    /**
     * Requires that the user who is named signed this search and knows its word.
     *
     * @param authorities the hospital's certificates
     * @throws GeneralSecurityException if not
     */
    public void verify(Authorities authorities) throws GeneralSecurityException {
        signature.verify(signed(context, word, resultKey), context.author(), authorities.issuerOf(signature));
        if (!word.isProven(context)) {
            throw new MalformedException("the proof of a trapdoor does not hold");
        }
    }

    /**
     * Whose words, who, which search.
     *
     * @return the context
     */
    public Context context() {
        return context;
    }

    EncryptedWord word() {
        return word;
    }

    byte[] resultKey() {
        return resultKey.clone();
    }

    /**
     * Writes the trapdoor.
     *
     * @return its encoding
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(context.encode())
                .fixed(word.encode())
                .sized(resultKey)
                .sized(signature.encode())
                .toByteArray();
    }

    /**
     * Reads a trapdoor.
     *
     * @param encoded what {@link #encode} wrote
     * @return the trapdoor, not verified yet
     * @throws GeneralSecurityException if it is none
     */
    public static Trapdoor decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader in = new ByteReader(encoded);
        in.expect(VERSION);
        var context = new Context(in.uuid(), in.text(Context.MOST_AUTHOR_BYTES), in.uuid());
        var trapdoor = new Trapdoor(
                context,
                EncryptedWord.decode(in.fixed(EncryptedWord.ENCODED_BYTES)),
                in.sized(MOST_KEY_BYTES),
                OwnerSignature.decode(in.sized(OwnerSignature.MAX_ENCODED_BYTES)));
        in.end();
        return trapdoor;
    }
}
