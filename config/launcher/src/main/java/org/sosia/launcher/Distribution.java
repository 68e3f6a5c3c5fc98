package org.sosia.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The servers' programs as Maven put them into {@code config/launcher/target/dist}, unpacked beside the archives at first
 * use. Several stacks may share them; nothing in here belongs to one stack.
 */
final class Distribution {

    private final Path project;
    private final Path dist;

    Distribution(Path project) {
        this.project = project;
        this.dist = project.resolve("config/launcher/target/dist");
    }

    private Path require(Path file) throws LaunchException {
        if (!Files.exists(file)) {
            throw new LaunchException(project.relativize(file) + " is missing: build it with ./sosia, or with"
                    + " mvn package. (Is " + project + " the project's folder?)");
        }
        return file;
    }

    Path payaraMicro() throws LaunchException {
        return require(dist.resolve("payara-micro.jar"));
    }

    Path payaraServerZip() throws LaunchException {
        return require(dist.resolve("payara-server.zip"));
    }

    Path war() throws LaunchException {
        return require(project.resolve("web/target/sosia.war"));
    }

    /** The EAR; its file name carries the version. */
    Path ear() throws LaunchException {
        return one(project.resolve("ear/target"), "sosia-ear-", ".ear");
    }

    Path realm() throws LaunchException {
        return require(project.resolve("config/keycloak/realm.json"));
    }

    Path demoUsers() throws LaunchException {
        return require(project.resolve("config/keycloak/demo-users.json"));
    }

    Path microCommands() throws LaunchException {
        return require(project.resolve("config/server/payara-micro.asadmin"));
    }

    Path demoFolder() throws LaunchException {
        return require(project.resolve("config/demo"));
    }

    private Path providerJar() throws LaunchException {
        return one(project.resolve("config/keycloak/target"), "sosia-keycloak-", ".jar");
    }

    private Path one(Path folder, String prefix, String suffix) throws LaunchException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                var found = files.filter(file -> file.getFileName().toString().startsWith(prefix)
                                && file.getFileName().toString().endsWith(suffix)
                                && !file.getFileName().toString().contains("sources"))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException unreadable) {
                throw new LaunchException("cannot read " + folder + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return require(folder.resolve(prefix + "*" + suffix));
    }

    /** PostgreSQL's programs, unpacked. */
    Path postgresHome() throws LaunchException {
        Path jar = require(dist.resolve("postgres.jar"));
        return unpackedOnce("postgres-" + fingerprint(jar), folder -> {
            try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().endsWith(".txz")) {
                        untar(new XZInputStream(zip), folder);
                        return;
                    }
                }
            }
            throw new IOException("no archive of PostgreSQL in " + jar);
        });
    }

    /**
     * Keycloak with our provider, already built: Quarkus compiles the installed providers into the server, which takes
     * longer than a start.
     */
    Path keycloakHome(List<String> buildOptions) throws LaunchException {
        Path zip = require(dist.resolve("keycloak.zip"));
        Path provider = providerJar();
        String name = "keycloak-" + fingerprint(zip) + "-" + fingerprint(provider) + "-"
                + Integer.toHexString(buildOptions.hashCode());
        return unpackedOnce(name, folder -> {
            unzip(zip, folder, true);
            Files.copy(provider, folder.resolve("providers/sosia-keycloak.jar"), StandardCopyOption.COPY_ATTRIBUTES);
            KeycloakServer.build(folder, buildOptions);
        });
    }

    private Path unpackedOnce(String name, Filling filling) throws LaunchException {
        Path home = dist.resolve(name);
        if (Files.isDirectory(home)) {
            return home;
        }
        // Two stacks that start at once must not unpack into each other.
        try (var channel =
                FileChannel.open(dist.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel);
            if (!Files.isDirectory(home)) {
                Path fresh = Files.createTempDirectory(dist, name + ".new");
                try {
                    filling.fill(fresh);
                    Secrets.restrict(fresh, "rwxr-xr-x");
                    Files.move(fresh, home);
                } finally {
                    deleteRecursively(fresh);
                }
            }
            return home;
        } catch (IOException refused) {
            throw new LaunchException("cannot unpack into " + dist + ": " + refused.getMessage(), refused);
        }
    }

    /** Holds until the channel closes. Waits for another process by the file lock, and for another thread of this one by asking again. */
    private static void lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException otherThread) {
                try {
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", stopped);
                }
            }
        }
    }

    private interface Filling {
        void fill(Path folder) throws IOException, LaunchException;
    }

    static void unzip(Path zip, Path folder, boolean withoutTopFolder) throws IOException {
        try (var in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip), 1 << 16))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = withoutTopFolder
                        ? entry.getName().substring(entry.getName().indexOf('/') + 1)
                        : entry.getName();
                Path target = inside(folder, path);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }

    private static void untar(InputStream xz, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(xz)) {
            List<Map.Entry<Path, Path>> hardLinks = new ArrayList<>();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = inside(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    hardLinks.add(Map.entry(target, inside(folder, entry.getLinkName())));
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        Secrets.restrict(target, "rwxr-xr-x");
                    }
                }
            }
            for (var link : hardLinks) {
                Files.copy(link.getValue(), link.getKey(), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    // An archive's entry must not climb out of the folder ("zip slip").
    private static Path inside(Path folder, String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("an archive's entry leaves its folder");
        }
        return target;
    }

    /** A copy of a folder that costs no space where the file system has hard links. */
    static void mirror(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    linkOrCopy(source, target);
                }
            }
        }
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Twelve hex digits that change when the file does; big files are told apart by size and time of change. */
    private static String fingerprint(Path file) throws LaunchException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            long size = Files.size(file);
            if (size < 1 << 20) {
                digest.update(Files.readAllBytes(file));
            } else {
                digest.update((size + "@" + Files.getLastModifiedTime(file).toMillis())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException unreadable) {
            throw new LaunchException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
