package org.sosia.crypto.secret;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secret string of bytes that is wiped when closed.
 *
 * <p><b>Security.</b> The bytes leave only through {@link #exposeSecretBytes()}, so a text search finds every use. Equality takes
 * the same time whatever the bytes. Copies made by the platform's own key objects are beyond its reach.
 */
public final class SecretBytes implements SecretMaterial, AutoCloseable {
    /** What {@link #derive} gives: a key for AES-256, HMAC-SHA-256 or a further derivation. */
    public static final int DERIVED_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Draws a fresh uniform secret from the platform's generator.
     *
     * @param bytes its length, at least 1
     * @return the secret
     */
    public static SecretBytes random(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a secret has at least one byte");
        }
        byte[] fresh = new byte[bytes];
        RANDOM.nextBytes(fresh);
        return new SecretBytes(fresh);
    }

    /**
     * Takes a copy; the caller keeps the duty to wipe the original.
     *
     * @param bytes what to protect
     * @return the secret
     */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /**
     * The length, which is not a secret.
     *
     * @return bytes
     */
    public int length() {
        return bytes.length;
    }

    /**
     * The one way out: a copy of the bytes, which the caller wipes.
     *
     * @return a fresh array
     * @throws IllegalStateException if this secret was closed
     */
    public byte[] exposeSecretBytes() {
        if (closed) {
            throw new IllegalStateException("this secret was wiped");
        }
        return bytes.clone();
    }

    /**
     * What is done with exposed bytes while they are there.
     *
     * @param <T> what comes of it
     * @param <E> why nothing does
     */
    @FunctionalInterface
    public interface Use<T, E extends Exception> {
        /** Uses the bytes, which are wiped afterwards: whoever keeps the array keeps zeros. */
        T of(byte[] exposed) throws E;
    }

    /**
     * Shows a copy of the bytes to one use and wipes it afterwards, however the use ends.
     *
     * @param use what is done with them
     * @return what the use gave
     * @throws E if the use throws it
     * @throws IllegalStateException if this secret was closed
     */
    public <T, E extends Exception> T exposeSecretBytes(Use<T, E> use) throws E {
        return wipedAfter(exposeSecretBytes(), use);
    }

    /**
     * Wipes secret bytes that are in an array already, once one use is over, however it ends.
     *
     * @param secret zeros afterwards
     * @param use what is done with them
     * @return what the use gave
     * @throws E if the use throws it
     */
    public static <T, E extends Exception> T wipedAfter(byte[] secret, Use<T, E> use) throws E {
        try {
            return use.of(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Derives an independent secret for one purpose: HKDF-SHA-256 without salt, whose info is the label and each context, every
     * one preceded by its length in four bytes, so that no two lists of parts look alike.
     *
     * @param label the purpose, unique in the project (docs/FORMATS.md lists them)
     * @param context what the derived secret is bound to
     * @return {@value #DERIVED_BYTES} bytes
     */
    public SecretBytes derive(String label, byte[]... context) {
        return exposeSecretBytes(
                input -> new SecretBytes(Hkdf.SHA_256.derive(input, new byte[0], info(label, context), DERIVED_BYTES)));
    }

    private static byte[] info(String label, byte[]... context) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        appendPart(info, label.getBytes(StandardCharsets.UTF_8));
        for (byte[] part : context) {
            appendPart(info, part);
        }
        return info.toByteArray();
    }

    private static void appendPart(ByteArrayOutputStream info, byte[] part) {
        info.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        info.writeBytes(part);
    }

    /** Wipes the bytes; afterwards every use is refused. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets of one length: a hash would be a fingerprint. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[secret]";
    }
}
