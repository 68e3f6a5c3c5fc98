package org.sosia.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL server with one database and one role for the application. Two of these run side by side and share
 * nothing: not the process, not the data folder, not a password.
 */
final class PostgresServer {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final String store;
    private final int port;
    private final Path data;
    private final Path run;
    private final Secrets secrets;
    private final Child child;

    /** @param store the store's name in settings, {@code store-a} or {@code store-b} */
    PostgresServer(String store, int port, Path folder, Secrets secrets) {
        this.store = store;
        this.port = port;
        this.data = folder.resolve(store);
        this.run = folder.resolve("run");
        this.secrets = secrets;
        this.child = new Child(store, run, folder.resolve("logs"));
    }

    Child child() {
        return child;
    }

    String database() {
        return store.replace('-', '_');
    }

    String user() {
        return database();
    }

    Path passwordFile() throws LaunchException {
        return secrets.file(store + "-password");
    }

    /** The application's own connection; for checks. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database();
    }

    void start(Path home) throws LaunchException {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(home);
        }
        var handle = child.start(
                asOrdinaryUser(List.of(
                        home.resolve("bin")
                                .resolve(WINDOWS ? "postgres.exe" : "postgres")
                                .toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port))),
                data,
                Map.of());
        child.await(handle, Duration.ofMinutes(3), this::acceptsConnections);
        prepareDatabase();
    }

    private void create(Path home) throws LaunchException {
        Path password = secrets.file(store + "-superuser");
        try {
            Distribution.deleteRecursively(data);
            Files.createDirectories(data);
            Secrets.restrict(data, "rwx------");
            Path log = child.log();
            Files.createDirectories(log.getParent());
            int result = Child.runToEnd(new ProcessBuilder(asOrdinaryUser(List.of(
                            home.resolve("bin")
                                    .resolve(WINDOWS ? "initdb.exe" : "initdb")
                                    .toString(),
                            "--pgdata=" + data,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--data-checksums",
                            "--no-instructions")))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile()));
            if (result != 0) {
                throw new LaunchException("PostgreSQL could not create " + data + ". It says:" + System.lineSeparator()
                        + child.lastLines(10));
            }
            Files.writeString(data.resolve("postgresql.auto.conf"), settings());
        } catch (IOException refused) {
            throw new LaunchException("cannot create " + data + ": " + refused.getMessage(), refused);
        }
    }

    private static String settings() {
        return """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 80
                shared_buffers = '128MB'
                # Uploads write much at once: fewer forced checkpoints.
                max_wal_size = '4GB'
                fsync = on
                full_page_writes = on
                jit = off
                log_min_error_statement = panic
                log_parameter_max_length_on_error = 0
                """;
    }

    /** PostgreSQL refuses to run as root; a user namespace of its own makes root look like nobody to it. */
    private static List<String> asOrdinaryUser(List<String> command) {
        if (WINDOWS || !"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }

    private boolean acceptsConnections() throws LaunchException {
        try (Connection connection = superuser()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            // 28P01: the server is there and knows another password, so waiting does not help.
            if ("28P01".equals(notYet.getSQLState())) {
                throw new LaunchException(
                        "the database under " + data + " was created with other passwords than those in "
                                + run.resolveSibling("secrets") + ". Restore them, or begin anew with ./sosia reset.");
            }
            return false;
        }
    }

    private Connection superuser() throws SQLException, LaunchException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=30",
                "postgres",
                secrets.value(store + "-superuser"));
    }

    private void prepareDatabase() throws LaunchException {
        String password = secrets.value(store + "-password");
        try (Connection connection = superuser();
                Statement sql = connection.createStatement()) {
            if (!exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + user() + "'")) {
                sql.execute("CREATE ROLE " + user() + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE");
            }
            // The password is drawn from an alphabet without quotes (base64url).
            sql.execute("ALTER ROLE " + user() + " PASSWORD '" + password + "'");
            if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = '" + database() + "'")) {
                sql.execute("CREATE DATABASE " + database() + " OWNER " + user());
                sql.execute("REVOKE ALL ON DATABASE " + database() + " FROM PUBLIC");
            }
        } catch (SQLException refused) {
            throw new LaunchException(
                    "cannot prepare the database " + database() + ": " + refused.getMessage(), refused);
        }
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (var rows = sql.executeQuery(query)) {
            return rows.next();
        }
    }

    void stop() {
        child.stop(Duration.ofSeconds(30), true);
    }
}
