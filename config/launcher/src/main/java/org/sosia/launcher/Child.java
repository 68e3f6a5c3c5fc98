package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that we started. It outlives this program; a pid file remembers it.
 *
 * <p>A pid alone may have passed to a stranger's process since, so the file holds the start time as well, and only a
 * process with both is ever ended.
 */
final class Child {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final String name;
    private final Path pidFile;
    private final Path log;

    Child(String name, Path runFolder, Path logFolder) {
        this.name = name;
        this.pidFile = runFolder.resolve(name + ".pid");
        this.log = logFolder.resolve(name + ".log");
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Starts the command with its output in the log, in a session of its own so that Ctrl-C at a terminal is ours alone. */
    ProcessHandle start(List<String> command, Path workingFolder, Map<String, String> environment)
            throws LaunchException {
        try {
            Files.createDirectories(pidFile.getParent());
            Files.createDirectories(log.getParent());
            List<String> line = new ArrayList<>(ownSession());
            line.addAll(command);
            var builder = new ProcessBuilder(line)
                    .directory(workingFolder.toFile())
                    .redirectInput(new File(WINDOWS ? "NUL" : "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            var handle = builder.start().toHandle();
            remember(handle);
            return handle;
        } catch (IOException refused) {
            throw new LaunchException("cannot start " + name + ": " + refused.getMessage(), refused);
        }
    }

    /** Runs a tool to its end and says how it ended; whoever is told to stop meanwhile takes the tool along. */
    static int runToEnd(ProcessBuilder tool) throws IOException, LaunchException {
        var process = tool.start();
        try {
            return process.waitFor();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while starting", stopped);
        }
    }

    private static List<String> ownSession() {
        for (String folder : List.of("/usr/bin", "/bin")) {
            Path setsid = Path.of(folder, "setsid");
            if (!WINDOWS && Files.isExecutable(setsid)) {
                return List.of(setsid.toString());
            }
        }
        return List.of();
    }

    /** Notes whose life this file follows. */
    void remember(ProcessHandle handle) throws IOException {
        long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        Files.createDirectories(pidFile.getParent());
        Files.writeString(pidFile, handle.pid() + "\n" + started + "\n");
    }

    /** The running process; empty if it ended, or if its pid is a stranger's by now. */
    Optional<ProcessHandle> running() {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            long pid = Long.parseLong(lines.get(0).strip());
            long started = Long.parseLong(lines.get(1).strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> !isDefunct(handle))
                    .filter(handle -> handle.info()
                                    .startInstant()
                                    .map(Instant::toEpochMilli)
                                    .orElse(0L)
                            == started);
        } catch (IOException | RuntimeException noneOrHalfWritten) {
            return Optional.empty();
        }
    }

    /** On Linux a process that ended still counts as alive until its parent has taken notice, which may take a while. */
    private static boolean isDefunct(ProcessHandle handle) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"), ISO_8859_1);
            // The state follows the name, which stands in parentheses and may hold any character.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException otherSystem) {
            return false;
        }
    }

    /** Whether we started it once and did not stop it. */
    boolean isRemembered() {
        return Files.exists(pidFile);
    }

    /** Asks the process to end, waits, and in the end insists. Without a process it only forgets. */
    void stop(Duration patience, boolean byInterrupt) {
        running().ifPresent(handle -> {
            if (!byInterrupt || !interrupt(handle)) {
                handle.destroy();
            }
            if (!ended(handle, patience)) {
                handle.descendants().forEach(ProcessHandle::destroyForcibly);
                handle.destroyForcibly();
                ended(handle, Duration.ofSeconds(10));
            }
        });
        forget();
    }

    /** Ends the process and all that it started at once and without a word, as a power failure would. */
    void kill() {
        running().ifPresent(handle -> {
            // The parent first: it must not see its children fall and clean up behind them.
            var children = handle.descendants().toList();
            handle.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            ended(handle, Duration.ofSeconds(10));
            children.forEach(child -> ended(child, Duration.ofSeconds(10)));
        });
        forget();
    }

    /** PostgreSQL takes SIGTERM as "wait until everybody has gone" and SIGINT as "now, cleanly". */
    private static boolean interrupt(ProcessHandle handle) {
        if (WINDOWS) {
            return false;
        }
        try {
            return new ProcessBuilder("kill", "-INT", Long.toString(handle.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean ended(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillThere) {
            return !handle.isAlive();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException leftBehind) {
            // The start time in it keeps a later run from ending a stranger.
        }
    }

    /** The end of the log, for an error message. */
    String lastLines(int count) {
        try {
            List<String> lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - count), lines.size());
            return String.join(System.lineSeparator(), last);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The log's lines that complain, for an error message. */
    String complaints(int count) {
        List<String> found = logText()
                .lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").strip())
                .filter(line -> line.startsWith("Caused by") || line.contains("Exception: "))
                .distinct()
                .toList();
        return String.join(System.lineSeparator(), found.subList(0, Math.min(count, found.size())));
    }

    static void createFolder(Path folder) throws LaunchException {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new LaunchException("cannot write to " + folder + ": " + refused.getMessage(), refused);
        }
    }

    /** The whole log as far as written; undecodable bytes do not matter here. */
    String logText() {
        try {
            return new String(Files.readAllBytes(log), UTF_8);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** Waits until {@code ready} says so; fails at once when the process ends, and at the latest when patience does. */
    void await(ProcessHandle handle, Duration patience, Condition ready) throws LaunchException {
        var deadline = Instant.now().plus(patience);
        while (!ready.holds()) {
            if (!handle.isAlive()) {
                throw new LaunchException(name + " ended while starting. Its log, " + log + ", says last:"
                        + System.lineSeparator() + lastLines(15));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LaunchException(name + " was not ready after " + patience.toSeconds() + " s. Its log, " + log
                        + ", says last:" + System.lineSeparator() + lastLines(15));
            }
            pause();
        }
    }

    static void pause() throws LaunchException {
        try {
            TimeUnit.MILLISECONDS.sleep(150);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while starting", stopped);
        }
    }

    /** Something to wait for; may refuse to wait any longer. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws LaunchException;
    }
}
