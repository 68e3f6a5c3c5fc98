package org.sosia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {

    @TempDir
    Path data;

    private Options options() {
        return Options.defaults(Path.of("/project")).withData(data);
    }

    @Test
    void readsBackWhatWasStarted() throws LaunchException {
        var started = options()
                .withPorts(1, 2, 3, 4)
                .withDemo(true)
                .withServer(ServerKind.EAR)
                .withParts(EnumSet.of(Part.POSTGRES, Part.KEYCLOAK))
                .withSetting("sosia.gate.tries", "5");

        new RunState(data).write(started);

        assertThat(new RunState(data).read(Path.of("/project"), data)).contains(started);
    }

    @Test
    void nothingStartedIsNothing() throws LaunchException {
        assertThat(new RunState(data).read(Path.of("/project"), data)).isEmpty();
    }

    @Test
    void aDamagedFileIsSaidToBeOne() throws Exception {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/stack.properties"), "http=often\n");

        assertThatThrownBy(() -> new RunState(data).read(Path.of("/project"), data))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("stack.properties");
    }

    @Test
    void dataBegunWithoutTheDemosPeopleDoNotGetThemLater() throws LaunchException {
        new RunState(data).write(options().withDemo(false));

        assertThatThrownBy(() -> new RunState(data).requireSameKind(true)).isInstanceOf(LaunchException.class);
        assertThatCode(() -> new RunState(data).requireSameKind(false)).doesNotThrowAnyException();
    }

    @Test
    void twoAtATimeAreOneTooMany() throws LaunchException {
        var state = new RunState(data);

        state.alone(() -> assertThatThrownBy(() -> new RunState(data).alone(() -> {}))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("another"));
        assertThatCode(() -> state.alone(() -> {})).doesNotThrowAnyException();
    }
}
