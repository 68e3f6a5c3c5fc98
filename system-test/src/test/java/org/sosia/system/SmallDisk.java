package org.sosia.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of a store's server on a file system of its own, until closed: small enough to be filled to the last byte without
 * harm to the machine. Mounting needs root, or {@code sudo} that asks nothing.
 */
final class SmallDisk implements AutoCloseable {

    /** What PostgreSQL needs to start, and a little to work with. */
    private static final long ROOM = 24 << 20;

    private final RunningSystem system;
    private final char store;
    private final Path folder;
    private final Path aside;
    private final Path mount;

    private SmallDisk(RunningSystem system, char store, Path folder) {
        this.system = system;
        this.store = store;
        this.folder = folder;
        this.aside = folder.resolveSibling(folder.getFileName() + ".aside");
        this.mount = system.data().resolve("small-disk");
    }

    /**
     * Moves a folder of a store's data, which stops and starts its server.
     *
     * @param part {@code base} for the tables, {@code pg_wal} for the log that comes before them
     */
    static SmallDisk under(RunningSystem system, char store, String part) {
        var disk = new SmallDisk(
                system, store, system.data().resolve("store-" + store).resolve(part));
        try {
            disk.move();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return disk;
    }

    private void move() throws IOException {
        Files.createDirectories(mount);
        system.haltStore(store);
        try {
            long size = Long.parseLong(run("du", "-sb", folder.toString()).replaceFirst("\\s.*", "")) + ROOM;
            mount(size);
            run("cp", "-a", folder + "/.", mount.toString());
            Files.move(folder, aside);
            Files.createSymbolicLink(folder, mount);
        } finally {
            system.restartStore(store);
        }
    }

    private void mount(long bytes) {
        String options = "size=" + bytes + ",mode=0700,uid=" + id("-u") + ",gid=" + id("-g");
        try {
            root("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString());
        } catch (IOException refused) {
            abort("no file system can be mounted here: " + refused.getMessage());
        }
    }

    private static String id(String flag) {
        try {
            return run("id", flag);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes every byte that is left. */
    void fill() {
        byte[] block = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (mount.toFile().getUsableSpace() > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path filler() {
        return mount.resolve("filler");
    }

    @Override
    public void close() {
        free();
        system.haltStore(store);
        try {
            Files.delete(folder);
            run("rm", "-rf", aside.toString());
            run("cp", "-a", mount.toString(), folder.toString());
            root("umount", mount.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            system.restartStore(store);
        }
    }

    private static void root(String... command) throws IOException {
        List<String> line = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("sudo", "-n"));
        }
        line.addAll(List.of(command));
        run(line.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said.strip());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        return said.strip();
    }
}
