package org.sosia.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.Json;

/** Files of a channel's keys that other programs made: they are read, and who has them connects. */
class ChannelKeysVectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Json vector = Json.resource("sosia/channel-1.json");
    private final char[] password = vector.text("password").toCharArray();

    private ChannelKeys keys(Party party) throws GeneralSecurityException {
        return ChannelKeys.read(vector.get("files").hex(party.name()), password);
    }

    @Test
    void everyPartysFileIsReadAndNamesIt() throws Exception {
        for (Party party : Party.values()) {
            assertThat(keys(party).party()).isEqualTo(party);
            byte[] written = keys(party).exposeSecretFile(password);
            assertThat(ChannelKeys.read(written, password).party()).isEqualTo(party);
        }
    }

    /** As A, but signed by an authority of the same name that is another; and signed by the right one, for nobody we know. */
    @Test
    void aCertificateOfAnotherAuthorityOrForNobodyIsRefused() {
        for (String bad : Set.of("foreign", "nobody")) {
            assertThatExceptionOfType(GeneralSecurityException.class)
                    .as(bad)
                    .isThrownBy(() -> ChannelKeys.read(vector.hex(bad), password));
        }
    }

    @Test
    void whoHasTheFilesConnects() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = new ChannelListener(keys(Party.SERVER_B), any)) {
            var called = CompletableFuture.supplyAsync(() -> {
                try {
                    return listener.accept().answer(EnumSet.of(Party.SERVER_A), PATIENCE);
                } catch (IOException refused) {
                    throw new CompletionException(refused);
                }
            });
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
            try (Channel a = Channel.dial(keys(Party.SERVER_A), address, Party.SERVER_B, PATIENCE);
                    Channel b = called.join()) {
                assertThat(b.peer()).isEqualTo(Party.SERVER_A);
                a.link().send(new byte[] {1, 2, 3});
                assertThat(b.link().receive()).containsExactly(1, 2, 3);
            }
        }
    }
}
