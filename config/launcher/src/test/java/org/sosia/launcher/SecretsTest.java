package org.sosia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final Configuration POSIX = Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix")
            .build();
    private static final Configuration LISTS = Configuration.windows().toBuilder()
            .setAttributeViews("basic", "owner", "acl")
            .build();

    @Test
    void aSecretIsDrawnOnce() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(POSIX)) {
            Path folder = disk.getPath("secrets");
            var secrets = new Secrets(folder);

            String drawn = secrets.value("store-a-password");

            assertThat(drawn).hasSizeGreaterThan(30).isNotEqualTo(secrets.value("store-b-password"));
            assertThat(new Secrets(folder).value("store-a-password")).isEqualTo(drawn);
        }
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(POSIX)) {
            Path file = new Secrets(disk.getPath("secrets")).file("store-a-password");

            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void onlyItsOwnerReadsItWherePermissionsAreLists() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(LISTS)) {
            Path file = new Secrets(disk.getPath("secrets")).file("store-a-password");

            for (Path kept : List.of(file, file.getParent())) {
                assertThat(Files.getFileAttributeView(kept, AclFileAttributeView.class)
                                .getAcl())
                        .singleElement()
                        .extracting(AclEntry::principal)
                        .isEqualTo(Files.getOwner(kept));
            }
            assertThat(Files.getFileAttributeView(file.getParent(), AclFileAttributeView.class)
                            .getAcl())
                    .flatExtracting(AclEntry::flags)
                    .contains(AclEntryFlag.FILE_INHERIT);
        }
    }
}
