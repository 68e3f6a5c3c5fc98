package org.sosia.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Scanner;
import org.sosia.launcher.LaunchException;
import org.sosia.launcher.Options;
import org.sosia.launcher.Stack;

/** The system under measurement: a stack of its own on free ports with the heap that hospitals get, thrown away afterwards. */
final class BenchSystem implements AutoCloseable {

    private final Path data;
    private final Stack stack;

    BenchSystem(Path project) throws IOException, LaunchException {
        data = Files.createTempDirectory("sosia-bench");
        stack = Stack.start(Options.onFreePorts(project, data).withHeapMegabytes(512));
    }

    URI api() {
        return stack.api();
    }

    String token(String role, boolean proven) throws IOException {
        try {
            return stack.token(role, proven ? 2 : 1, "sosia-cli");
        } catch (LaunchException refused) {
            throw new IOException("no token for " + role, refused);
        }
    }

    Connection connect(char store) throws SQLException, IOException {
        try {
            var address = stack.storeAddress(store);
            var properties = new Properties();
            properties.setProperty("user", address.user());
            properties.setProperty(
                    "password", Files.readString(address.passwordFile()).strip());
            properties.setProperty("prepareThreshold", "-1");
            return DriverManager.getConnection(address.jdbcUrl(), properties);
        } catch (LaunchException refused) {
            throw new IOException("no way to store " + store, refused);
        }
    }

    HeapWatch watchHeap() throws IOException {
        try (var file = new Scanner(data.resolve("run").resolve("payara.pid"), StandardCharsets.UTF_8)) {
            return new HeapWatch(file.nextLong());
        }
    }

    @Override
    public void close() throws LaunchException, IOException {
        stack.close();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
