package org.sosia.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;

/**
 * Where the two clouds' servers of searches are: both in this process, or each in one of its own ({@code sosia.search.server-a} and
 * {@code -b}). OPERATIONS, Servers of searches of their own.
 */
@ApplicationScoped
class Wiring {

    private final Wires wires = new LocalWires();

    @Inject
    @ConfigProperty(name = "sosia.search.server-a")
    Optional<String> addressA;

    @Inject
    @ConfigProperty(name = "sosia.search.server-b")
    Optional<String> addressB;

    @Inject
    @ConfigProperty(name = "sosia.search.keys-file")
    Optional<String> keysFile;

    @Inject
    @ConfigProperty(name = "sosia.search.keys-password-file")
    Optional<String> passwordFile;

    private @Nullable RemoteServer serverA;
    private @Nullable RemoteServer serverB;

    @PostConstruct
    void wire() {
        if (addressA.isEmpty() && addressB.isEmpty()) {
            return;
        }
        String a = required(addressA, "sosia.search.server-a");
        String b = required(addressB, "sosia.search.server-b");
        Path file = Path.of(required(keysFile, "sosia.search.keys-file"));
        Path password = Path.of(required(passwordFile, "sosia.search.keys-password-file"));
        try {
            ChannelKeys keys = SearchKeys.read(file, password, Party.HOSPITAL);
            serverA = new RemoteServer(keys, SearchKeys.address(a), Party.SERVER_A);
            serverB = new RemoteServer(keys, SearchKeys.address(b), Party.SERVER_B);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException("the keys to the servers of searches cannot be read", unreadable);
        }
    }

    private static String required(Optional<String> setting, String name) {
        return setting.orElseThrow(() ->
                new IllegalStateException("servers of searches in processes of their own need the setting " + name));
    }

    Wires wires() {
        return wires;
    }

    /** Cloud A's process; null if this one answers. */
    @Nullable
    RemoteServer serverA() {
        return serverA;
    }

    /** Cloud B's process; null if this one answers. */
    @Nullable
    RemoteServer serverB() {
        return serverB;
    }

    @PreDestroy
    void close() {
        close(serverA);
        close(serverB);
    }

    private static void close(@Nullable RemoteServer server) {
        if (server != null) {
            server.close();
        }
    }
}
