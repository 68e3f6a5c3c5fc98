package org.sosia.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapFileTest {
    @TempDir
    Path folder = Path.of("");

    private List<BootstrapFile.Entry> read(String text) throws IOException, BootstrapFile.UnusableException {
        return BootstrapFile.read(Files.writeString(folder.resolve("persons.json"), text));
    }

    @Test
    void personsAreReadWithWhatTheyHold() throws Exception {
        var entries = read("""
                {"persons": [
                  {"subject": "a4ac4ac2", "name": "Dora Doctor", "roles": ["doctor"],
                   "attributes": ["role:doctor", "department:cardiology"]},
                  {"subject": "bbf0d8e6", "name": "Pat Patient", "roles": ["patient"],
                   "patients": ["00000000-0000-4000-8000-000000000001"]}]}
                """);

        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).attributes()).hasSize(2);
        assertThat(entries.get(1).patients()).containsExactly(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[1]",
                "{\"persons\": {}}",
                "{\"persons\": [{\"name\": \"x\", \"roles\": [\"doctor\"]}]}",
                "{\"persons\": [{\"subject\": \"x\"}]}",
                "{\"persons\": [{\"subject\": \"x\", \"roles\": [\"emperor\"]}]}",
                "{\"persons\": [{\"subject\": \"x\", \"roles\": [\"doctor\"], \"attributes\": [\"no attribute\"]}]}",
                "{\"persons\": [{\"subject\": \"x\", \"roles\": [\"patient\"], \"patients\": [\"no id\"]}]}"
            })
    void anythingElseIsRefusedAsAWhole(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BootstrapFile.UnusableException.class);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("none.json");

        assertThatThrownBy(() -> BootstrapFile.read(missing))
                .isInstanceOf(BootstrapFile.UnusableException.class)
                .hasMessageContaining("none.json");
    }
}
