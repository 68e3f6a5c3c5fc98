package org.sosia.crypto.splitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.secret.SecretBytes;

/** What a store does with its share: read it, change it, lose it, exchange it. */
class SplitContentAttackTest {
    private static final int BYTE_VALUES = 256;

    /** 255 degrees of freedom: above this with probability under one in a million. */
    private static final double CHI_SQUARE_LIMIT = 377;

    private final SecretBytes key = SecretBytes.random(32);
    private final byte[] context = {1};

    @Test
    void oneShareOfKnownContentLooksLikeNoise() throws Exception {
        // No record key in the way: content of zeros, split as it is.
        SplitContent split = SplitContent.of(Splitting.TWO_OF_THREE, new byte[2_000_000]);
        for (byte[] share : split.shares()) {
            assertThat(chiSquare(share)).isLessThan(CHI_SQUARE_LIMIT);
        }
    }

    @Test
    void theRecordsOwnKeyOpensNoShare() throws Exception {
        byte[] sealed = ChunkedEncryption.seal(key, context, new byte[100_000]);
        SplitContent split = SplitContent.of(Splitting.BOTH, sealed);
        for (byte[] share : split.shares()) {
            byte[] units = Arrays.copyOfRange(share, ShareHead.BYTES, share.length);
            assertThatIOException(() -> ChunkedEncryption.open(key, context, units));
            // Not one sealed chunk of the record is there in its own form.
            assertThat(indexOf(share, Arrays.copyOfRange(sealed, 56, 56 + 16))).isNegative();
        }
    }

    @Test
    void oneShareOfTheKeyFitsEveryKey() {
        // Two points of a line: with one of them and any key there is exactly one other.
        SplitKey.Dealt dealt = SplitKey.deal(2, 2);
        int[] both = {0, 1};
        byte[] mine = dealt.shares()[0];
        byte[] guess = new byte[SplitKey.BYTES];
        Arrays.fill(guess, (byte) 7);
        byte[] others = SplitKey.share(new int[] {-1, 0}, new byte[][] {guess, mine}, 1);
        SplitKey consistent = SplitKey.combine(both, new byte[][] {mine, others});
        byte[] found = SplitKey.share(both, new byte[][] {mine, others}, -1);
        assertThat(found).isEqualTo(guess);
        assertThat(consistent.commitment(context)).isNotEqualTo(dealt.key().commitment(context));
    }

    @Test
    void everyChangeOfAShareIsFoundAndNamed() throws Exception {
        byte[] content = new byte[200_000];
        byte[] sealed = ChunkedEncryption.seal(key, context, content);
        SplitContent split = SplitContent.of(Splitting.TWO_OF_THREE, sealed);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            int victim = random.nextInt(2);
            byte[] good = split.shares().get(victim);
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            split.shares().set(victim, bad);

            assertThatExceptionOfType(DamagedShareException.class)
                    .isThrownBy(() -> split.receipt().verify(victim, split.share(victim)))
                    .satisfies(refusal -> assertThat(refusal.share()).isEqualTo(victim));
            if (!isPadding(at, bad.length, sealed.length)) {
                assertThatThrownBy(() -> ChunkedEncryption.open(key, context, split.merged(2)))
                        .isInstanceOf(IOException.class);
            }
            split.shares().set(victim, good);
        }
        assertThat(ChunkedEncryption.open(key, context, split.merged(2))).isEqualTo(content);
    }

    private static boolean isPadding(int at, int shareLength, int sealedLength) {
        int padding = 2 * (shareLength - ShareHead.BYTES) - sealedLength;
        return at >= shareLength - padding;
    }

    @Test
    void aShareThatIsCutShortOrLengthenedIsNamed() throws Exception {
        SplitContent split = SplitContent.of(Splitting.BOTH, new byte[200_000]);
        byte[] good = split.shares().get(1);
        for (int length : new int[] {0, 1, ShareHead.BYTES, good.length - 1, good.length + 1}) {
            split.shares().set(1, Arrays.copyOf(good, length));
            assertThatExceptionOfType(DamagedShareException.class)
                    .isThrownBy(split::merged)
                    .satisfies(refusal -> assertThat(refusal.share()).isEqualTo(1));
        }
    }

    @Test
    void sharesThatDoNotBelongTogetherAreRefused() throws Exception {
        UUID object = UUID.randomUUID();
        SplitContent one = SplitContent.of(Splitting.TWO_OF_THREE, object, new byte[5000]);
        SplitContent again = SplitContent.of(Splitting.TWO_OF_THREE, object, new byte[5000]);
        SplitContent other = SplitContent.of(Splitting.TWO_OF_THREE, new byte[5000]);
        SplitContent shape = SplitContent.of(Splitting.BOTH, object, new byte[5000]);
        byte[] swapped = one.shares().get(1);
        for (byte[] foreign : List.of(
                again.shares().get(0),
                other.shares().get(0),
                shape.shares().get(0),
                swapped,
                new byte[swapped.length])) {
            List<byte[]> mixed = new ArrayList<>(one.shares());
            mixed.set(0, foreign);
            assertThatExceptionOfType(DamagedShareException.class)
                    .isThrownBy(() -> new SplitContent(one.receipt(), mixed).merged());
        }
    }

    @Test
    void aShareIsNotMadeAgainFromADamagedOne() throws Exception {
        SplitContent split = SplitContent.of(Splitting.TWO_OF_THREE, new byte[200_000]);
        split.shares().get(1)[70_000] ^= 1;
        assertThatExceptionOfType(DamagedShareException.class)
                .isThrownBy(() -> Splitting.rebuild(split.receipt(), split.without(0), 0, new ByteArrayOutputStream()));
    }

    @Test
    void malformedReceiptsAreRefused() throws Exception {
        byte[] good =
                SplitContent.of(Splitting.TWO_OF_THREE, new byte[1]).receipt().encode();
        for (int length = 0; length < good.length; length++) {
            byte[] shorter = Arrays.copyOf(good, length);
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> SplitReceipt.decode(shorter));
        }
        refuse(Arrays.copyOf(good, good.length + 1));
        refuse(changed(good, 0, 2));
        refuse(changed(good, 1, 1));
        refuse(changed(good, 1, 4));
        refuse(changed(good, 2, 17));
        refuse(changed(good, 19, 0x80));
    }

    private static void refuse(byte[] encoded) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> SplitReceipt.decode(encoded));
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static void assertThatIOException(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IOException.class);
    }

    private static double chiSquare(byte[] bytes) {
        long[] counts = new long[BYTE_VALUES];
        for (byte value : bytes) {
            counts[value & 0xff]++;
        }
        double expected = bytes.length / (double) BYTE_VALUES;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
