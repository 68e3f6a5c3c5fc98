package org.sosia.web.shell;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

class PagesTest {
    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(Path.of("src/main/webapp"))) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    /** The server finds out when somebody opens the page; this finds out before. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsWellFormed(Path page) throws ParserConfigurationException, SAXException {
        var parser = SAXParserFactory.newInstance().newSAXParser();

        assertThatCode(() -> parser.parse(page.toFile(), new DefaultHandler())).doesNotThrowAnyException();
    }
}
