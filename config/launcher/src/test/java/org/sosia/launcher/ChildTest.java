package org.sosia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    Path folder;

    private Child child() {
        return new Child("server", folder.resolve("run"), folder.resolve("logs"));
    }

    /** A program that every system has which runs these tests. */
    private ProcessHandle started() throws LaunchException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return child().start(
                        List.of(java, "-cp", System.getProperty("java.class.path"), Sleeper.class.getName()),
                        folder,
                        Map.of());
    }

    @AfterEach
    void endWhatIsLeft() {
        child().stop(Duration.ofSeconds(5), false);
    }

    @Test
    void anotherProgramFindsTheProcessAgain() throws LaunchException {
        ProcessHandle handle = started();

        assertThat(child().running()).contains(handle);
    }

    @Test
    void stoppingEndsItAndForgets() throws LaunchException {
        ProcessHandle handle = started();

        child().stop(Duration.ofSeconds(5), false);

        assertThat(handle.isAlive()).isFalse();
        assertThat(child().isRemembered()).isFalse();
    }

    @Test
    void anInterruptEndsItToo() throws LaunchException {
        ProcessHandle handle = started();

        child().stop(Duration.ofSeconds(5), true);

        assertThat(handle.isAlive()).isFalse();
    }

    @Test
    void aStrangerWithTheSamePidIsNeitherOursNorEnded() throws Exception {
        ProcessHandle stranger = started();
        Path pidFile = folder.resolve("run/server.pid");
        List<String> lines = Files.readAllLines(pidFile);
        Files.writeString(pidFile, lines.get(0) + "\n" + (Long.parseLong(lines.get(1)) - 60_000) + "\n");
        try {
            assertThat(child().running()).isEmpty();

            child().stop(Duration.ofSeconds(5), false);

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aHalfWrittenPidFileIsNobody() throws Exception {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/server.pid"), "123");

        assertThat(child().running()).isEmpty();
    }
}
