package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.launcher.LaunchException;
import org.sosia.launcher.Options;
import org.sosia.launcher.Part;
import org.sosia.launcher.Stack;

/**
 * As a hospital deploys it: the databases and Keycloak are somebody else's, and browsers come by TLS to a proxy. The launcher starts
 * the application alone, and ends it alone.
 */
class ExternalServersIT {

    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/(\\w+).*");

    @TempDir
    private static Path theirs;

    @TempDir
    private static Path ours;

    private static Stack outside;
    private static Stack sosia;

    @BeforeAll
    static void start() throws LaunchException {
        outside = Stack.start(Options.onFreePorts(RunningSystem.project(), theirs)
                .withParts(EnumSet.of(Part.POSTGRES, Part.KEYCLOAK)));
        sosia = Stack.start(usingServersOf(outside));
    }

    @AfterAll
    static void stop() throws LaunchException {
        try {
            sosia.close();
            assertThat(outside.token("data-owner", 2, "sosia-cli"))
                    .as("Keycloak is not ours to end")
                    .isNotEmpty();
        } finally {
            outside.close();
        }
    }

    private static Options usingServersOf(Stack outside) throws LaunchException {
        return withStore(withStore(Options.onFreePorts(RunningSystem.project(), ours), outside, 'a'), outside, 'b')
                .withSetting("sosia.oidc.issuer", outside.issuer().toString())
                .withSetting(
                        "sosia.oidc.client-secret-file",
                        theirs.resolve("secrets").resolve("sosia-web-client").toString());
    }

    private static Options withStore(Options options, Stack outside, char which) throws LaunchException {
        Stack.StoreAddress address = outside.storeAddress(which);
        Matcher parts = ADDRESS.matcher(address.jdbcUrl());
        assertThat(parts.matches()).isTrue();
        String store = "sosia.store-" + which + ".";
        return options.withSetting(store + "host", parts.group(1))
                .withSetting(store + "port", parts.group(2))
                .withSetting(store + "database", parts.group(3))
                .withSetting(store + "user", address.user())
                .withSetting(store + "password-file", address.passwordFile().toString());
    }

    @Test
    void aRecordIsKeptThereAndReadBack() throws LaunchException {
        var owner = new Api(sosia.api(), outside.token("data-owner", 2, "sosia-cli"));
        var doctor = new Api(sosia.api(), outside.token("doctor", 2, "sosia-cli"));

        String record = new Journey(owner, doctor)
                .upload("report", "note.txt", "text/plain", "Lungs clear.\n".getBytes(StandardCharsets.UTF_8))
                .getString("id");

        assertThat(owner.get("/records/" + record + "/content").expect(200).text())
                .isEqualTo("Lungs clear.\n");
    }

    @Test
    void aBrowserIsLedBackToTheProxyAndKeptOnTls() throws IOException, InterruptedException {
        Proxied.staysOnTls(sosia.baseUrl(), outside.issuer());
    }
}
