package org.sosia.crypto.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.secret.SecretBytes;

class ChunkedEncryptionTest {
    private final SecretBytes key = SecretBytes.random(32);
    private final byte[] context = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 32_768, 100_000})
    void whatIsSealedOpens(int length) throws Exception {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        byte[] sealed = ChunkedEncryption.seal(key, context, content);
        assertThat(sealed).hasSize((int) ChunkedEncryption.sealedLength(length));
        assertThat(ChunkedEncryption.open(key, context, sealed)).isEqualTo(content);
        assertThat(ChunkedEncryption.open(key, context, streamed(content, length + 1)))
                .isEqualTo(content);
    }

    @RepeatedTest(30)
    void piecesOfAnySizeMakeTheSameContent() throws Exception {
        long seed = new SecureRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] content = new byte[random.nextInt(120_000)];
        random.nextBytes(content);
        byte[] sealed = streamed(content, 1 + random.nextInt(40_000));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream opened = ChunkedEncryption.decrypting(new ByteArrayInputStream(sealed), key, context)) {
            byte[] buffer = new byte[1 + random.nextInt(40_000)];
            for (int n = opened.read(buffer, 0, buffer.length); n >= 0; n = opened.read(buffer, 0, buffer.length)) {
                read.write(buffer, 0, n);
                if (random.nextInt(4) == 0) {
                    int b = opened.read();
                    if (b >= 0) {
                        read.write(b);
                    }
                }
            }
        }
        assertThat(read.toByteArray()).as("seed %d", seed).isEqualTo(content);

        long from = random.nextInt(content.length + 10);
        long length = random.nextInt(50_000);
        int start = (int) Math.min(from, content.length);
        try (InputStream range =
                ChunkedEncryption.decryptingRange(new BytesSource(sealed), key, context, from, length)) {
            assertThat(range.readAllBytes())
                    .as("seed %d, from %d, length %d", seed, from, length)
                    .isEqualTo(Arrays.copyOfRange(content, start, (int) Math.min(content.length, start + length)));
        }
    }

    private byte[] streamed(byte[] content, int piece) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = ChunkedEncryption.encrypting(sealed, key, context)) {
            for (int from = 0; from < content.length; from += piece) {
                out.write(content, from, Math.min(piece, content.length - from));
            }
        }
        return sealed.toByteArray();
    }

    @Test
    void closingEndsTheMessageButNotTheSink() throws Exception {
        boolean[] closed = {false};
        ByteArrayOutputStream sink = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        OutputStream out = ChunkedEncryption.encrypting(sink, key, context);
        out.write(5);
        out.close();
        out.close();
        assertThat(closed[0]).isFalse();
        assertThat(ChunkedEncryption.open(key, context, sink.toByteArray())).containsExactly(5);
        assertThatIOException().isThrownBy(() -> out.write(5));
        assertThatIOException().isThrownBy(() -> out.write(new byte[3]));
    }

    /** An upload that broke off leaves a message without its last chunk. */
    @Test
    void withoutCloseTheMessageIsTruncated() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        OutputStream out = ChunkedEncryption.encrypting(sink, key, context);
        out.write(new byte[40_000]);
        out.flush();
        assertThatIOException().isThrownBy(() -> ChunkedEncryption.open(key, context, sink.toByteArray()));
    }

    @Test
    void theSameContentIsNeverSealedTheSameWay() {
        assertThat(ChunkedEncryption.seal(key, context, new byte[9]))
                .isNotEqualTo(ChunkedEncryption.seal(key, context, new byte[9]));
    }

    @Test
    void rangesAreNotNegative() {
        BytesSource source = new BytesSource(ChunkedEncryption.seal(key, context, new byte[9]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkedEncryption.decryptingRange(source, key, context, -1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkedEncryption.decryptingRange(source, key, context, 1, -1));
    }

    /** 2^38 chunks, of which the last one is short: 4 PiB less one byte. */
    @Test
    void theFormatEndsAtFourPebibytes() throws Exception {
        long most = (1L << 52) - 1;
        assertThat(ChunkedEncryption.sealedLength(most)).isEqualTo(56 + most + (1L << 38) * 16);
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkedEncryption.sealedLength(most + 1));

        ChunkCipher chunks = ChunkCipher.encrypting(key, new byte[24], context);
        byte[] sealed = new byte[17];
        long last = (1L << 38) - 1;
        assertThat(chunks.encrypt(last, new byte[] {5}, 0, 1, sealed, 0)).isEqualTo(17);
        assertThatIllegalStateException().isThrownBy(() -> chunks.encrypt(last + 1, new byte[1], 0, 1, sealed, 0));

        byte[] prefix = Arrays.copyOf(new byte[24], 56);
        System.arraycopy(chunks.commitment(), 0, prefix, 24, 32);
        ChunkCipher opening = ChunkCipher.decrypting(key, prefix, context);
        byte[] plain = new byte[1];
        assertThat(opening.decrypt(last, sealed, 0, 17, plain, 0)).isEqualTo(1);
        assertThat(plain).containsExactly(5);
        assertThatExceptionOfType(TamperedContentException.class)
                .isThrownBy(() -> opening.decrypt(last + 1, sealed, 0, 17, plain, 0));
    }

    @Test
    void lengthsAreNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkedEncryption.sealedLength(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkedEncryption.sealedLength(Long.MAX_VALUE));
    }

    @Test
    void keysHave32Bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChunkedEncryption.seal(SecretBytes.random(16), context, new byte[1]));
    }
}
