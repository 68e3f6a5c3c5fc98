package org.sosia.crypto.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.secret.SecretBytes;

/** A part of long content costs the chunks it lies in, whatever buffer it is read with. */
class RangeOfContentTest {
    private static final int CHUNK = 16_384;
    private static final byte[] CONTEXT = {1};

    private final SecretBytes key = SecretBytes.random(32);
    private final byte[] content = content();
    private final byte[] sealed = ChunkedEncryption.seal(key, CONTEXT, content);
    private final List<String> asked = new ArrayList<>();
    private int closed;

    /** Four full chunks and a short one. */
    private static byte[] content() {
        byte[] content = new byte[4 * CHUNK + 1_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 7 + i / 256);
        }
        return content;
    }

    private SealedSource store(byte[] stored) {
        return new SealedSource() {
            @Override
            public long length() {
                return stored.length;
            }

            @Override
            public InputStream read(long from, long length) {
                asked.add(from + "+" + length);
                return new FilterInputStream(new ByteArrayInputStream(stored, (int) from, (int) length)) {
                    @Override
                    public void close() throws IOException {
                        closed++;
                        super.close();
                    }
                };
            }
        };
    }

    /** Behind the 56 bytes of the prefix, chunk k is at k · 16 400; the last one has 1 016 bytes. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 56+16400",
        "0, 16384, 56+16400",
        "0, 16385, 56+32800",
        "16383, 1, 56+16400",
        "16383, 2, 56+32800",
        "16384, 16384, 16456+16400",
        "20000, 40000, 16456+49200",
        "49152, 16384, 49256+16400",
        "65536, 999, 65656+1016",
        "65535, 2, 49256+17416",
        "0, 66536, 56+66616",
        "66536, 1, 65656+1016",
        "100000, 0, 65656+1016",
    })
    void onlyTheChunksOfTheRangeAreFetched(long from, long length, String fetched) throws IOException {
        try (InputStream range = ChunkedEncryption.decryptingRange(store(sealed), key, CONTEXT, from, length)) {
            assertThat(range.readAllBytes()).isEqualTo(expected(from, length));
        }
        assertThat(asked).containsExactly("0+56", fetched);
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void nothingIsFetchedForNothing() throws IOException {
        try (InputStream range = ChunkedEncryption.decryptingRange(store(sealed), key, CONTEXT, 7, 0)) {
            assertThat(range.readAllBytes()).isEmpty();
        }
        assertThat(asked).containsExactly("0+56");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 6 * CHUNK})
    void aRangeEndsWhereItEndsWhateverTheBuffer(int bufferBytes) throws IOException {
        for (int from : new int[] {0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 5}) {
            for (int length : new int[] {1, 999, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1}) {
                assertThat(read(from, length, bufferBytes))
                        .as("%d from %d with %d", length, from, bufferBytes)
                        .isEqualTo(expected(from, length));
            }
        }
    }

    private byte[] read(long from, long length, int bufferBytes) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[bufferBytes + 10];
        try (InputStream range = ChunkedEncryption.decryptingRange(store(sealed), key, CONTEXT, from, length)) {
            for (int n = range.read(buffer, 5, bufferBytes); n >= 0; n = range.read(buffer, 5, bufferBytes)) {
                assertThat(n).isPositive();
                read.write(buffer, 5, n);
            }
        }
        assertThat(Arrays.copyOf(buffer, 5)).containsOnly(0);
        assertThat(Arrays.copyOfRange(buffer, bufferBytes + 5, buffer.length)).containsOnly(0);
        return read.toByteArray();
    }

    private byte[] expected(long from, long length) {
        int start = (int) Math.min(from, content.length);
        return Arrays.copyOfRange(content, start, (int) Math.min(content.length, start + length));
    }

    @Test
    void noContentEndsInsideATag() {
        for (int bytes : new int[] {0, 1, 15, 16_400, 16_415}) {
            byte[] cut = Arrays.copyOf(sealed, 56 + bytes);
            assertThatExceptionOfType(TamperedContentException.class)
                    .as("%d bytes behind the prefix", bytes)
                    .isThrownBy(() -> ChunkedEncryption.decryptingRange(store(cut), key, CONTEXT, 0, 1))
                    .satisfies(e -> assertThat(e.chunk()).isEqualTo(bytes / 16_400));
        }
    }

    @Test
    void whatIsDecryptedAndNotYetReadIsAvailable() throws IOException {
        try (InputStream range = ChunkedEncryption.decryptingRange(store(sealed), key, CONTEXT, 10, 100)) {
            assertThat(range.available()).isZero();
            assertThat(range.read()).isEqualTo(content[10] & 0xff);
            assertThat(range.available()).isEqualTo(99);
            assertThat(range.skip(99)).isEqualTo(99);
            assertThat(range.available()).isZero();
            assertThat(range.read()).isEqualTo(-1);
        }
    }

    @Test
    void aClosedStreamHoldsNothingOfTheContent() throws Exception {
        InputStream opened = ChunkedEncryption.decrypting(store(sealed).read(0, sealed.length), key, CONTEXT);
        assertThat(opened.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
        assertThat(bufferOf(opened)).startsWith(Arrays.copyOf(content, 100));

        opened.close();

        assertThat(bufferOf(opened)).containsOnly(0);
        assertThat(closed).isEqualTo(1);
        assertThat(opened.available()).isZero();
        assertThat(opened.read()).isEqualTo(-1);
    }

    @Test
    void aFinishedMessageHoldsNothingOfTheContentAndIsPassedOn() throws Exception {
        int[] flushed = {0};
        ByteArrayOutputStream sink = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                flushed[0]++;
            }
        };
        var out = ChunkedEncryption.encrypting(sink, key, CONTEXT);
        out.write(content, 0, 1_000);
        assertThat(bufferOf(out)).startsWith(Arrays.copyOf(content, 1_000));
        out.flush();
        assertThat(flushed[0]).isEqualTo(1);

        out.close();

        assertThat(bufferOf(out)).containsOnly(0);
        assertThat(flushed[0]).isEqualTo(2);
        assertThat(ChunkedEncryption.open(key, CONTEXT, sink.toByteArray())).isEqualTo(Arrays.copyOf(content, 1_000));
    }

    @Test
    void contentWrittenByteByByteIsTheSame() throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (var out = ChunkedEncryption.encrypting(sink, key, CONTEXT)) {
            for (int i = 0; i < 2 * CHUNK + 3; i++) {
                out.write(content[i]);
            }
        }
        assertThat(ChunkedEncryption.open(key, CONTEXT, sink.toByteArray()))
                .isEqualTo(Arrays.copyOf(content, 2 * CHUNK + 3));
    }

    private static byte[] bufferOf(Object stream) throws ReflectiveOperationException {
        var field = stream.getClass().getDeclaredField("plaintext");
        field.setAccessible(true);
        return ((byte[]) field.get(stream)).clone();
    }
}
