package org.sosia.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.launcher.LaunchException;
import org.sosia.launcher.Options;
import org.sosia.launcher.ServerKind;
import org.sosia.launcher.Stack;
import org.sosia.persistence.check.InvariantChecker;
import org.sosia.persistence.check.Violation;

/**
 * The system as a hospital runs it: two PostgreSQL servers, Keycloak and the application, started once for all tests of one
 * JVM on free ports and ended with it. {@code -Dsosia.server=EAR} runs the same on Payara Server.
 */
final class RunningSystem {

    static final long UPLOAD_LIMIT_BYTES = 3L << 30;

    /** Tokens live five minutes or more; a test run does not ask for one twice within three. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(3);

    private static final Path PROJECT =
            Path.of(System.getProperty("sosia.project", "..")).toAbsolutePath().normalize();

    private static final class Holder {
        static final RunningSystem SYSTEM = new RunningSystem();
    }

    private record Token(String text, Instant since) {}

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Path data;
    private final Stack stack;

    private RunningSystem() {
        try {
            data = Files.createTempDirectory("sosia-system-test");
            var kind = ServerKind.valueOf(System.getProperty("sosia.server", "MICRO"));
            stack = Stack.start(
                    Options.onFreePorts(PROJECT, data)
                            .withServer(kind)
                            .withSetting("sosia.upload.max-bytes", Long.toString(UPLOAD_LIMIT_BYTES)),
                    line -> System.getLogger("sosia.system-test").log(System.Logger.Level.INFO, line));
        } catch (IOException | LaunchException failed) {
            throw new IllegalStateException("the system did not start", failed);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static RunningSystem started() {
        return Holder.SYSTEM;
    }

    private void stop() {
        try {
            stack.close();
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (LaunchException | IOException failed) {
            throw new IllegalStateException("the system did not stop", failed);
        }
    }

    URI base() {
        return stack.baseUrl();
    }

    URI issuer() {
        return stack.issuer();
    }

    Path data() {
        return data;
    }

    static Path project() {
        return PROJECT;
    }

    /** The role's first demo person, fully proven. */
    Api as(String role) {
        return new Api(stack.api(), token(role));
    }

    /** The same person in a session of her own. */
    Api freshlyAs(String role) {
        return freshly(role);
    }

    /** A person in a session of her own. */
    Api freshly(String name) {
        return new Api(stack.api(), signIn(name, 2, "sosia-cli"));
    }

    Api low(String role) {
        return new Api(stack.api(), cached(role, 1, "sosia-cli"));
    }

    Api person(String name) {
        return new Api(stack.api(), cached(name, 2, "sosia-cli"));
    }

    Api withClient(String role, String client) {
        return new Api(stack.api(), cached(role, 2, client));
    }

    Api nobody() {
        return new Api(stack.api(), "");
    }

    String token(String role) {
        return cached(role, 2, "sosia-cli");
    }

    private String cached(String who, int level, String client) {
        return tokens.compute(who + "/" + level + "/" + client, (key, known) -> {
                    if (known != null && known.since().plus(TOKEN_LIFE).isAfter(Instant.now())) {
                        return known;
                    }
                    return new Token(signIn(who, level, client), Instant.now());
                })
                .text();
    }

    private String signIn(String who, int level, String client) {
        try {
            return stack.token(who, level, client);
        } catch (LaunchException refused) {
            throw new AssertionError("no token for " + who, refused);
        }
    }

    String password(String name) {
        try {
            return stack.password(name);
        } catch (LaunchException refused) {
            throw new AssertionError("no password of " + name, refused);
        }
    }

    String oneTimeCode(String name) {
        try {
            return stack.otp(name);
        } catch (LaunchException refused) {
            throw new AssertionError("no code of " + name, refused);
        }
    }

    static String randomPartialKey() {
        return PartialKey.random().revealText();
    }

