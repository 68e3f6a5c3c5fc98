package org.sosia.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.sosia.crypto.secret.SecretBytes;

/**
 * The file with a hospital's root key.
 *
 * <p><b>Shape.</b> Two lines of ASCII: {@code sosia-root-key 1}, then 32 bytes in base 64. <b>Life.</b> Made at the first start
 * against an empty store, readable by its user alone; from then on only read, until a new one, prepared beside it with the ending
 * {@code .next}, takes its place. Whoever loses it loses the store.
 */
final class RootKey {

    private static final String FIRST_LINE = "sosia-root-key 1";
    private static final int KEY_BYTES = 32;

    private RootKey() {}

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

    /** Makes the file with a fresh key, unless another process was faster; then that one's key counts. */
    static SecretBytes create(Path file) throws KeysDoNotFitException {
        if (exists(file)) {
            return read(file);
        }
        byte[] key = SecretBytes.random(KEY_BYTES).exposeSecretBytes();
        String text = FIRST_LINE + "\n" + Base64.getEncoder().encodeToString(key) + "\n";
        Arrays.fill(key, (byte) 0);
        try {
            Path directory = file.toAbsolutePath().resolveSibling("");
            Files.createDirectories(directory);
            // Written aside and moved: a crash half-way leaves no key file that is half a key.
            Path aside = Files.createTempFile(directory, ".root", ".key", forItsUserAlone(directory));
            try {
                Files.writeString(aside, text, StandardCharsets.US_ASCII);
                Files.move(aside, file);
            } catch (FileAlreadyExistsException somebodyWasFaster) {
                return read(file);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException unwritable) {
            throw new KeysDoNotFitException("the root key file cannot be written: " + file, unwritable);
        }
        return read(file);
    }

    /** Makes a key that is to take the file's place, beside it; one that was prepared before is used again. */
    static SecretBytes prepare(Path file) throws KeysDoNotFitException {
        return create(prepared(file));
    }

    static boolean isPrepared(Path file) {
        return exists(prepared(file));
    }

    static SecretBytes readPrepared(Path file) throws KeysDoNotFitException {
        return read(prepared(file));
    }

    /** Lets the prepared key take the file's place. */
    static void promote(Path file) throws KeysDoNotFitException {
        try {
            Files.move(prepared(file), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new KeysDoNotFitException("the root key file cannot be replaced: " + file, unwritable);
        }
    }

    /** Forgets the prepared key: nothing was ever sealed under it that lasted. */
    static void discard(Path file) throws KeysDoNotFitException {
        try {
            Files.deleteIfExists(prepared(file));
        } catch (IOException unwritable) {
            throw new KeysDoNotFitException("the prepared root key cannot be deleted: " + file, unwritable);
        }
    }

    private static Path prepared(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static FileAttribute<?>[] forItsUserAlone(Path directory) throws IOException {
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
