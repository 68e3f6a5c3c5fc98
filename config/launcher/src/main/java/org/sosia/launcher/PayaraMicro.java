package org.sosia.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The WAR on Payara Micro, on 127.0.0.1 (by its boot commands), never in a cluster. */
final class PayaraMicro implements Application {

    private final Path root;
    private final Child child;

    PayaraMicro(Path folder) {
        this.root = folder.resolve("payara");
        this.child = new Child("payara", folder.resolve("run"), folder.resolve("logs"));
    }

    @Override
    public Child child() {
        return child;
    }

    @Override
    public void start(Distribution distribution, Options options, Map<String, String> settings) throws LaunchException {
        List<String> line = new ArrayList<>(List.of(
                KeycloakServer.javaProgram(),
                "-Xmx" + options.heapMegabytes() + "m",
                // What passes through is garbage soon after: without a bound it fills whatever the collector lets it.
                "-XX:MaxNewSize=" + options.heapMegabytes() * 3 / 8 + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                // The temporary folder holds unpacked native code, and uploads' parts: keep both with the data.
                "-Djava.io.tmpdir=" + root.resolve("tmp")));
        settings.forEach((key, value) -> line.add("-D" + key + "=" + value));
        line.addAll(List.of(
                "-jar",
                distribution.payaraMicro().toString(),
                "--rootdir",
                root.toString(),
                "--prebootcommandfile",
                distribution.microCommands().toString(),
                "--port",
                Integer.toString(options.http()),
                "--nocluster",
                "--disablephonehome",
                "--contextroot",
                "/",
                "--deploy",
                distribution.war().toString()));
        Child.createFolder(root.resolve("tmp"));
        var handle = child.start(line, root, Map.of());
        child.await(handle, Duration.ofMinutes(3), this::deployed);
    }

    private boolean deployed() throws LaunchException {
        String log = child.logText();
        if (log.contains("Deployed 0 archive(s)")) {
            throw new LaunchException("the application did not deploy. The log, " + child.log() + ", says:"
                    + System.lineSeparator() + child.complaints(12));
        }
        return log.contains("Deployed 1 archive(s)");
    }

    @Override
    public void stop() {
        child.stop(Duration.ofSeconds(30), false);
    }
}
