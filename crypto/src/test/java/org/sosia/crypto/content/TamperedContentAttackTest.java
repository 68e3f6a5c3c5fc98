package org.sosia.crypto.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A cloud changes what it stores: flips bits, drops the end, swaps, repeats, appends or exchanges chunks.
 *
 * <p>Whatever it does, a reader gets the genuine beginning up to the first bad chunk and then a refusal, never an end of the content.
 */
class TamperedContentAttackTest {
    private static final int CHUNK = ChunkedEncryption.SEALED_CHUNK_BYTES;
    private static final int PREFIX = ChunkedEncryption.PREFIX_BYTES;

    private final SecretBytes key = SecretBytes.random(32);
    private final byte[] context = "record 1".getBytes(StandardCharsets.UTF_8);
    private final byte[] content = content();
    private final byte[] sealed = ChunkedEncryption.seal(key, context, content);

    /** Three full chunks and a short one. */
    private static byte[] content() {
        byte[] content = new byte[3 * ChunkedEncryption.CHUNK_BYTES + 1_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 7 + i / 256);
        }
        return content;
    }

    @Test
    void aFlippedBitIsNoticedWhereverItIs() {
        for (int position : new int[] {0, 23, 24, 55, 56, PREFIX + CHUNK - 1, PREFIX + CHUNK, sealed.length - 1}) {
            for (int bit : new int[] {0, 7}) {
                assertRefused(bytes -> {
                    bytes[position] ^= (byte) (1 << bit);
                    return bytes;
                });
            }
        }
    }

    @Test
    void aMissingEndIsNoticedWhereverItBegins() {
        for (int length : new int[] {
            0,
            1,
            55,
            56,
            57,
            71,
            72,
            PREFIX + CHUNK - 1,
            PREFIX + CHUNK,
            PREFIX + CHUNK + 1,
            PREFIX + 3 * CHUNK,
            sealed.length - 1
        }) {
            assertRefused(bytes -> Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void swappedChunksAreNoticed() {
        assertRefused(bytes -> move(bytes, 0, 1, 1, 0));
        assertRefused(bytes -> move(bytes, 1, 2, 2, 1));
    }

    @Test
    void aRepeatedChunkIsNoticed() {
        assertRefused(bytes -> move(bytes, 0, 1));
        assertRefused(bytes -> insert(bytes, PREFIX + CHUNK, Arrays.copyOfRange(bytes, PREFIX, PREFIX + CHUNK)));
    }

    @Test
    void aDroppedChunkIsNoticed() {
        assertRefused(bytes -> {
            byte[] shorter = Arrays.copyOf(bytes, bytes.length - CHUNK);
            System.arraycopy(bytes, PREFIX + CHUNK, shorter, PREFIX, shorter.length - PREFIX);
            return shorter;
        });
    }

    @Test
    void appendedBytesAreNoticed() {
        assertRefused(bytes -> Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(bytes -> Arrays.copyOf(bytes, bytes.length + 16));
        assertRefused(
                bytes -> insert(bytes, bytes.length, Arrays.copyOfRange(bytes, PREFIX + 3 * CHUNK, bytes.length)));
        assertRefused(bytes -> insert(bytes, bytes.length, bytes));
    }

    /** Both records belong to the same owner; even under the same key and context their chunks do not fit each other. */
    @Test
    void chunksOfAnotherRecordAreNoticed() {
        byte[] other = ChunkedEncryption.seal(key, context, content);
        for (int chunk = 0; chunk < 3; chunk++) {
            int from = PREFIX + chunk * CHUNK;
            assertRefused(bytes -> {
                System.arraycopy(other, from, bytes, from, CHUNK);
                return bytes;
            });
        }
        assertRefused(bytes -> {
            System.arraycopy(other, 0, bytes, 0, PREFIX);
            return bytes;
        });
    }

    @Test
    void anotherKeyOrContextIsNoticedBeforeTheFirstByte() {
        SecretBytes otherKey = SecretBytes.random(32);
        byte[] otherContext = "record 2".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> ChunkedEncryption.decrypting(new ByteArrayInputStream(sealed), otherKey, context))
                .satisfies(e -> assertThat(e.chunk()).isEqualTo(TamperedContentException.PREFIX));
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> ChunkedEncryption.decrypting(new ByteArrayInputStream(sealed), key, otherContext));
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> ChunkedEncryption.decryptingRange(new BytesSource(sealed), otherKey, context, 0, 1));
    }

    @Test
    void theRefusalSaysWhereButNotWhat() {
        byte[] changed = sealed.clone();
        changed[PREFIX + 2 * CHUNK] ^= 1;
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> ChunkedEncryption.open(key, context, changed))
                .withMessage("sealed content was tampered with")
                .satisfies(e -> assertThat(e.chunk()).isEqualTo(2));
    }

    /** A reader with a large buffer decrypts straight into it: after a refusal nothing of the bad chunk may be there. */
    @Test
    void nothingOfABadChunkReachesTheReadersBuffer() throws Exception {
        byte[] changed = sealed.clone();
        changed[PREFIX + CHUNK + 5] ^= 1;
        byte[] buffer = new byte[5 * ChunkedEncryption.CHUNK_BYTES];
        try (InputStream opened = ChunkedEncryption.decrypting(new ByteArrayInputStream(changed), key, context)) {
            int read = opened.read(buffer, 0, buffer.length);
            assertThat(read).isEqualTo(ChunkedEncryption.CHUNK_BYTES);
            assertThatExceptionOfType(TamperedContentException.class)
                    .isThrownBy(() -> opened.read(buffer, read, buffer.length - read));
            assertThat(Arrays.copyOfRange(buffer, read, buffer.length)).containsOnly(0);
            assertThatExceptionOfType(TamperedContentException.class).isThrownBy(opened::read);
        }
    }

    private byte[] move(byte[] bytes, int... fromTo) {
        byte[] original = bytes.clone();
        for (int i = 0; i < fromTo.length; i += 2) {
            System.arraycopy(original, PREFIX + fromTo[i] * CHUNK, bytes, PREFIX + fromTo[i + 1] * CHUNK, CHUNK);
        }
        return bytes;
    }

    private static byte[] insert(byte[] bytes, int at, byte[] inserted) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(bytes, at, longer, at + inserted.length, bytes.length - at);
        System.arraycopy(inserted, 0, longer, at, inserted.length);
        return longer;
    }

    private void assertRefused(UnaryOperator<byte[]> attack) {
        byte[] changed = attack.apply(sealed.clone());
        ByteArrayOutputStream released = new ByteArrayOutputStream();
        assertThatExceptionOfType(TamperedContentException.class).isThrownBy(() -> {
            try (InputStream opened = ChunkedEncryption.decrypting(new ByteArrayInputStream(changed), key, context)) {
                opened.transferTo(released);
            }
        });
        assertThat(released.toByteArray()).isEqualTo(Arrays.copyOf(content, released.size()));
        assertThat(released.size() % ChunkedEncryption.CHUNK_BYTES).isZero();
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> ChunkedEncryption.open(key, context, changed));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            try (InputStream whole =
                    ChunkedEncryption.decryptingRange(new BytesSource(changed), key, context, 0, Long.MAX_VALUE)) {
                whole.readAllBytes();
            }
        });
    }
}
