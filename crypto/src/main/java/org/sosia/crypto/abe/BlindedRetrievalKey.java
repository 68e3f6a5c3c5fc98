package org.sosia.crypto.abe;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A retrieval key behind a passphrase. <em>Every</em> passphrase gives a retrieval key, and nothing here says which is the right one: whoever steals this has to ask
 * the cloud for each guess, and the cloud counts.
 *
 * <p><b>Security.</b> There is no tag on purpose. The promise holds as long as nothing that belongs to the right key lies beside it: keep the {@link RetrievalImage}, the {@link KeyRequest} and
 * old answers of the cloud away from where this is kept. The cloud itself, which holds the transform key, can try passphrases offline if it gets hold of this.
 *
 * <p><b>Shape.</b> {@value #ENCODED_BYTES} bytes: version 1, salt (16), z - h (32). Version 1 means Argon2id with 64 MiB, three passes, four lanes, which RFC 9106 recommends
 * where memory is short.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Passphrase.
 */
public final class BlindedRetrievalKey implements SecretMaterial {
    /** An encoded key. */
    public static final int ENCODED_BYTES = 1 + 16 + Scalar.BYTES;

    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int MEMORY_KIB = 64 << 10;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final String DOMAIN = "sosia/v1/passphrase";

    private final byte[] salt;
    private final Scalar masked;

    private BlindedRetrievalKey(byte[] salt, Scalar masked) {
        this.salt = salt;
        this.masked = masked;
    }

    /**
     * Blinds a key.
     *
     * @param key the retrieval key
     * @param passphrase any text; letters are compared in Unicode NFC
     * @return the blinded key
     */
    public static BlindedRetrievalKey blind(RetrievalKey key, char[] passphrase) {
        try (SecretBytes fresh = SecretBytes.random(SALT_BYTES)) {
            return blind(key, passphrase, fresh.exposeSecretBytes());
        }
    }

    static BlindedRetrievalKey blind(RetrievalKey key, char[] passphrase, byte[] salt) {
        return new BlindedRetrievalKey(salt, key.exponent().subtract(mask(passphrase, salt)));
    }

    /**
     * The key behind the passphrase, or with another passphrase another key. Takes some hundred milliseconds and 64 MiB.
     *
     * @param passphrase what the person typed
     * @return a retrieval key
     */
    public RetrievalKey unblind(char[] passphrase) {
        return new RetrievalKey(masked.add(mask(passphrase, salt)));
    }

    /** h = H2S(Argon2id(passphrase, salt)). */
    private static Scalar mask(char[] passphrase, byte[] salt) {
        byte[] text = Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFC)
                .getBytes(StandardCharsets.UTF_8);
        byte[] stretched = new byte[SecretBytes.DERIVED_BYTES];
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        try {
            argon2.generateBytes(text, stretched);
            return Scalar.hash(DOMAIN, stretched);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(stretched, (byte) 0);
        }
    }

    /**
     * Decodes.
     *
     * @param encoded {@value #ENCODED_BYTES} bytes
     * @return the blinded key
     * @throws GeneralSecurityException if version, length or the scalar is wrong
     */
    public static BlindedRetrievalKey decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, ENCODED_BYTES);
        reader.expect(VERSION);
        byte[] salt = reader.fixed(SALT_BYTES);
        Scalar masked = Scalar.decode(reader.fixed(Scalar.BYTES));
        reader.end();
        return new BlindedRetrievalKey(salt, masked);
    }

    /**
     * Encodes.
     *
     * @return {@value #ENCODED_BYTES} bytes
     */
    public byte[] encode() {
        return new ByteWriter().u8(VERSION).fixed(salt).fixed(masked.encode()).toByteArray();
    }

    @Override
    public String toString() {
        return "BlindedRetrievalKey[secret]";
    }
}
