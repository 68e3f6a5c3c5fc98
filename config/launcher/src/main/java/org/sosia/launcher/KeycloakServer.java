package org.sosia.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keycloak in its development mode on 127.0.0.1, with the realm imported at its first start. Its home is a mirror of the
 * shared, already built one, so that each stack has a database of its own.
 */
final class KeycloakServer {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9.-]+)}");

    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=dev-file",
            "--cache=local",
            // What a hospital's realm does not use need not be started.
            "--features-disabled=kerberos,ciba,device-flow,impersonation,organization,workflows");

    private final int port;
    private final Path home;
    private final Path data;
    private final Child child;
    private final Secrets secrets;

    KeycloakServer(int port, Path folder, Secrets secrets) {
        this.port = port;
        this.home = folder.resolve("keycloak");
        this.data = home.resolve("data");
        this.secrets = secrets;
        this.child = new Child("keycloak", folder.resolve("run"), folder.resolve("logs"));
    }

    Child child() {
        return child;
    }

    void start(Distribution distribution, Options options, DemoPeople people) throws LaunchException {
        Path built = distribution.keycloakHome(BUILD_OPTIONS);
        try {
            install(built);
            Path imports = data.resolve("import");
            Files.createDirectories(imports);
            Secrets.restrict(data, "rwx------");
            write(imports.resolve("sosia-realm.json"), distribution.realm(), options, people);
            if (options.demo()) {
                write(imports.resolve("sosia-users-0.json"), distribution.demoUsers(), options, people);
            }
            var handle = child.start(
                    command(home, startOptions()),
                    home,
                    Map.of(
                            "KC_BOOTSTRAP_ADMIN_USERNAME",
                            "admin",
                            "KC_BOOTSTRAP_ADMIN_PASSWORD",
                            secrets.value("keycloak-admin")));
            child.await(handle, Duration.ofMinutes(3), this::hasRealm);
            // They carry secrets, and Keycloak has them in its database now.
            Distribution.deleteRecursively(imports);
        } catch (IOException refused) {
            throw new LaunchException("cannot prepare " + home + ": " + refused.getMessage(), refused);
        }
    }

    private void install(Path built) throws IOException {
        Path mark = home.resolve("built-from");
        if (Files.exists(mark) && Files.readString(mark).equals(built.toString())) {
            return;
        }
        if (Files.isDirectory(home)) {
            try (Stream<Path> old = Files.list(home)) {
                for (Path path : (Iterable<Path>) old.filter(p -> !p.equals(data))::iterator) {
                    Distribution.deleteRecursively(path);
                }
            }
        }
        Distribution.mirror(built, home);
        Files.writeString(mark, built.toString());
    }

    private void write(Path target, Path template, Options options, DemoPeople people)
            throws IOException, LaunchException {
        String text = Files.readString(template);
        var filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            matcher.appendReplacement(
                    filled, Matcher.quoteReplacement(value(matcher.group(1), matcher.group(), options, people)));
        }
        matcher.appendTail(filled);
        Files.deleteIfExists(target);
        Files.createFile(target);
        Secrets.restrict(target, "rw-------");
        Files.writeString(target, filled);
    }

    private String value(String key, String asItStands, Options options, DemoPeople people) throws LaunchException {
        if (key.startsWith("password.")) {
            return people.password(key.substring("password.".length()));
        }
        if (key.startsWith("totp.of.")) {
            return people.codeSecret(key.substring("totp.of.".length()));
        }
        return switch (key) {
            case "base-url" -> options.baseUrl();
            case "sosia-web.secret" -> secrets.value("sosia-web-client");
            case "sign-in.key-file" -> secrets.file("sign-in-key").toString().replace('\\', '/');
            case "sign-in.deception" ->
                options.setting("sosia.sign-in.deception").orElse("true");
            case "sign-in.share" -> options.setting("sosia.sign-in.share").orElse("200");
            case "sign-in.threshold" ->
                options.setting("sosia.sign-in.threshold").orElse("30");
            // The command line asks for tokens more often than the code changes.
            case "totp.reusable" -> Boolean.toString(options.demo());
            case "cli.enabled" -> Boolean.toString(options.demo());
            case "cli.token-seconds" -> options.demo() ? "1800" : "300";
            default -> asItStands;
        };
    }

    private List<String> startOptions() {
        List<String> options = new ArrayList<>(List.of("start-dev", "--import-realm"));
        options.addAll(BUILD_OPTIONS);
        options.addAll(List.of(
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://localhost:" + port,
                "--log-level=warn,org.keycloak.events:info",
                "--spi-theme--cache-themes=true",
                "--spi-theme--cache-templates=true",
                "--spi-theme--static-max-age=2592000"));
        return options;
    }

    /** Compiles the providers into the server in {@code folder}; {@code start-dev} ends with 10 when it has done so. */
    static void build(Path folder, List<String> buildOptions) throws LaunchException, IOException {
        List<String> options = new ArrayList<>(List.of("start-dev"));
        options.addAll(buildOptions);
        Path log = folder.resolve("build.log");
        int result = Child.runToEnd(new ProcessBuilder(command(folder, options))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        if (result != 10) {
            throw new LaunchException("Keycloak could not be built:" + System.lineSeparator() + Files.readString(log));
        }
    }

    private static List<String> command(Path home, List<String> options) {
        List<String> line = new ArrayList<>(List.of(
                javaProgram(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                // It starts often and lives shortly: the second compiler would not pay.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        line.addAll(options);
        return line;
    }

    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '\\' ? "java.exe" : "java")
                .toString();
    }

    boolean hasRealm() {
        return Web.status(URI.create("http://127.0.0.1:" + port + "/realms/sosia")) == 200;
    }

    void stop() {
        child.stop(Duration.ofSeconds(20), false);
    }
}
