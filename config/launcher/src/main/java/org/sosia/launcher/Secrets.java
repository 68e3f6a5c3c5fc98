package org.sosia.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;

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

    /**
     * Gives a file or folder these permissions. Where permissions are lists of who may do what, as on Windows, those that are its
     * owner's alone become a list of the owner, which a folder hands on to what is made in it; others stay as they are.
     *
     * @param permissions as {@code ls} writes them, such as {@code rw-------}
     */
    static void restrict(Path path, String permissions) throws IOException {
        var posix = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString(permissions));
            return;
        }
        var list = Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (list != null && permissions.endsWith("------")) {
            list.setAcl(List.of(everythingFor(list.getOwner(), Files.isDirectory(path))));
        }
    }

    private static AclEntry everythingFor(UserPrincipal owner, boolean folder) {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(
                        folder
                                ? EnumSet.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                                : EnumSet.noneOf(AclEntryFlag.class))
                .build();
    }
}
