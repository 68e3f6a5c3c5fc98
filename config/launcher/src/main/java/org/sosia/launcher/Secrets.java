package org.sosia.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords drawn at the first start and kept in files that only this account may read. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    Secrets(Path folder) throws LaunchException {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
        } catch (IOException refused) {
            throw new LaunchException("cannot write to " + folder + ": " + refused.getMessage(), refused);
        }
    }

    /** The file of a secret, drawn now if there is none. */
    Path file(String name) throws LaunchException {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] drawn = new byte[24];
                RANDOM.nextBytes(drawn);
                Path fresh = Files.createTempFile(folder, name, ".new");
                restrict(fresh, "rw-------");
                Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(drawn));
                Files.move(fresh, file);
            }
            return file;
        } catch (IOException refused) {
            throw new LaunchException("cannot keep a secret in " + folder + ": " + refused.getMessage(), refused);
        }
    }

    String value(String name) throws LaunchException {
        try {
            return Files.readString(file(name)).strip();
        } catch (IOException refused) {
            throw new LaunchException("cannot read a secret in " + folder + ": " + refused.getMessage(), refused);
        }
    }

    static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
