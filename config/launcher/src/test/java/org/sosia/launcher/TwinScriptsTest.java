package org.sosia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command line has two scripts, and only one of them runs where the tests do: what they call must be the same. */
class TwinScriptsTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("../..");

    private final String unix;
    private final String windows;

    TwinScriptsTest() throws IOException {
        unix = withoutRemarks("sosia", "#");
        windows = withoutRemarks("sosia.cmd", "rem ");
    }

    private static String withoutRemarks(String script, String remark) throws IOException {
        return Files.readAllLines(PROJECT.resolve(script)).stream()
                .map(String::strip)
                .filter(line -> !line.startsWith(remark))
                .reduce("", (text, line) -> text + line + '\n');
    }

    private static Set<String> found(String pattern, String script) {
        Set<String> found = new TreeSet<>();
        var matcher = Pattern.compile(pattern).matcher(script);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void theSameModulesAreBuilt() {
        assertThat(found("modules=([a-z/,-]+)\"", windows))
                .isEqualTo(found("\\bbuild ([a-z-]+(?:[/,][a-z/,-]+)+)", unix))
                .isNotEmpty();
    }

    @Test
    void mavenAndJavaAreToldTheSame() {
        String option = "(?<=[\\s\"])(-[XDP][A-Za-z:+=.]+[A-Za-z0-9-]*)";
        assertThat(found(option, windows)).isEqualTo(found(option, unix)).contains("-Dsosia.project=", "-Pear-server");
        String program = "(org\\.sosia\\.[a-zA-Z.]+)";
        assertThat(found(program, windows)).isEqualTo(found(program, unix)).hasSize(2);
    }

    /** A variable in a block has the value from before the block; a bare ")" in one ends it. */
    @Test
    void noBlockForWindowsReadsWhatItSets() {
        var block = Pattern.compile("(?m)^(?:if|for) .*\\($\\n((?s:.*?))^\\)$").matcher(windows);
        int blocks = 0;
        while (block.find()) {
            blocks++;
            String inside = block.group(1);
            for (String set : found("set \"([a-z]+)=", inside)) {
                assertThat(inside).doesNotContain("%" + set + "%");
            }
            assertThat(inside).doesNotContain(")");
        }
        assertThat(blocks).isGreaterThan(3);
    }

    @Test
    void windowsReadsItsOwnLineEnds() throws IOException {
        assertThat(Files.readString(PROJECT.resolve(".gitattributes"))).contains("sosia.cmd text eol=crlf");
    }
}
