package org.sosia.persistence;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import org.sosia.crypto.channel.ChannelKeys;
import org.sosia.crypto.channel.Party;

/**
 * One cloud's server of searches as a command: {@code a} or {@code b} runs it until it is stopped, {@code keys FOLDER} makes the files of all
 * parties. Settings are those of the application, as system properties or environment variables. OPERATIONS, Servers of searches of their own.
 */
public final class SearchServer {

    private static final int UNREADABLE = 2;
    private static final String USAGE = "usage: a | b | keys FOLDER";

    private SearchServer() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        // Not System.out: this is the command's product, not a trace behind a logger's back.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            run(arguments, out);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            out.println("cannot serve: " + unreadable.getMessage());
            System.exit(UNREADABLE);
        }
    }

    private static void run(String[] arguments, PrintStream out) throws IOException, GeneralSecurityException {
        String first = arguments.length == 0 ? "" : arguments[0];
        switch (first) {
            case "keys" -> {
                if (arguments.length != 2) {
                    throw new IllegalArgumentException(USAGE);
                }
                SearchKeys.make(Path.of(arguments[1]));
            }
            case "a" -> serve(Party.SERVER_A, "sosia.store-a", out);
            case "b" -> serve(Party.SERVER_B, "sosia.store-b", out);
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void serve(Party party, String store, PrintStream out) throws IOException, GeneralSecurityException {
        ChannelKeys keys = SearchKeys.read(
                Path.of(required("sosia.search.keys-file")),
                Path.of(required("sosia.search.keys-password-file")),
                party);
        var source = new KeptConnections();
        source.setServerNames(new String[] {setting(store + ".host").orElse("localhost")});
        source.setPortNumbers(new int[] {Integer.parseInt(required(store + ".port"))});
        source.setDatabaseName(required(store + ".database"));
        source.setUser(required(store + ".user"));
        source.setPassword(
                Files.readString(Path.of(required(store + ".password-file"))).strip());
        StoreSettings.tune(source);
        var serverB = party == Party.SERVER_B ? null : SearchKeys.address(required("sosia.search.server-b"));
        try (var process = new SearchProcess(
                keys,
                source,
                SearchKeys.address(required("sosia.search.listen")),
                serverB,
                Integer.parseInt(setting("sosia.search.per-hour").orElse("120")))) {
            out.println("listening on port " + process.port());
            process.serve();
        }
    }

    private static String required(String name) throws IOException {
        return setting(name).orElseThrow(() -> new IOException("the setting " + name + " is missing"));
    }

    private static Optional<String> setting(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return Optional.ofNullable(System.getProperty(name, System.getenv(variable)));
    }
}
