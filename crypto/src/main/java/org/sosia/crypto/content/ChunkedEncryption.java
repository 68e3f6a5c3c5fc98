package org.sosia.crypto.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Encryption of content of any length in chunks that are encrypted and authenticated one by one.
 *
 * <p><b>Security.</b> Nobody without the key learns anything but the length, or changes, reorders, cuts, lengthens or mixes content without
 * being noticed. The first {@value #PREFIX_BYTES} bytes commit to key and context, so one ciphertext opens under one key only. A reader of a
 * stream gets verified chunks before the end was seen: whoever needs the whole must read to the end. It does <em>not</em> hide
 * the length ({@link Padme} blurs it), and whoever encrypts twice under one key and context makes two messages that can be exchanged for each other.
 *
 * <p><b>Shape.</b> salt (24) ‖ commitment (32) ‖ chunks; a chunk is {@value #CHUNK_BYTES} bytes of plaintext and a tag of 16, the last
 * chunk is shorter and may be empty. Chunk k starts at byte 56 + k · 16 400.
 *
 * <p><b>Source.</b> C2SP chunked-encryption, instance Cobblestone-256 (AES-256-GCM, HKDF-SHA-512); docs/FORMATS.md, section Payload.
 */
public final class ChunkedEncryption {
    /** Plaintext of a full chunk. */
    public static final int CHUNK_BYTES = 16_384;

    /** A full chunk with its tag. */
    public static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    /** Salt and commitment. */
    public static final int PREFIX_BYTES = ChunkCipher.SALT_BYTES + ChunkCipher.COMMITMENT_BYTES;

    /** The key's length. */
    public static final int KEY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private ChunkedEncryption() {}

    /**
     * Encrypts a stream. The prefix is written at once, every chunk when it is full, the last on {@code close()}, which flushes but does
     * not close the sink. A message without {@code close()} is a truncated one and will be refused.
     *
     * @param sink receives the sealed bytes, a chunk per call
     * @param key 32 uniform bytes
     * @param context what the message is bound to; its reader must present the same
     * @return where to write the plaintext
     * @throws IOException if the sink fails
     * @throws IllegalArgumentException if the key has another length
     */
    public static OutputStream encrypting(OutputStream sink, SecretBytes key, byte[] context) throws IOException {
        return new EncryptingStream(sink, begin(sink, key, context));
    }

    private static ChunkCipher begin(OutputStream sink, SecretBytes key, byte[] context) throws IOException {
        byte[] salt = freshSalt();
        ChunkCipher chunks = ChunkCipher.encrypting(key, salt, context);
        byte[] prefix = Arrays.copyOf(salt, PREFIX_BYTES);
        System.arraycopy(chunks.commitment(), 0, prefix, salt.length, ChunkCipher.COMMITMENT_BYTES);
        sink.write(prefix);
        return chunks;
    }

    private static byte[] freshSalt() {
        byte[] salt = new byte[ChunkCipher.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    /**
     * Decrypts a stream. The prefix is read and checked at once, so a wrong key shows before the first byte is promised to anyone.
     *
     * @param source the sealed bytes, closed together with the result
     * @param key 32 bytes
     * @param context as when it was sealed
     * @return the plaintext; its reads throw {@link TamperedContentException} instead of releasing a bad chunk
     * @throws TamperedContentException if prefix, key and context do not belong together
     * @throws IOException if the source fails
     */
    public static InputStream decrypting(InputStream source, SecretBytes key, byte[] context) throws IOException {
        ChunkCipher chunks = ChunkCipher.decrypting(key, source.readNBytes(PREFIX_BYTES), context);
        return new DecryptingStream(source, chunks, 0, 0, DecryptingStream.TO_THE_END);
    }

    /**
     * Decrypts a range without touching the chunks before it. A range that reaches the end also authenticates the end; one that
     * starts beyond it is empty, after the last chunk was checked.
     *
     * @param source the whole sealed content
     * @param key 32 bytes
     * @param context as when it was sealed
     * @param from first byte of plaintext, counted from 0
     * @param length bytes wanted; cut at the end of the content
     * @return the plaintext; its reads throw {@link TamperedContentException} instead of releasing a bad chunk
     * @throws TamperedContentException if prefix, key and context do not belong together, or no content has such a length
     * @throws IOException if the source fails
     */
    public static InputStream decryptingRange(
            SealedSource source, SecretBytes key, byte[] context, long from, long length) throws IOException {
        if (from < 0 || length < 0) {
            throw new IllegalArgumentException("a range is not negative");
        }
        ChunkCipher chunks = openPrefix(source, key, context);
        long body = source.length() - PREFIX_BYTES;
        long lastChunk = body / SEALED_CHUNK_BYTES;
        long plaintextBytes = body - (lastChunk + 1) * ChunkCipher.TAG_BYTES;
        if (body % SEALED_CHUNK_BYTES < ChunkCipher.TAG_BYTES) {
            throw new TamperedContentException(lastChunk);
        }
        long start = Math.min(from, plaintextBytes);
        boolean toTheEnd = length >= plaintextBytes - start;
        long firstChunk = start / CHUNK_BYTES;
        long endChunk = toTheEnd || length == 0 ? lastChunk : (start + length - 1) / CHUNK_BYTES;
        long offset = firstChunk * SEALED_CHUNK_BYTES;
        long needed = Math.min((endChunk + 1) * SEALED_CHUNK_BYTES, body) - offset;
        return new DecryptingStream(
                length == 0 && !toTheEnd ? InputStream.nullInputStream() : source.read(PREFIX_BYTES + offset, needed),
                chunks,
                firstChunk,
                (int) (start % CHUNK_BYTES),
                toTheEnd ? DecryptingStream.TO_THE_END : length);
    }

    private static ChunkCipher openPrefix(SealedSource source, SecretBytes key, byte[] context) throws IOException {
        try (InputStream prefix = source.read(0, PREFIX_BYTES)) {
            return ChunkCipher.decrypting(key, prefix.readNBytes(PREFIX_BYTES), context);
        }
    }

    /**
     * How long content becomes.
     *
     * @param plaintextBytes 0 or more
     * @return bytes of the sealed content
     * @throws IllegalArgumentException if the length is negative or beyond the format's 4 PiB
     */
    public static long sealedLength(long plaintextBytes) {
        if (plaintextBytes < 0 || plaintextBytes / CHUNK_BYTES >= ChunkCipher.MAX_CHUNKS) {
            throw new IllegalArgumentException("no content has this length");
        }
        return PREFIX_BYTES + plaintextBytes + (plaintextBytes / CHUNK_BYTES + 1) * ChunkCipher.TAG_BYTES;
    }

    /**
     * Encrypts a small message.
     *
     * @param key 32 uniform bytes
     * @param context what the message is bound to
     * @param plaintext the message
     * @return the sealed message, {@link #sealedLength} bytes
     */
    public static byte[] seal(SecretBytes key, byte[] context, byte[] plaintext) {
        byte[] salt = freshSalt();
        ChunkCipher chunks = ChunkCipher.encrypting(key, salt, context);
        byte[] sealed = new byte[Math.toIntExact(sealedLength(plaintext.length))];
        System.arraycopy(salt, 0, sealed, 0, salt.length);
        System.arraycopy(chunks.commitment(), 0, sealed, salt.length, ChunkCipher.COMMITMENT_BYTES);
        int to = PREFIX_BYTES;
        for (int chunk = 0; to < sealed.length; chunk++) {
            int from = chunk * CHUNK_BYTES;
            to += chunks.encrypt(chunk, plaintext, from, Math.min(CHUNK_BYTES, plaintext.length - from), sealed, to);
        }
        return sealed;
    }

    /**
     * Decrypts a small message.
     *
     * @param key 32 bytes
     * @param context as when it was sealed
     * @param sealed what {@link #seal} made
     * @return the message
     * @throws TamperedContentException if it is not what was sealed under this key for this context
     */
    public static byte[] open(SecretBytes key, byte[] context, byte[] sealed) throws TamperedContentException {
        ChunkCipher chunks =
                ChunkCipher.decrypting(key, Arrays.copyOf(sealed, Math.min(sealed.length, PREFIX_BYTES)), context);
        int body = sealed.length - PREFIX_BYTES;
        int lastChunk = body / SEALED_CHUNK_BYTES;
        if (body % SEALED_CHUNK_BYTES < ChunkCipher.TAG_BYTES) {
            throw new TamperedContentException(lastChunk);
        }
        byte[] plaintext = new byte[body - (lastChunk + 1) * ChunkCipher.TAG_BYTES];
        for (int chunk = 0; chunk <= lastChunk; chunk++) {
            int from = PREFIX_BYTES + chunk * SEALED_CHUNK_BYTES;
            int length = Math.min(SEALED_CHUNK_BYTES, sealed.length - from);
            chunks.decrypt(chunk, sealed, from, length, plaintext, chunk * CHUNK_BYTES);
        }
        return plaintext;
    }

    /**
     * Encrypts and decrypts throwaway content until the virtual machine has compiled the cipher: the first megabytes after a start
     * run some twenty times slower. Called once when the system starts; takes a fraction of a second.
     */
    public static void warmUp() {
        try (SecretBytes key = SecretBytes.random(KEY_BYTES)) {
            byte[] content = new byte[64 * CHUNK_BYTES];
            byte[] context = new byte[0];
            for (int round = 0; round < 40; round++) {
                open(key, context, seal(key, context, content));
            }
        } catch (TamperedContentException e) {
            throw new IllegalStateException("what was just sealed does not open", e);
        }
    }
}
