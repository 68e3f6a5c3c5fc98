package org.sosia.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;

/**
 * The two clouds' servers of galleries, and where they search: both in this process, or each in one of its own ({@code sosia.search.server-a} and
 * {@code -b}). OPERATIONS, Servers of searches of their own.
 */
@ApplicationScoped
class Wiring {

    private final Wires wires = new LocalWires();

    @Resource(lookup = "java:app/jdbc/store_a")
    DataSource storeA;

    @Resource(lookup = "java:app/jdbc/store_b")
    DataSource storeB;

    @Resource
    ManagedExecutorService threads;

    @Inject
    @ConfigProperty(name = "sosia.search.per-hour", defaultValue = "120")
    int mostAnHour;

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

    @Produces
    @ApplicationScoped
    OriginalGallery cloudA() {
        return new JdbcGallery(storeA, threads, wires, serverA, mostAnHour);
    }

    @Produces
    @ApplicationScoped
    DuplicateGallery cloudB() {
        return new JdbcGallery(storeB, threads, wires, serverB, mostAnHour);
    }

    void endA(@Disposes OriginalGallery gallery) {
        ((JdbcGallery) gallery).close();
    }

    void endB(@Disposes DuplicateGallery gallery) {
        ((JdbcGallery) gallery).close();
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
