package org.sosia.web.shell;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

/** Names the state of our stylesheet and scripts, so that a browser keeps them until they change and no longer. */
@Named
@ApplicationScoped
public class Assets {
    private static final List<String> FILES = List.of("sosia.css", "sosia.js", "upload.js");

    @Inject
    ServletContext application;

    private String version = "";

    @PostConstruct
    void read() {
        var sum = new CRC32();
        for (var file : FILES) {
            try (var content = application.getResourceAsStream("/resources/sosia/" + file)) {
                sum.update(content.readAllBytes());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        version = Long.toHexString(sum.getValue());
    }

    /** Changes with any of them. */
    public String getVersion() {
        return version;
    }
}
