package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The EAR on Payara Server, in a domain of its own below the data folder. */
final class PayaraServer implements Application {

    private static final String DOMAIN = "sosia";

    private final Path home;
    private final Path domains;
    private final Child child;
    private final Child tool;

    PayaraServer(Path folder) {
        this.home = folder.resolve("payara-server");
        this.domains = folder.resolve("payara-domains");
        this.child = new Child("payara", folder.resolve("run"), folder.resolve("logs"));
        this.tool = new Child("asadmin", folder.resolve("run"), folder.resolve("logs"));
    }

    @Override
    public Child child() {
        return child;
    }

    @Override
    public void start(Distribution distribution, Options options, Map<String, String> settings) throws LaunchException {
        try {
            Path jar = home.resolve("glassfish/lib/client/appserver-cli.jar");
            if (!Files.exists(jar)) {
                Distribution.deleteRecursively(home);
                Distribution.unzip(distribution.payaraServerZip(), home, true);
            }
            // A fresh domain for every start: its ports and settings are those of this start, and it keeps no data.
            Distribution.deleteRecursively(domains);
            int[] ports = Ports.free(10);
            asadmin(
                    "create-domain",
                    "--nopassword=true",
                    "--checkports=false",
                    "--domaindir=" + domains,
                    "--adminport=" + ports[0],
                    "--instanceport=" + options.http(),
                    "--domainproperties=domain.jmxPort=" + ports[1] + ":http.ssl.port=" + ports[2] + ":jms.port="
                            + ports[3]
                            + ":orb.listener.port=" + ports[4] + ":orb.ssl.port=" + ports[5] + ":orb.mutualauth.port="
                            + ports[6] + ":java.debugger.port=" + ports[7] + ":osgi.shell.telnet.port=" + ports[8],
                    DOMAIN);
            configure(options, settings, ports[9]);
            logWithTheOthers();
            asadmin("start-domain", "--domaindir=" + domains, "--timeout=180", DOMAIN);
            long pid = Long.parseLong(
                    Files.readString(domain().resolve("config/pid")).strip());
            var handle = ProcessHandle.of(pid)
                    .orElseThrow(() -> new LaunchException("Payara Server ended while starting; see " + child.log()));
            child.remember(handle);
            asadmin(
                    "--port",
                    Integer.toString(ports[0]),
                    "deploy",
                    "--name=sosia",
                    distribution.ear().toString());
        } catch (IOException | NumberFormatException refused) {
            throw new LaunchException("cannot prepare Payara Server: " + refused.getMessage(), refused);
        }
    }

    private Path domain() {
        return domains.resolve(DOMAIN);
    }

    /** Sets heap and settings in the new domain's file, before it ever starts. */
    private void configure(Options options, Map<String, String> settings, int gridPort)
            throws IOException, LaunchException {
        Path file = domain().resolve("config/domain.xml");
        String xml = Files.readString(file, UTF_8);
        // The DAS runs with server-config; default-config, further down, is only a template for other instances.
        int begin = xml.indexOf("<config name=\"server-config\"");
        int end = xml.indexOf("</java-config>", begin);
        if (begin < 0 || end < 0) {
            throw new LaunchException("this Payara Server has another kind of domain.xml than expected: " + file);
        }
        String own = xml.substring(begin, end)
                .replaceAll("<jvm-options>-Xmx[^<]*</jvm-options>", "")
                // A cluster of one, which nobody on the network can join.
                .replace(
                        "<hazelcast-config-specific-configuration",
                        "<hazelcast-config-specific-configuration clustering-enabled=\"false\"");
        for (var setting : settings.entrySet()) {
            if (setting.getValue().contains("${")) {
                throw new LaunchException(
                        "Payara Server would replace what follows ${ in the setting " + setting.getKey());
            }
        }
        String added = settings.entrySet().stream()
                .map(each -> "<jvm-options>" + escaped("-D" + each.getKey() + "=" + each.getValue()) + "</jvm-options>")
                .collect(Collectors.joining(
                        "\n", "<jvm-options>-Xmx" + options.heapMegabytes() + "m</jvm-options>\n", "\n"));
        String whole = xml.substring(0, begin) + own + added + xml.substring(end);
        Files.writeString(file, asMicroListens(onThisMachineOnly(whole, gridPort)), UTF_8);
    }

    /** The server's log where every other log is. */
    private void logWithTheOthers() throws IOException {
        Path file = domain().resolve("config/logging.properties");
        String target = child.log().toString().replace('\\', '/');
        Files.writeString(
                file,
                Files.readString(file, UTF_8).replace("${com.sun.aas.instanceRoot}/logs/server.log", target),
                UTF_8);
    }

    /** What {@code config/server} tells Payara Micro of its listener, for every listener here. */
    private static String asMicroListens(String xml) {
        return withAttributes(
                xml,
                "http(?= )",
                Map.of(
                        "xpowered-by", "false",
                        "server-header", "false",
                        "http2-enabled", "false",
                        "scheme-mapping", "X-Forwarded-Proto"));
    }

    /** Every listener on 127.0.0.1, whatever its address was. */
    private static String onThisMachineOnly(String xml, int gridPort) {
        String listeners = "network-listener|iiop-listener|jmx-connector";
        String local = withAttributes(xml, listeners, Map.of("address", "127.0.0.1"));
        return withAttributes(
                local,
                "hazelcast-runtime-configuration",
                Map.of(
                        "das-bind-address", "127.0.0.1",
                        "das-public-address", "127.0.0.1",
                        "das-port", Integer.toString(gridPort)));
    }

    /** Sets attributes of every element of these names, whatever their values were. */
    private static String withAttributes(String xml, String elements, Map<String, String> attributes) {
        return Pattern.compile("<(" + elements + ")\\b[^>]*>").matcher(xml).replaceAll(found -> {
            String tag = found.group();
            for (var attribute : attributes.entrySet()) {
                tag = tag.replaceAll(" " + attribute.getKey() + "=\"[^\"]*\"", "")
                        .replaceFirst("^<[a-z-]+", "$0 " + attribute.getKey() + "=\"" + attribute.getValue() + "\"");
            }
            return Matcher.quoteReplacement(tag);
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void asadmin(String... arguments) throws LaunchException {
        List<String> line = new ArrayList<>(List.of(
                KeycloakServer.javaProgram(),
                "-jar",
                home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "--interactive=false",
                "--user",
                "admin"));
        line.addAll(List.of(arguments));
        var handle = tool.start(line, home, Map.of());
        try {
            handle.onExit().get(Duration.ofMinutes(5).toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException odd) {
            throw new LaunchException("asadmin did not come to an end; see " + tool.log(), odd);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while starting", stopped);
        } finally {
            tool.stop(Duration.ofSeconds(5), false);
        }
        String said = tool.logText();
        if (said.contains(" failed.") || said.contains("Command " + arguments[0] + " failed")) {
            throw new LaunchException(
                    "Payara Server refused: " + System.lineSeparator() + tool.lastLines(12) + System.lineSeparator()
                            + "Its own log, " + child.log() + ", says:" + System.lineSeparator() + child.complaints(8));
        }
    }

    @Override
    public void stop() {
        child.stop(Duration.ofSeconds(30), false);
    }
}
