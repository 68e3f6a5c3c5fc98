package org.sosia.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.secret.SecretBytes;

/**
 * The file with a hospital's root key.
 *
 * <p><b>Shape.</b> Two lines of ASCII: {@code sosia-root-key 1}, then 32 bytes in base 64. <b>Life.</b> Made at the first start
 * against an empty store, readable by its user alone; from then on only read, until a new one, prepared beside it under a name that
 * goes on with {@code .next}, takes its place. What is written here is on the disk before anything is sealed under it. Whoever loses
 * it loses the store.
 */
final class RootKey {

    private static final String FIRST_LINE = "sosia-root-key 1";
    private static final int KEY_BYTES = 32;
    private static final String NEXT = ".next";

    private RootKey() {}

    /** What is done to a hospital's root key. */
    @FunctionalInterface
    interface Change<T> {
        T make() throws KeysDoNotFitException, GeneralSecurityException;
    }

    /**
     * Nodes share the key directory: one of them at a time makes a key in it, or settles what a crash left. Otherwise one could take
     * for left over what another is about to put to use.
     */
    static <T> T alone(Path file, Change<T> change) throws KeysDoNotFitException, GeneralSecurityException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (RootKey.class) {
            try {
                Files.createDirectories(directory(file));
                try (FileChannel held = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    held.lock();
                    return change.make();
                }
            } catch (IOException unwritable) {
                throw new KeysDoNotFitException("the key directory cannot be locked: " + lock, unwritable);
            }
        }
    }

    static boolean exists(Path file) {
        return Files.exists(file);
    }

    /** Reads the file. */
    static SecretBytes read(Path file) throws KeysDoNotFitException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (lines.size() < 2 || !lines.get(0).equals(FIRST_LINE)) {
                throw new KeysDoNotFitException("not a root key file of a version known here: " + file);
            }
            byte[] key = Base64.getDecoder().decode(lines.get(1).strip());
            if (key.length != KEY_BYTES) {
                throw new KeysDoNotFitException("the root key in this file has the wrong length: " + file);
            }
            SecretBytes secret = SecretBytes.copyOf(key);
            Arrays.fill(key, (byte) 0);
            return secret;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new KeysDoNotFitException("the root key file cannot be read: " + file, unreadable);
        }
    }

    /** Makes the file with a fresh key, unless there is one. */
    static SecretBytes create(Path file) throws KeysDoNotFitException {
        if (!exists(file)) {
            write(file);
        }
        return read(file);
    }

    private static void write(Path file) throws KeysDoNotFitException {
        byte[] key = SecretBytes.random(KEY_BYTES).exposeSecretBytes();
        String text = FIRST_LINE + "\n" + Base64.getEncoder().encodeToString(key) + "\n";
        Arrays.fill(key, (byte) 0);
        try {
            Path directory = directory(file);
            // Written aside and moved: a crash half-way leaves no key file that is half a key.
            Path aside = Files.createTempFile(directory, ".root", ".key", forItsUserAlone(directory));
            try {
                Files.writeString(aside, text, StandardCharsets.US_ASCII);
                force(aside, StandardOpenOption.WRITE);
                Files.move(aside, file);
                forceNames(directory);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException unwritable) {
            throw new KeysDoNotFitException("the root key file cannot be written: " + file, unwritable);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** A name is durable with its directory; where there are no permissions of POSIX, directories cannot be opened. */
    private static void forceNames(Path directory) throws IOException {
        if (isPosix(directory)) {
            force(directory, StandardOpenOption.READ);
        }
    }

    /** Makes a fresh key that is to take the file's place, beside it. */
    static Path prepare(Path file) throws KeysDoNotFitException {
        Path prepared = file.resolveSibling(file.getFileName() + NEXT + "-" + UUID.randomUUID());
        write(prepared);
        return prepared;
    }

    /** What was prepared, and perhaps put to use. */
    static List<Path> prepared(Path file) throws KeysDoNotFitException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(directory(file), file.getFileName() + NEXT + "*")) {
            beside.forEach(found::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new KeysDoNotFitException("the key directory cannot be read: " + file, unreadable);
        }
        return found;
    }

    /** Lets a prepared key take the file's place. */
    static void promote(Path prepared, Path file) throws KeysDoNotFitException {
        try {
            Files.move(prepared, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            forceNames(directory(file));
        } catch (IOException unwritable) {
            throw new KeysDoNotFitException("the root key file cannot be replaced: " + file, unwritable);
        }
    }

    /** Forgets every prepared key: nothing was sealed under any of them that lasted. */
    static void discardPrepared(Path file) throws KeysDoNotFitException {
        for (Path prepared : prepared(file)) {
            try {
                Files.delete(prepared);
            } catch (IOException unwritable) {
                throw new KeysDoNotFitException("the prepared root key cannot be deleted: " + prepared, unwritable);
            }
        }
    }

    private static Path directory(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    private static boolean isPosix(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView("posix");
    }

    private static FileAttribute<?>[] forItsUserAlone(Path directory) throws IOException {
        return isPosix(directory)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
