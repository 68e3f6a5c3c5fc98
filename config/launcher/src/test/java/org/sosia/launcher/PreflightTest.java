package org.sosia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is started. */
class PreflightTest {

    @TempDir
    Path folder;

    @Test
    void aTakenPortIsNamedTogetherWithItsOption() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int[] free = Ports.free(3);
            var options = Options.defaults(folder)
                    .withData(folder)
                    .withPorts(free[0], taken.getLocalPort(), free[1], free[2])
                    .withParts(EnumSet.of(Part.KEYCLOAK));

            assertThatThrownBy(() -> Stack.start(options))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--keycloak-port");
        }
    }

    @Test
    void freePortsAreDifferentAndFree() throws LaunchException {
        int[] ports = Ports.free(8);

        assertThat(Arrays.stream(ports).distinct()).hasSize(8);
        assertThat(Arrays.stream(ports)).allMatch(Ports::isFree);
    }

    @Test
    void tooLittleMemoryIsSaidBeforeTheKernelSaysIt() {
        assertThatThrownBy(() -> Memory.require(Integer.MAX_VALUE))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("--heap");
    }

    @Test
    void whatWasNotBuiltIsNamed() {
        assertThatThrownBy(() -> new Distribution(folder).payaraMicro())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("payara-micro.jar");
    }

    @Test
    void anArchiveCannotClimbOutOfItsFolder() throws Exception {
        Path zip = folder.resolve("evil.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("top/../../evil.txt"));
            out.write('x');
        }
        Path target = Files.createDirectory(folder.resolve("target"));

        assertThatThrownBy(() -> Distribution.unzip(zip, target, false)).hasMessageContaining("leaves its folder");
        assertThat(folder.resolve("evil.txt")).doesNotExist();
    }
}
