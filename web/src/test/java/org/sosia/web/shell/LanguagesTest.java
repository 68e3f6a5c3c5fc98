package org.sosia.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.policy.PolicySyntaxException.Expected;
import org.sosia.decoy.RecordKind;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.emergency.EmergencyState;
import org.sosia.incidents.Technique;
import org.sosia.records.Sensitivity;
import org.sosia.registration.RegistrationState;
import org.sosia.retrieval.Access;
import org.sosia.sharing.Handover;
import org.sosia.sharing.Purpose;
import org.sosia.sharing.RequestState;
import org.sosia.upload.ContentFault;

class LanguagesTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}|%p");
    private static final Pattern KEY_IN_PAGE = Pattern.compile("msg\\['([^']+)'\\]|\\bof=\"([a-z]+\\.[a-z.-]+)\"");
    private static final Path PAGES = Path.of("src/main/webapp");

    private static Properties words(String language) throws IOException {
        var file = "/org/sosia/web/messages" + (language.equals("en") ? "" : "_" + language) + ".properties";
        var words = new Properties();
        try (Reader reader = new InputStreamReader(
                java.util.Objects.requireNonNull(LanguagesTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "hi", "ta"})
    void everyLanguageSaysEverything(String language) throws IOException {
        assertThat(words(language).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(words("en").stringPropertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "hi", "ta"})
    void everyLanguageNamesTheSameFacts(String language) throws IOException {
        var english = words("en");
        var other = words(language);

        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(places(other.getProperty(key, "")))
                        .as(key)
                        .isEqualTo(places(english.getProperty(key))));
    }

    @Test
    void everyWordOfThePagesExists() throws IOException {
        var english = words("en").stringPropertyNames();

        assertThat(english).containsAll(wordsOfPages());
    }

    @Test
    void everyCodeThatADoorHandsOutHasWords() throws IOException {
        var codes = new ArrayList<String>();
        add(codes, "kind", RecordKind.values());
        add(codes, "sensitivity", Sensitivity.values());
        add(codes, "access", Access.values());
        add(codes, "request-state", RequestState.values());
        add(codes, "gate.before", RequestState.values());
        add(codes, "registration-state", RegistrationState.values());
        add(codes, "handover", Handover.values());
        add(codes, "purpose", Purpose.values());
        add(codes, "technique", Technique.values());
        add(codes, "emergency-state", EmergencyState.values());
        add(codes, "emergency.refused", EmergencyRefusedException.Why.values());
        add(codes, "content-fault", ContentFault.values());
        add(codes, "policy.expected", Expected.values());

        assertThat(words("en").stringPropertyNames()).containsAll(codes);
    }

    private static void add(List<String> codes, String prefix, Enum<?>... values) {
        for (var value : values) {
            codes.add(prefix + "." + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    private static Set<String> places(String words) {
        return PLACE.matcher(words)
                .results()
                .map(place -> place.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> wordsOfPages() throws IOException {
        var keys = new TreeSet<String>();
        try (var files = Files.walk(PAGES)) {
            for (var page :
                    files.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
                KEY_IN_PAGE
                        .matcher(Files.readString(page))
                        .results()
                        .map(hit -> hit.group(1) == null ? hit.group(2) : hit.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }
}
