package org.sosia.crypto.splitting;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A share as it is laid away where shares of many splits lie: under a name, and with a covered head, that do not tell whose it is. All
 * behind the head is masked anyway.
 *
 * <p><b>Security.</b> Whoever lacks the link can tell neither what was split, nor which other share a share belongs to, beyond what its
 * length and its time say. The link opens nothing: whoever has it and the share has one share.
 *
 * <p><b>Shape.</b> See docs/FORMATS.md, section Share.
 */
public final class HiddenShare {
    /** The length of a link. */
    public static final int LINK_BYTES = 32;

    private static final int BLOCK_BYTES = 16;

    /** What makes 16 random bytes the id of a random row among others (RFC 9562, section 5.4). */
    private static final long VERSION_4 = 0x4000L;

    private static final long VERSION_MASK = 0xf000L;
    private static final long VARIANT_MASK = 0xc000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecretBytes link;
    private final UUID id;

    /**
     * The share behind a link.
     *
     * @param link {@value #LINK_BYTES} random bytes, drawn or derived for one split and never used for another
     */
    public HiddenShare(byte[] link) {
        if (link.length != LINK_BYTES) {
            throw new IllegalArgumentException("a link has " + LINK_BYTES + " bytes");
        }
        this.link = SecretBytes.copyOf(link);
        this.id = name();
    }

    private UUID name() {
        try (SecretBytes name = link.derive("sosia/v1/split/name")) {
            ByteBuffer bytes = ByteBuffer.wrap(name.exposeSecretBytes());
            return new UUID((bytes.getLong() & ~VERSION_MASK) | VERSION_4, (bytes.getLong() & ~VARIANT_MASK) | VARIANT);
        }
    }

    /**
     * The name under which it lies.
     *
     * @return an id that looks like any random one
     */
    public UUID id() {
        return id;
    }

    /**
     * Covers a share's head on its way to where it will lie.
     *
     * @param sink where the covered share goes; closed with the stream
     * @return where the share is written, from its first byte on
     */
    public OutputStream covering(OutputStream sink) {
        return new Covering(sink, cover());
    }

    /**
     * The share as it was written.
     *
     * @param covered the share as it lies
     * @return a view of it
     */
    public SealedSource uncovered(SealedSource covered) {
        byte[] cover = cover();
        return new SealedSource() {
            @Override
            public long length() {
                return covered.length();
            }

            @Override
            public InputStream read(long from, long length) throws IOException {
                return new Uncovering(covered.read(from, length), cover, from);
            }
        };
    }

    private byte[] cover() {
        try (SecretBytes key = link.derive("sosia/v1/split/cover")) {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.exposeSecretBytes(), "AES"),
                    new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher.doFinal(new byte[ShareHead.BYTES]);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Covers or uncovers what of these bytes lies in the head, which is the same act. */
    private static void turn(byte[] cover, long position, byte[] bytes, int from, int count) {
        for (int i = 0; i < count && position + i < cover.length; i++) {
            bytes[from + i] ^= cover[(int) position + i];
        }
    }

    private static final class Covering extends FilterOutputStream {
        private final byte[] cover;
        private long position;

        Covering(OutputStream sink, byte[] cover) {
            super(sink);
            this.cover = cover;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            Objects.checkFromIndexSize(off, len, b.length);
            if (position < cover.length) {
                // A copy: the writer's own bytes stay as they are.
                byte[] covered = new byte[len];
                System.arraycopy(b, off, covered, 0, len);
                turn(cover, position, covered, 0, len);
                out.write(covered, 0, len);
            } else {
                out.write(b, off, len);
            }
            position += len;
        }
    }

    private static final class Uncovering extends InputStream {
        private final InputStream covered;
        private final byte[] cover;
        private long position;

        Uncovering(InputStream covered, byte[] cover, long position) {
            this.covered = covered;
            this.cover = cover;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = covered.read(b, off, len);
            if (n > 0) {
                turn(cover, position, b, off, n);
                position += n;
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            covered.close();
        }
    }

    @Override
    public String toString() {
        return "HiddenShare[" + id + "]";
    }
}
