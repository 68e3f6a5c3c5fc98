package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;
import org.sosia.crypto.secret.SecretBytes;

/** What one server hears of the other, which is here the test: frames in order, out of order, of strangers, too many, and none. */
class ConversationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IMPATIENCE = Duration.ofMillis(20);

    private final Link.Pair link = Link.pair();
    private final Link other = link.b();
    private final Conversations all = new Conversations(link.a(), PATIENCE);
    private final UUID id = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    @AfterEach
    void close() {
        all.close();
    }

    private static byte[] frame(UUID of, int step, long... words) {
        ByteBuffer frame = ByteBuffer.allocate(20 + 8 * words.length)
                .putLong(of.getMostSignificantBits())
                .putLong(of.getLeastSignificantBits())
                .putInt(step)
                .order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(words).forEach(frame::putLong);
        return frame.array();
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(SearchRefusedException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void framesCarryTokenStepAndWordsWithTheLowestByteFirst() throws Exception {
        try (Conversation conversation = all.open(id)) {
            conversation.send(new long[] {1, -2});
            conversation.send(new long[0]);
            assertThat(other.receive()).isEqualTo(new byte[] {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, -2, -1, -1,
                -1, -1, -1, -1, -1
            });
            assertThat(other.receive()).isEqualTo(frame(id, 1));
            other.send(frame(id, 0, 7, Long.MIN_VALUE));
            other.send(frame(id, 1, 8));
            assertThat(conversation.receive(2)).containsExactly(7, Long.MIN_VALUE);
            assertThat(conversation.exchange(new long[] {5})).containsExactly(8);
            assertThat(other.receive()).isEqualTo(frame(id, 2, 5));
        }
    }

    @Test
    void aFrameOfAnotherStepOrLengthEndsTheSearch() throws Exception {
        for (byte[] wrong : new byte[][] {frame(id, 1, 7), frame(id, 0), frame(id, 0, 7, 8), frame(id, -2, 7)}) {
            try (Conversation conversation = all.open(id)) {
                other.send(wrong);
                assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.receive(1));
            }
        }
        assertThat(all.works()).isTrue();
    }

    /** Both ends of a search stop for the same reason. */
    @Test
    void whoStopsSaysWhy() throws Exception {
        List<Reason> byCode = List.of(
                Reason.TOKEN_SPENT_OR_UNKNOWN,
                Reason.TOKEN_OUTDATED,
                Reason.TOKEN_EXHAUSTED,
                Reason.MALFORMED,
                Reason.NOT_GRANTED,
                Reason.SERVERS_DISAGREE,
                Reason.PEER_UNAVAILABLE);
        assertThat(byCode).hasSameSizeAs(Reason.values());
        for (int code = 0; code < byCode.size(); code++) {
            Reason reason = byCode.get(code);
            try (Conversation conversation = all.open(id)) {
                conversation.abandon(reason);
                byte[] said = other.receive();
                assertThat(said).hasSize(21).startsWith(frame(id, -1)).endsWith(code);
                other.send(said);
                assertRefused(reason, () -> conversation.receive(3));
            }
        }
        for (byte[] wrong : new byte[][] {{(byte) Reason.values().length}, {-1}, {}, {0, 0}}) {
            try (Conversation conversation = all.open(id)) {
                byte[] said = Arrays.copyOf(frame(id, -1), 20 + wrong.length);
                System.arraycopy(wrong, 0, said, 20, wrong.length);
                other.send(said);
                assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.receive(1));
            }
        }
    }

    @Test
    void silenceIsNotWaitedForForEver() throws Exception {
        Link.Pair own = Link.pair();
        Conversations impatient = new Conversations(own.a(), IMPATIENCE);
        try (Conversation conversation = impatient.open(id)) {
            assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.receive(1));
            assertThat(impatient.works()).isTrue();
        }
        impatient.close();
    }

    @Test
    void whoIsInterruptedStopsAndStaysInterrupted() throws Exception {
        try (Conversation conversation = all.open(id)) {
            Thread.currentThread().interrupt();
            assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.receive(1));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void framesThatCameBeforeTheQuestionWait() throws Exception {
        other.send(frame(id, 0, 7));
        other.send(frame(id, 1, 8));
        heard();
        try (Conversation conversation = all.open(id)) {
            assertThat(conversation.receive(1)).containsExactly(7);
            assertThat(conversation.receive(1)).containsExactly(8);
        }
    }

    /** Else a server could fill the other's memory with searches that nobody asked for. */
    @Test
    void ofTheSearchesThatNobodyAskedForSixtyFourAreKept() throws Exception {
        Link.Pair own = Link.pair();
        Conversations impatient = new Conversations(own.a(), IMPATIENCE);
        for (int i = 0; i <= 64; i++) {
            own.b().send(frame(new UUID(1, i), 0, i));
        }
        try (Conversation last = impatient.open(new UUID(2, 2))) {
            own.b().send(frame(new UUID(2, 2), 0));
            assertThat(last.receive(0)).isEmpty();
        }
        assertRefused(
                Reason.PEER_UNAVAILABLE, () -> impatient.open(new UUID(1, 0)).receive(1));
        assertThat(impatient.open(new UUID(1, 1)).receive(1)).containsExactly(1);
        assertThat(impatient.open(new UUID(1, 64)).receive(1)).containsExactly(64);
        impatient.close();
    }

    @Test
    void whoIsMoreThanFourFramesAheadBreaksTheLink() throws Exception {
        for (int step = 0; step < 4; step++) {
            other.send(frame(id, step));
        }
        heard();
        assertThat(all.works()).isTrue();
        other.send(frame(id, 4));
        assertThatExceptionOfType(IOException.class).isThrownBy(other::receive);
        assertThat(all.works()).isFalse();
        assertRefused(Reason.PEER_UNAVAILABLE, () -> all.open(id));
    }

    @Test
    void whatIsShorterThanAHeadBreaksTheLink() throws Exception {
        try (Conversation conversation = all.open(id)) {
            other.send(new byte[19]);
            assertThatExceptionOfType(IOException.class).isThrownBy(other::receive);
            assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.receive(1));
            assertRefused(Reason.PEER_UNAVAILABLE, () -> conversation.send(new long[1]));
        }
    }

    @Test
    void aTokenHasOneSearchAtATime() throws Exception {
        Conversation first = all.open(id);
        assertRefused(Reason.TOKEN_SPENT_OR_UNKNOWN, () -> all.open(id));
        first.close();
        all.open(id).close();
    }

    @Test
    void closingEndsTheSearchesUnderWay() throws Exception {
        Conversation waiting = all.open(id);
        var receiving = CompletableFuture.supplyAsync(() -> {
            try {
                return waiting.receive(1);
            } catch (SearchRefusedException refused) {
                throw new CompletionException(refused);
            }
        });
        all.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(receiving::join)
                .withCauseInstanceOf(SearchRefusedException.class);
        assertThat(all.works()).isFalse();
        waiting.abandon(Reason.MALFORMED);
    }

    @Test
    void theReasonIsInTheMessage() {
        assertThat(new SearchRefusedException(Reason.TOKEN_SPENT_OR_UNKNOWN))
                .hasMessage("the search was refused: token spent or unknown");
        IOException cause = new IOException();
        assertThat(new SearchRefusedException(Reason.MALFORMED, cause)).hasCause(cause);
    }

    /** More comparisons than were dealt would be made with randomness that was used before. */
    @Test
    void comparisonsEndWithWhatWasDealt() throws Exception {
        try (Conversation conversation = all.open(id)) {
            var comparisons = new Comparisons(Side.A, 5, new Prg(SecretBytes.random(32)), new long[0], 2, conversation);
            assertRefused(Reason.TOKEN_EXHAUSTED, () -> comparisons.negative(new long[129]));
            var shorter = new Comparisons(Side.A, 5, new Prg(SecretBytes.random(32)), new long[0], 1, conversation);
            assertRefused(Reason.TOKEN_EXHAUSTED, () -> shorter.negative(new long[1]));
        }
    }

    /** The reader has dealt with all that was sent so far. */
    private void heard() throws Exception {
        UUID mark = UUID.randomUUID();
        try (Conversation conversation = all.open(mark)) {
            other.send(frame(mark, 0));
            assertThat(conversation.receive(0)).isEmpty();
        }
    }
}
