package org.sosia.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.sosia.persistence.check.InvariantChecker;
import org.sosia.persistence.check.Violation;

/** The invariant checker over both stores, our own servers or somebody else's. */
final class Check {

    private final Options options;
    private final Secrets secrets;

    Check(Options options) throws LaunchException {
        this.options = options;
        this.secrets = new Secrets(options.data().resolve("secrets"));
    }

    /** Reports each violation by name; returns how many there are. */
    int run(Console console, boolean logsOnly) throws LaunchException {
        var count = new AtomicInteger();
        try {
            new InvariantChecker()
                    .withCopies(options.setting("sosia.copies.dir")
                            .map(Path::of)
                            .orElse(options.data().resolve("copies")))
                    .check(source("store-a", options.storeA()), source("store-b", options.storeB()), null, found -> {
                        if (!logsOnly || found.invariant().equals("I4")) {
                            count.incrementAndGet();
                            console.say(line(found));
                        }
                    });
        } catch (SQLException refused) {
            throw new LaunchException(
                    "a store cannot be read: " + refused.getMessage() + ". Both must run: ./sosia status", refused);
        }
        return count.get();
    }

    private static String line(Violation found) {
        return found.invariant() + " " + found.name() + " store " + found.store()
                + Optional.ofNullable(found.id()).map(id -> " id " + id).orElse("")
                + (found.seq() == 0 ? "" : " entry " + found.seq());
    }

    private DataSource source(String store, int port) throws LaunchException {
        String prefix = "sosia." + store + ".";
        if (options.isExternal(store)) {
            return new PlainSource(
                    "jdbc:postgresql://" + required(prefix + "host") + ":" + required(prefix + "port") + "/"
                            + required(prefix + "database"),
                    required(prefix + "user"),
                    read(Path.of(required(prefix + "password-file"))));
        }
        String name = store.replace('-', '_');
        return new PlainSource(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name, name, secrets.value(store + "-password"));
    }

    private String required(String key) throws LaunchException {
        return options.setting(key).orElseThrow(() -> new LaunchException("the setting " + key + " is missing"));
    }

    private static String read(Path file) throws LaunchException {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new LaunchException("cannot read " + file, unreadable);
        }
    }
}
