package org.sosia.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that the build was made with. */
final class Versions {

    private static final Properties ALL = load();

    private Versions() {}

    static String of(String what) {
        return ALL.getProperty(what, "unknown");
    }

    private static Properties load() {
        var properties = new Properties();
        try (var in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in != null) {
                properties.load(in);
            }
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