    /** Everything that the application has logged so far, a line each. */
    List<String> serverLog() {
        try (var lines = Files.lines(data.resolve("logs").resolve("payara.log"), StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends one store's server until closed. */
    Outage stopStore(char which) {
        stack.stopStore(which);
        return () -> {
            try {
                stack.startStore(which);
            } catch (LaunchException failed) {
                throw new AssertionError("store " + which + " did not come back", failed);
            }
        };
    }

    /** Kills one store's server and starts it again: with {@code kill -9}, in the middle of whatever it does. */
    void crashStore(char which) {
        stack.killStore(which);
        restartStore(which);
    }

    /** Ends a store's server in good order. */
    void haltStore(char which) {
        stack.stopStore(which);
    }

    /** Starts a store's server unless it runs. */
    void restartStore(char which) {
        try {
            stack.startStore(which);
        } catch (LaunchException failed) {
            throw new AssertionError("store " + which + " did not come back", failed);
        }
    }

    /** The same with the application's server. */
    void crashApplication() {
        stack.killApplication();
        try {
            stack.startApplication();
        } catch (LaunchException failed) {
            throw new AssertionError("the application did not come back", failed);
        }
    }

    /** What violates the invariants over both stores. */
    List<Violation> violations() {
        try {
            return new InvariantChecker().withCopies(data.resolve("copies")).check(source('a'), source('b'), null);
        } catch (SQLException unreadable) {
            throw new AssertionError("a store cannot be read", unreadable);
        }
    }

    /** A store's tables as whoever runs its server reaches them: past the application. */
    Connection inside(char which) throws SQLException {
        return source(which).getConnection();
    }

    /** Does something to a record's rows behind the application's back. */
    void tamper(char which, String statement, String record) throws SQLException {
        try (Connection store = inside(which);
                PreparedStatement change = store.prepareStatement(statement)) {
            change.setObject(1, UUID.fromString(record));
            if (change.executeUpdate() == 0) {
                throw new AssertionError("nothing was changed of " + record);
            }
        }
    }

    /** Waits until the recovery copies of a record and of its double are complete. */
    void awaitCopies(String record) {
        for (char store : new char[] {'a', 'b'}) {
            await("copies are made", Duration.ofMinutes(2), () -> isCopied(store, record));
        }
    }

    private boolean isCopied(char which, String record) {
        try (Connection store = inside(which);
                PreparedStatement select =
                        store.prepareStatement("SELECT count(*) FROM spare WHERE item_id = ? AND NOT stale")) {
            select.setObject(1, UUID.fromString(record));
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getLong(1) == 1;
            }
        } catch (SQLException unreadable) {
            throw new AssertionError("a store cannot be read", unreadable);
        }
    }

    private DataSource source(char which) {
        var address = store(which);
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.user());
        try {
            source.setPassword(Files.readString(address.passwordFile()).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return source;
    }

    /** Signs in with a password of one's own choice; empty if it is refused. */
    Optional<Api> guess(String name, String password) {
        try {
            return Optional.of(new Api(stack.api(), stack.token(name, password, 2, "sosia-cli")));
        } catch (LaunchException refused) {
            return Optional.empty();
        }
    }

    interface Outage extends AutoCloseable {
        @Override
        void close();
    }

    void awaitReady() {
        try {
            stack.awaitReady(Duration.ofMinutes(3));
        } catch (LaunchException failed) {
            throw new AssertionError("not ready again", failed);
        }
    }

    int health() {
        return new Api(stack.baseUrl(), "").get("/health/ready").status();
    }

    /** Asks again and again until the answer is yes, at most as long as the patience lasts. */
    static void await(String what, Duration patience, java.util.function.BooleanSupplier condition) {
        var deadline = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + patience + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    Stack.StoreAddress store(char which) {
        try {
            return stack.storeAddress(which);
        } catch (LaunchException failed) {
            throw new AssertionError(failed);
        }
    }
}
