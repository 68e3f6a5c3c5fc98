package org.sosia.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What a later command needs to know about the running stack; kept in {@code run/stack.properties}. */
final class RunState {

    private final Path file;
    private final Path kind;
    private final Path lock;

    RunState(Path data) {
        this.file = data.resolve("run").resolve("stack.properties");
        this.kind = data.resolve("kind");
        this.lock = data.resolve("run").resolve("lock");
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(Options options) throws LaunchException {
        var values = new Properties();
        values.setProperty("http", Integer.toString(options.http()));
        values.setProperty("keycloak", Integer.toString(options.keycloak()));
        values.setProperty("store-a", Integer.toString(options.storeA()));
        values.setProperty("store-b", Integer.toString(options.storeB()));
        values.setProperty("demo", Boolean.toString(options.demo()));
        values.setProperty(
                "parts",
                String.join(",", options.parts().stream().map(Part::name).toList()));
        values.setProperty("server", options.server().name());
        values.setProperty("heap", Integer.toString(options.heapMegabytes()));
        options.settings().forEach((key, value) -> values.setProperty("setting." + key, value));
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(file)) {
                values.store(out, null);
            }
            Files.writeString(kind, options.demo() ? "demo" : "own");
        } catch (IOException refused) {
            throw new LaunchException("cannot write " + file + ": " + refused.getMessage(), refused);
        }
    }

    Optional<Options> read(Path project, Path data) throws LaunchException {
        if (!exists()) {
            return Optional.empty();
        }
        var values = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            values.load(in);
            var parts = EnumSet.noneOf(Part.class);
            for (String name : values.getProperty("parts").split(",", -1)) {
                parts.add(Part.valueOf(name));
            }
            var options = new Options(
                    project,
                    data,
                    number(values, "http"),
                    number(values, "keycloak"),
                    number(values, "store-a"),
                    number(values, "store-b"),
                    Boolean.parseBoolean(values.getProperty("demo")),
                    parts,
                    ServerKind.valueOf(values.getProperty("server")),
                    number(values, "heap"),
                    Map.of());
            for (String key : values.stringPropertyNames()) {
                if (key.startsWith("setting.")) {
                    options = options.withSetting(key.substring("setting.".length()), values.getProperty(key));
                }
            }
            return Optional.of(options);
        } catch (IOException | RuntimeException damaged) {
            throw new LaunchException(
                    "cannot read " + file + "; ./sosia reset removes it together with all data", damaged);
        }
    }

    private static int number(Properties values, String key) {
        return Integer.parseInt(values.getProperty(key));
    }

    /** A realm is imported once, so a folder begun without the demo's people never gets them later. */
    void requireSameKind(boolean demo) throws LaunchException {
        try {
            if (demo && Files.exists(kind) && Files.readString(kind).equals("own")) {
                throw new LaunchException(
                        "the data in " + kind.getParent() + " were begun with `up`, without the demo's"
                                + " people. Keep them and choose another folder with --data, or forget them with ./sosia reset.");
            }
        } catch (IOException unreadable) {
            throw new LaunchException("cannot read " + kind + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Whether this folder was begun with the demo's people. */
    boolean isDemo() {
        try {
            return Files.exists(kind) && Files.readString(kind).equals("demo");
        } catch (IOException unreadable) {
            return false;
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // Without living processes it means nothing, and the next start replaces it.
        }
    }

    /** Does the work unless another start or stop on the same folder is at it. */
    void alone(Work work) throws LaunchException {
        try {
            Files.createDirectories(lock.getParent());
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (!obtained(channel)) {
                    throw new LaunchException("another ./sosia is starting or stopping this stack; wait for it");
                }
                work.run();
            }
        } catch (IOException refused) {
            throw new LaunchException("cannot write to " + lock.getParent() + ": " + refused.getMessage(), refused);
        }
    }

    /** Whether somebody is at such work. */
    boolean isBusy() throws LaunchException {
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return !obtained(channel);
        } catch (NoSuchFileException never) {
            return false;
        } catch (IOException refused) {
            throw new LaunchException("cannot write to " + lock.getParent() + ": " + refused.getMessage(), refused);
        }
    }

    private static boolean obtained(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProgram) {
            return false;
        }
    }

    /** A start or a stop. */
    @FunctionalInterface
    interface Work {
        void run() throws LaunchException;
    }
}
