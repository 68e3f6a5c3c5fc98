package org.sosia.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final Map<Party, ChannelKeys> keys = ChannelKeys.make();

    private ChannelKeys of(Party party) {
        return Objects.requireNonNull(keys.get(party));
    }

    private static CompletableFuture<Channel> answering(ChannelListener listener, Set<Party> expected) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return listener.accept().answer(expected, PATIENCE);
            } catch (IOException refused) {
                throw new CompletionException(refused);
            }
        });
    }

    private static ChannelListener listener(ChannelKeys as) throws IOException {
        return new ChannelListener(as, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static InetSocketAddress at(ChannelListener listener) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
    }

    @Test
    void framesGoBothWaysAndBothKnowWhoTheOtherIs() throws Exception {
        try (var listener = listener(of(Party.SERVER_B))) {
            var called = answering(listener, EnumSet.allOf(Party.class));
            try (Channel a = Channel.dial(of(Party.SERVER_A), at(listener), Party.SERVER_B, PATIENCE);
                    Channel b = called.join()) {
                assertThat(a.peer()).isEqualTo(Party.SERVER_B);
                assertThat(b.peer()).isEqualTo(Party.SERVER_A);
                byte[] large = new byte[1 << 20];
                Arrays.fill(large, (byte) 7);
                a.link().send(large);
                b.link().send(new byte[] {1, 2});
                assertThat(b.link().receive()).isEqualTo(large);
                assertThat(a.link().receive()).containsExactly(1, 2);
                b.link().close();
                assertThatThrownBy(() -> a.link().receive()).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void keysOfAnotherMakingOpenNothingAtEitherEnd() throws Exception {
        ChannelKeys stranger = Objects.requireNonNull(ChannelKeys.make().get(Party.SERVER_A));
        try (var listener = listener(of(Party.SERVER_B))) {
            var called = answering(listener, EnumSet.allOf(Party.class));
            assertThatThrownBy(() -> Channel.dial(stranger, at(listener), Party.SERVER_B, PATIENCE))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(called::join).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void theRightKeysOfTheWrongPartyAreRefused() throws Exception {
        try (var listener = listener(of(Party.SERVER_A))) {
            var called = answering(listener, EnumSet.of(Party.HOSPITAL));
            assertThatThrownBy(() -> Channel.dial(of(Party.HOSPITAL), at(listener), Party.SERVER_B, PATIENCE))
                    .isInstanceOf(IOException.class);
            called.handle((channel, refused) -> 0).join();

            var calledAgain = answering(listener, EnumSet.of(Party.HOSPITAL));
            try (Channel b = Channel.dial(of(Party.SERVER_B), at(listener), Party.SERVER_A, PATIENCE)) {
                assertThatThrownBy(calledAgain::join).hasCauseInstanceOf(IOException.class);
                b.patience(PATIENCE);
                assertThatThrownBy(b.link()::receive).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void filesAreReadWithTheirPasswordOnly() throws Exception {
        byte[] file = of(Party.SERVER_A).exposeSecretFile(PASSWORD);
        assertThat(ChannelKeys.read(file, PASSWORD).party()).isEqualTo(Party.SERVER_A);
        assertThat(ChannelKeys.read(file, PASSWORD)).hasToString("ChannelKeys[secret]");
        assertThatThrownBy(() -> ChannelKeys.read(file, "battery".toCharArray()))
                .isInstanceOf(GeneralSecurityException.class);
        for (int length : new int[] {0, 10, file.length / 2, file.length - 1}) {
            assertThatThrownBy(() -> ChannelKeys.read(Arrays.copyOf(file, length), PASSWORD))
                    .isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> ChannelKeys.read(new byte[ChannelKeys.MOST_FILE_BYTES + 1], PASSWORD))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
