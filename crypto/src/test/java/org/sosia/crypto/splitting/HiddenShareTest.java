package org.sosia.crypto.splitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.content.SealedSource;

/** A share among others: found by its link, and by nothing else. */
class HiddenShareTest {
    private final HiddenShare hidden = new HiddenShare(link());

    private static byte[] link() {
        byte[] link = new byte[HiddenShare.LINK_BYTES];
        new SecureRandom().nextBytes(link);
        return link;
    }

    private static byte[] covered(HiddenShare hidden, byte[] share, int step) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (OutputStream covering = hidden.covering(sink)) {
            for (int at = 0; at < share.length; at += step) {
                covering.write(share, at, Math.min(step, share.length - at));
            }
        }
        return sink.toByteArray();
    }

    private static byte[] read(SealedSource source, long from, long length) throws IOException {
        try (InputStream bytes = source.read(from, length)) {
            return bytes.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, ShareHead.BYTES - 1, ShareHead.BYTES, ShareHead.BYTES + 1, 70_000})
    void aCoveredShareMergesWithTheOther(int step) throws Exception {
        byte[] content = new byte[200_000];
        new SecureRandom().nextBytes(content);
        SplitContent split = SplitContent.of(Splitting.BOTH, content);
        byte[] lying = covered(hidden, split.shares().get(1), step);
        SealedSource second = hidden.uncovered(SplitContent.source(lying));

        assertThat(second.length()).isEqualTo(split.receipt().shareLength());
        split.receipt().verify(1, second);
        SealedSource whole = Splitting.merge(split.receipt(), List.of(split.share(0), second));
        assertThat(read(whole, 0, whole.length())).isEqualTo(content);
        assertThat(read(
                        Splitting.BOTH.merge(split.receipt().object(), content.length, List.of(split.share(0), second)),
                        150_000,
                        1_000))
                .isEqualTo(Arrays.copyOfRange(content, 150_000, 151_000));
    }

    @Test
    void aShareIsCoveredByteByByteToo() throws Exception {
        byte[] share = SplitContent.of(Splitting.BOTH, new byte[50]).shares().get(1);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (OutputStream covering = hidden.covering(sink)) {
            for (byte each : share) {
                covering.write(each);
            }
        }
        assertThat(sink.toByteArray()).isEqualTo(covered(hidden, share, share.length));
    }

    @Test
    void everyRangeIsUncoveredAlike() throws Exception {
        byte[] share = SplitContent.of(Splitting.BOTH, new byte[500]).shares().get(1);
        SealedSource lying = hidden.uncovered(SplitContent.source(covered(hidden, share, share.length)));
        for (int from = 0; from < ShareHead.BYTES + 5; from++) {
            for (int length : new int[] {0, 1, 10, share.length - from}) {
                assertThat(read(lying, from, length)).isEqualTo(Arrays.copyOfRange(share, from, from + length));
            }
        }
        try (InputStream bytes = lying.read(3, 2)) {
            assertThat(bytes.read()).isEqualTo(share[3] & 0xff);
            assertThat(bytes.read()).isEqualTo(share[4] & 0xff);
            assertThat(bytes.read()).isEqualTo(-1);
        }
    }

    @Test
    void nothingOfItsHeadShowsAndNothingOfTheWriterChanges() throws Exception {
        SplitContent split = SplitContent.of(Splitting.BOTH, new byte[200_000]);
        byte[] share = split.shares().get(1);
        byte[] before = share.clone();
        byte[] lying = covered(hidden, share, share.length);

        assertThat(share).isEqualTo(before);
        assertThat(lying).hasSameSizeAs(share);
        // What both shares have in common: magic, object, commitment.
        String head = HexFormat.of().formatHex(split.shares().get(0), 0, ShareHead.BYTES);
        String seen = HexFormat.of().formatHex(lying);
        for (int at = 0; at + 16 <= head.length(); at += 2) {
            assertThat(seen).doesNotContain(head.substring(at, at + 16));
        }
        assertThat(Arrays.copyOfRange(lying, ShareHead.BYTES, lying.length))
                .isEqualTo(Arrays.copyOfRange(share, ShareHead.BYTES, share.length));
    }

    @Test
    void anotherLinkLeadsElsewhereAndUncoversNothing() throws Exception {
        HiddenShare other = new HiddenShare(link());
        SplitContent split = SplitContent.of(Splitting.BOTH, new byte[1_000]);
        byte[] lying = covered(hidden, split.shares().get(1), 10_000);

        assertThat(other.id()).isNotEqualTo(hidden.id());
        assertThat(read(other.uncovered(SplitContent.source(lying)), 0, ShareHead.BYTES))
                .isNotEqualTo(Arrays.copyOf(split.shares().get(1), ShareHead.BYTES));
    }

    @Test
    void itsNameLooksLikeAnyRandomOne() {
        for (int i = 0; i < 50; i++) {
            byte[] link = link();
            UUID id = new HiddenShare(link).id();
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(new HiddenShare(link).id()).isEqualTo(id);
            assertThat(new HiddenShare(link)).hasToString("HiddenShare[" + id + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void aLinkHasItsLength(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HiddenShare(new byte[bytes]));
    }
}
