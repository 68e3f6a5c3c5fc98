package org.sosia.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Reads the authenticator's configuration. The key comes from a file; without one nothing is ever admitted. */
final class DeceptionSettings {

    static final String ENABLED = "enabled";
    static final String SHARE = "share";
    static final String THRESHOLD = "threshold";
    static final String WINDOW = "window-seconds";
    static final String KEY_FILE = "key-file";

    static final List<ProviderConfigProperty> PROPERTIES = List.of(
            new ProviderConfigProperty(
                    ENABLED,
                    "Admit guessers",
                    "Let some wrong credentials succeed as a planted identity.",
                    ProviderConfigProperty.BOOLEAN_TYPE,
                    "true"),
            new ProviderConfigProperty(
                    SHARE,
                    "One wrong pair in",
                    "How rarely a wrong pair of name and password succeeds at once; 0 for never.",
                    ProviderConfigProperty.STRING_TYPE,
                    "200"),
            new ProviderConfigProperty(
                    THRESHOLD,
                    "Different wrong pairs from one source",
                    "Beyond so many within the window every further one succeeds; 0 for never.",
                    ProviderConfigProperty.STRING_TYPE,
                    "30"),
            new ProviderConfigProperty(
                    WINDOW,
                    "Window in seconds",
                    "How long a wrong pair counts.",
                    ProviderConfigProperty.STRING_TYPE,
                    "600"),
            new ProviderConfigProperty(
                    KEY_FILE,
                    "File with the key",
                    "At least 16 random bytes that decide which pairs succeed.",
                    ProviderConfigProperty.STRING_TYPE,
                    null));

    private static final Logger LOG = Logger.getLogger(DeceptionSettings.class);

    private final Map<String, Optional<Deception>> byKeyFile = new ConcurrentHashMap<>();

    /** The decision of this configuration's key; empty if it has none that can be read. */
    Optional<Deception> deception(@Nullable AuthenticatorConfigModel config) {
        String file = config == null ? null : config.getConfig().get(KEY_FILE);
        return file == null || file.isBlank()
                ? Optional.empty()
                : byKeyFile.computeIfAbsent(file, DeceptionSettings::withKeyOf);
    }

    private static Optional<Deception> withKeyOf(String file) {
        try {
            return Optional.of(new Deception(Files.readAllBytes(Path.of(file))));
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.warnf("The key file %s cannot be used: no wrong credentials will be admitted.", file);
            return Optional.empty();
        }
    }

    Deception.Settings read(@Nullable AuthenticatorConfigModel config) {
        Map<String, String> values = config == null ? Map.of() : config.getConfig();
        return new Deception.Settings(
                Boolean.parseBoolean(values.getOrDefault(ENABLED, "true")),
                number(values, SHARE, 200),
                number(values, THRESHOLD, 30),
                Duration.ofSeconds(number(values, WINDOW, 600)));
    }

    private static int number(Map<String, String> values, String key, int otherwise) {
        try {
            return Math.max(0, Integer.parseInt(values.getOrDefault(key, "").strip()));
        } catch (NumberFormatException notGiven) {
            return otherwise;
        }
    }
}
