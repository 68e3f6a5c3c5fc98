package org.sosia.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.common.BaseDataSource;

/**
 * Where a store is and who we are there: settings {@code host} (default {@code localhost}), {@code port}, {@code database}, {@code user} and
 * {@code password-file}, each behind the store's prefix. Not a record: records print themselves.
 */
final class StoreSettings {

    /** A store that does not answer within this time does not answer: a reader waits no longer, a pool goes on. */
    private static final int ANSWER_SECONDS = 30;

    private static final int CONNECT_SECONDS = 5;

    private final String host;
    private final int port;
    private final String database;
    private final String user;
    private final String password;

    private StoreSettings(String host, int port, String database, String user, String password) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.user = user;
        this.password = password;
    }

    static StoreSettings of(String prefix) {
        Config config = ConfigProvider.getConfig();
        return new StoreSettings(
                config.getOptionalValue(prefix + ".host", String.class).orElse("localhost"),
                config.getValue(prefix + ".port", Integer.class),
                config.getValue(prefix + ".database", String.class),
                config.getValue(prefix + ".user", String.class),
                read(Path.of(config.getValue(prefix + ".password-file", String.class))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the password file of a store cannot be read", unreadable);
        }
    }

    /** Whether one who knows these credentials knows the others too. */
    boolean sameCredentials(StoreSettings other) {
        return user.equals(other.user) && password.equals(other.password);
    }

    void applyTo(BaseDataSource source) {
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        tune(source);
    }

    /** What the clouds need of every connection. */
    static void tune(BaseDataSource source) {
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions("-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s");
        // Binary from the first execution on: in text mode bytes travel as hexadecimal, two to three times slower.
        source.setPrepareThreshold(-1);
        // The persistence provider sends some ids, and whatever is absent, as text: let the server go by the column.
        source.setStringType("unspecified");
    }

    @Override
    public String toString() {
        return "StoreSettings[secret]";
    }
}
