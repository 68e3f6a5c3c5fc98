package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;

/** Frames on their way, and the streams of numbers from which both servers compute. */
class LinkTest {
    private static final byte[] FRAME = {1, 2, 3};

    @Test
    void aFrameIsPrecededByItsLength() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Link link = Link.over(InputStream.nullInputStream(), out)) {
            link.send(FRAME);
            link.send(new byte[0]);
        }
        assertThat(out.toByteArray()).containsExactly(0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0);
        try (Link link = Link.over(new ByteArrayInputStream(out.toByteArray()), OutputStream.nullOutputStream())) {
            assertThat(link.receive()).isEqualTo(FRAME);
            assertThat(link.receive()).isEmpty();
            assertThatExceptionOfType(IOException.class).isThrownBy(link::receive);
        }
    }

    @Test
    void aFrameOfThirtyTwoMegabytesIsTheLongest() throws Exception {
        byte[] longest = {2, 0, 0, 0};
        byte[] longer = {2, 0, 0, 1};
        try (Link link = Link.over(
                new SequenceInputStream(new ByteArrayInputStream(longest), new Zeros()),
                OutputStream.nullOutputStream())) {
            assertThat(link.receive()).hasSize(1 << 25);
            link.send(new byte[1 << 25]);
            assertThatIllegalArgumentException().isThrownBy(() -> link.send(new byte[(1 << 25) + 1]));
        }
        try (Link link = Link.over(
                new SequenceInputStream(new ByteArrayInputStream(longer), new Zeros()),
                OutputStream.nullOutputStream())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(link::receive)
                    .withMessageContaining("too many");
        }
    }

    @Test
    void closingClosesBothStreamsWhicheverFails() throws Exception {
        for (boolean fails : new boolean[] {false, true}) {
            boolean[] closed = new boolean[2];
            InputStream in = new Zeros() {
                @Override
                public void close() throws IOException {
                    closed[0] = true;
                }
            };
            OutputStream out = new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    closed[1] = true;
                    if (fails) {
                        throw new IOException("the disk is full");
                    }
                }
            };
            Link link = Link.over(in, out);
            if (fails) {
                assertThatExceptionOfType(IOException.class).isThrownBy(link::close);
            } else {
                link.close();
            }
            assertThat(closed).containsExactly(true, true);
        }
    }

    @Test
    void insideOneProcessFramesArriveInOrderAndTheEndIsSeenByBoth() throws Exception {
        Link.Pair pair = Link.pair();
        pair.a().send(FRAME);
        pair.a().send(new byte[0]);
        pair.a().close();
        assertThat(pair.b().receive()).isEqualTo(FRAME);
        assertThat(pair.b().receive()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(pair.b()::receive);
            assertThatExceptionOfType(IOException.class).isThrownBy(pair.a()::receive);
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> pair.a().send(FRAME));
    }

    @Test
    void aReaderIsWokenByTheEnd() throws Exception {
        Link.Pair pair = Link.pair();
        var reading = CompletableFuture.supplyAsync(() -> {
            try {
                return pair.a().receive();
            } catch (IOException ended) {
                throw new CompletionException(ended);
            }
        });
        pair.a().close();
        assertThatExceptionOfType(CompletionException.class).isThrownBy(reading::join);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IOException.class).isThrownBy(Link.pair().a()::receive);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** What is computed in pieces of 64 KiB is the same as block by block. */
    @Test
    void longStreamsHaveNoSeams() {
        Prg prg = new Prg(SecretBytes.copyOf(new byte[32]));
        int count = 3 * (1 << 13) + 5;
        long[] all = prg.longs(3, count);
        assertThat(all).hasSize(count);
        for (int at : new int[] {0, 1, 8_190, 8_192, 8_193, 16_384, count - 1}) {
            long[] block = prg.blocks(1).run(3, at / 2, 1).longs(2);
            assertThat(all[at]).as("%d", at).isEqualTo(block[at % 2]);
        }
        assertThat(Arrays.copyOf(all, 7)).isEqualTo(prg.longs(3, 7)).isNotEqualTo(prg.longs(4, 7));
        assertThat(prg.ints(3, 5)[1]).isEqualTo((int) all[0]);
        assertThat(prg.ints(3, 5)[4]).isEqualTo((int) (all[2] >>> 32));
        assertThatIllegalStateException()
                .isThrownBy(() -> prg.blocks(2).run(0, 0, 1).longs(1));
    }

    /** AES-256 of zero under the key zero (NIST, AESAVS). */
    @Test
    void aBlockIsAesOfItsNumber() {
        Prg prg = new Prg(SecretBytes.copyOf(new byte[32]));
        assertThat(prg.longs(0, 2)).containsExactly(0xdc95c078a2408989L, 0xad48a21492842087L);
    }

    @Test
    void wordsAreReadOnlyIfTheyAreThere() throws Exception {
        byte[] eight = {0, 0, 0, 1, -1, -1, -1, -2};
        assertThat(Words.ints(new ByteReader(eight), 2)).containsExactly(1, -2);
        assertThat(Words.longs(new ByteReader(eight), 1)).containsExactly((1L << 32) + 0xffff_fffeL);
        assertThat(Words.bytes(new int[] {1, -2})).isEqualTo(eight);
        assertThat(Words.bytes(1)).containsExactly(0, 0, 0, 1);
        assertThat(Words.bytes(new long[] {(1L << 32) + 0xffff_fffeL})).isEqualTo(eight);
        for (int count : new int[] {3, Integer.MAX_VALUE / 4, Integer.MAX_VALUE / 4 + 1, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> Words.ints(new ByteReader(eight), count));
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> Words.longs(new ByteReader(eight), count));
        }
    }

    /** As many zeros as anybody wants. */
    private static class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + length, (byte) 0);
            return length;
        }
    }
}
