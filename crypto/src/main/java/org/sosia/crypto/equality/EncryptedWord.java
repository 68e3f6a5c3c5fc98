package org.sosia.crypto.equality;

import java.nio.charset.StandardCharsets;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.curve.Point;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.keywords.Keyword;

/**
 * A word under both servers' keys: C1 = r·G, C2 = r·(A + B) + W with W the word hashed to the curve, and a proof that its author knows r.
 *
 * <p><b>Security.</b> Hides the word from everybody who lacks one of the two secret keys (ElGamal, decisional Diffie and Hellman); the proof (C.-P. Schnorr, 1991, made
 * non-interactive) makes it worthless outside its {@link Context}.
 *
 * <p><b>Shape.</b> version 1 ‖ C1 (65) ‖ C2 (65) ‖ challenge (32) ‖ response (32).
 */
public final class EncryptedWord {
    /** Length of an encoding. */
    public static final int ENCODED_BYTES = 1 + 2 * Point.LONG_BYTES + 2 * Exponent.ENCODED_BYTES;

    private static final byte VERSION = 1;
    private static final byte[] WORD_DOMAIN =
            "SOSIA-V1-EQUALITY-P256_XMD:SHA-256_SSWU_RO_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROOF_LABEL = "sosia/v1/equality/proof".getBytes(StandardCharsets.US_ASCII);

    final Point c1;
    final Point c2;
    private final Exponent challenge;
    private final Exponent response;

    private EncryptedWord(Point c1, Point c2, Exponent challenge, Exponent response) {
        this.c1 = c1;
        this.c2 = c2;
        this.challenge = challenge;
        this.response = response;
    }

    /**
     * Encrypts a word.
     *
     * @param word normalised
     * @param servers the sum of both servers' public points
     * @param context what it belongs to
     * @return the encrypted word
     */
    public static EncryptedWord encrypt(Keyword word, Point servers, Context context) {
        Exponent r = Exponent.random();
        Point c1 = Point.generate(r);
        Point c2 = servers.times(r).plus(hashed(word, context));
        Exponent nonce = Exponent.random();
        Exponent challenge = challenge(c1, c2, Point.generate(nonce), context);
        return new EncryptedWord(c1, c2, challenge, nonce.plus(challenge.times(r)));
    }

    private static Point hashed(Keyword word, Context context) {
        byte[] message = new ByteWriter()
                .uuid(context.group())
                .sized(word.field().getBytes(StandardCharsets.UTF_8))
                .sized(word.word().getBytes(StandardCharsets.UTF_8))
                .toByteArray();
        return Point.hash(WORD_DOMAIN, message);
    }

    private static Exponent challenge(Point c1, Point c2, Point commitment, Context context) {
        return Exponent.reduced(Digests.sha256(
                PROOF_LABEL, context.encode(), c1.encodeLong(), c2.encodeLong(), commitment.encodeLong()));
    }

    /**
     * Whether the author knows what she encrypted, for this context. Both servers ask before they store it.
     *
     * @param context what it should belong to
     * @return whether the proof holds
     */
    public boolean isProven(Context context) {
        Point commitment = Point.generate(response).plus(c1.times(challenge.negated()));
        return challenge.equals(challenge(c1, c2, commitment, context));
    }

    /**
     * Writes the word.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .fixed(c1.encodeLong())
                .fixed(c2.encodeLong())
                .fixed(challenge.exposeSecretBytes())
                .fixed(response.exposeSecretBytes())
                .toByteArray();
    }

    /**
     * Reads a word.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the word, not proven yet
     * @throws MalformedException if it is none
     */
    public static EncryptedWord decode(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded, ENCODED_BYTES);
        in.expect(VERSION);
        var word = new EncryptedWord(
                Point.decodeLong(in.fixed(Point.LONG_BYTES)),
                Point.decodeLong(in.fixed(Point.LONG_BYTES)),
                Exponent.decode(in.fixed(Exponent.ENCODED_BYTES)),
                Exponent.decode(in.fixed(Exponent.ENCODED_BYTES)));
        in.end();
        return word;
    }
}
