package org.sosia.crypto.splitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.crypto.content.SealedSource;

class SplittingTest {
    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @CsvSource({
        "2,2,0",
        "2,2,1",
        "2,2,131071",
        "2,2,131072",
        "2,2,131073",
        "2,3,400001",
        "3,5,196607",
        "3,5,700000",
        "5,16,1000000"
    })
    void anySharesThatAreEnoughGiveTheContentBack(int needed, int shares, int length) throws Exception {
        byte[] content = randomBytes(length);
        SplitContent split = SplitContent.of(Splitting.of(needed, shares), content);

        SplittableRandom choice = new SplittableRandom(length);
        for (int i = 0; i < 10; i++) {
            assertThat(split.merged(lost(choice, shares, shares - needed))).isEqualTo(content);
        }
        assertThat(split.shares())
                .allMatch(share -> share.length == split.receipt().shareLength());
        for (int i = 0; i < shares; i++) {
            split.receipt().verify(i, split.share(i));
        }
    }

    @Test
    void aRangeIsTheSamePartOfTheContent() throws Exception {
        byte[] content = randomBytes(500_003);
        SplitContent split = SplitContent.of(Splitting.TWO_OF_THREE, content);
        long seed = random.nextLong();
        SplittableRandom choice = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            int from = choice.nextInt(content.length + 1);
            int length = choice.nextInt(content.length - from + 1000);
            SealedSource merged = Splitting.merge(split.receipt(), split.without(i % 3));
            try (InputStream range = merged.read(from, length)) {
                assertThat(range.readAllBytes())
                        .as("seed %d: %d bytes from %d", seed, length, from)
                        .isEqualTo(Arrays.copyOfRange(content, from, Math.min(content.length, from + length)));
            }
        }
    }

    @Test
    void anyLostShareIsMadeAgainByteForByte() throws Exception {
        SplitContent split = SplitContent.of(Splitting.of(3, 5), randomBytes(450_000));
        for (int lost = 0; lost < 5; lost++) {
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            Splitting.rebuild(split.receipt(), split.without(lost, (lost + 2) % 5), lost, sink);
            assertThat(sink.toByteArray()).isEqualTo(split.shares().get(lost));
        }
    }

    @Test
    void tooFewSharesAreRefused() throws Exception {
        SplitContent split = SplitContent.of(Splitting.TWO_OF_THREE, randomBytes(1000));
        assertThatExceptionOfType(DamagedShareException.class)
                .isThrownBy(() -> split.merged(0, 2))
                .satisfies(refusal -> assertThat(refusal.share()).isEqualTo(DamagedShareException.UNKNOWN));
    }

    @Test
    void writingInPiecesOfAnySizeIsTheSame() throws Exception {
        byte[] content = randomBytes(300_000);
        UUID object = UUID.randomUUID();
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        SplittingStream stream = Splitting.BOTH.split(object, List.of(one, other));
        try (stream) {
            stream.write(content[0]);
            for (int at = 1; at < content.length; at += 7_001) {
                stream.write(content, at, Math.min(7_001, content.length - at));
            }
        }
        SplitContent split = new SplitContent(stream.receipt(), List.of(one.toByteArray(), other.toByteArray()));
        assertThat(split.merged()).isEqualTo(content);
    }

    @Test
    void aReceiptIsReadAsItWasWritten() throws Exception {
        SplitReceipt receipt =
                SplitContent.of(Splitting.TWO_OF_THREE, randomBytes(77)).receipt();
        SplitReceipt read = SplitReceipt.decode(receipt.encode());
        assertThat(read.encode()).isEqualTo(receipt.encode());
        assertThat(read.object()).isEqualTo(receipt.object());
        assertThat(read.length()).isEqualTo(77);
        assertThat(read.splitting().needed()).isEqualTo(2);
        assertThat(read.splitting().shares()).isEqualTo(3);
        assertThat(read).hasToString("SplitReceipt[" + receipt.object() + ", 2 of 3, 77 bytes]");
    }

    @Test
    void impossibleShapesAndEarlyReceiptsAreRefused() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> Splitting.of(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Splitting.of(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Splitting.of(2, 17));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Splitting.BOTH.split(UUID.randomUUID(), List.of(new ByteArrayOutputStream())));
        SplittingStream open = Splitting.BOTH.split(
                UUID.randomUUID(), List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
        assertThatIllegalStateException().isThrownBy(open::receipt);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Integer[] lost(SplittableRandom choice, int shares, int count) {
        return choice.ints(0, shares).distinct().limit(count).boxed().toArray(Integer[]::new);
    }

    @Test
    void closingWhatIsMergedClosesEveryShare() throws Exception {
        SplitContent split = SplitContent.of(Splitting.BOTH, randomBytes(300_000));
        AtomicInteger open = new AtomicInteger();
        HiddenShare hidden = new HiddenShare(new byte[HiddenShare.LINK_BYTES]);
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        hidden.covering(covered).write(split.shares().get(1));
        SealedSource second = hidden.uncovered(counting(SplitContent.source(covered.toByteArray()), open));
        SealedSource whole = Splitting.merge(split.receipt(), List.of(counting(split.share(0), open), second));
        assertThat(open.get()).as("heads are read and let go").isZero();

        try (InputStream reading = whole.read(0, whole.length())) {
            assertThat(reading.readNBytes(10)).hasSize(10);
            assertThat(open.get()).isEqualTo(2);
        }

        assertThat(open.get()).isZero();
    }

    private static SealedSource counting(SealedSource share, AtomicInteger open) {
        return new SealedSource() {
            @Override
            public long length() {
                return share.length();
            }

            @Override
            public InputStream read(long from, long length) throws IOException {
                open.incrementAndGet();
                return new FilterInputStream(share.read(from, length)) {
                    @Override
                    public void close() throws IOException {
                        open.decrementAndGet();
                        super.close();
                    }
                };
            }
        };
    }

    @Test
    void whatIsMergedIsReadByteByByteToo() throws Exception {
        byte[] content = randomBytes(3);
        SplitContent split = SplitContent.of(Splitting.BOTH, content);
        SealedSource whole = Splitting.merge(split.receipt(), split.without());

        try (InputStream reading = whole.read(0, Long.MAX_VALUE)) {
            for (byte expected : content) {
                assertThat(reading.read()).isEqualTo(expected & 0xff);
            }
            assertThat(reading.read(new byte[0])).isZero();
            assertThat(reading.read()).isEqualTo(-1);
        }
    }

    /** Else the stripe before would lie there once more, under another part of the mask. */
    @Test
    void theLastStripeIsFilledUpWithZeros() throws Exception {
        byte[] content = new byte[2 * Stripes.UNIT_BYTES + 1];
        Arrays.fill(content, (byte) 0xff);
        SplitContent split = SplitContent.of(Splitting.BOTH, content);
        ShareHead[] heads = new ShareHead[2];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = ShareHead.decode(Arrays.copyOf(split.shares().get(i), ShareHead.BYTES));
        }
        SplitKey key = SplitKey.combine(new int[] {0, 1}, new byte[][] {heads[0].keyShare(), heads[1].keyShare()});
        byte[] context = ShareHead.context(Splitting.BOTH, split.receipt().object());

        byte[] second = split.shares().get(1);
        byte[] last = key.mask(context, content.length).update(new byte[] {second[second.length - 1]});
        assertThat(last).containsExactly(0);
    }
}
