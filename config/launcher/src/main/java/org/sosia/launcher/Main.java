package org.sosia.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.sosia.crypto.grant.PartialKey;

/** The command line: {@code sosia COMMAND [options]}. The script of that name builds what is needed and comes here. */
public final class Main {

    private static final String HELP = """
            usage: ./sosia COMMAND [options]

              demo [--detach]       start everything with the demo hospital; Ctrl-C stops it
              up                    start without demo data, in the background
              down                  stop; data stay
              status [--json]       what runs, and where
              reset                 stop and forget all data
              token ROLE            an access token of the demo's person with that role
                --low                 of password-only assurance
                --user NAME           of this person
                --client NAME         asked for by another client
              otp USER              a demo person's one-time code of this moment
              partial-key --random  a well-formed partial key that opens nothing
              check                 verify the invariants over both stores
              audit verify          verify both logs
              test                  the whole test suite
              bench AREA            figures; without AREA, the list of areas

            Options of demo and up:
              --http-port N  --keycloak-port N  --store-a-port N  --store-b-port N    (8080 8180 54321 54322)
              --data DIR            where everything is kept (.sosia)
              --heap MB             the application's heap (512)
              --server micro|ear    the WAR on Payara Micro, or the EAR on Payara Server
              --only PARTS          some of postgres,keycloak,payara
              -Dsosia.KEY=VALUE     a setting for the application; docs/OPERATIONS.md has the table

            Roles: data-owner patient doctor cloud-operator key-authority security-desk""";

    private final Console console = new Console();
    private final Path project;

    private Main(Path project) {
        this.project = project;
    }

    /** Runs one command; exits with 0 if it did what was asked, 1 if not, 2 if it was not understood. */
    @SuppressForbidden("the exit code is a command's answer")
    public static void main(String[] arguments) {
        var main = new Main(Path.of(System.getProperty("sosia.project", ""))
                .toAbsolutePath()
                .normalize());
        System.exit(main.run(new ArrayDeque<>(List.of(arguments))));
    }

    private int run(Deque<String> arguments) {
        try {
            String command = arguments.isEmpty() ? "help" : arguments.pop();
            return switch (command) {
                case "demo" -> demo(arguments);
                case "up" -> up(arguments);
                case "down" -> down(arguments);
                case "status" -> status(arguments);
                case "reset" -> reset(arguments);
                case "token" -> token(arguments);
                case "otp" -> otp(arguments);
                case "partial-key" -> partialKey(arguments);
                case "check" -> check(arguments);
                case "audit" -> audit(arguments);
                case "help", "--help", "-h" -> {
                    console.say(HELP);
                    yield 0;
                }
                default -> throw new UsageException("no such command: " + command);
            };
        } catch (UsageException misunderstood) {
            console.complain(String.valueOf(misunderstood.getMessage()));
            console.complain("./sosia help lists commands and options");
            return 2;
        } catch (LaunchException failed) {
            console.complain(String.valueOf(failed.getMessage()));
            return 1;
        }
    }

    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private Path dataFolder(Deque<String> arguments) {
        var data = project.resolve(".sosia");
        while (!arguments.isEmpty()) {
            String option = arguments.pop();
            if (!option.equals("--data")) {
                throw new UsageException("unknown option: " + option);
            }
            data = Path.of(value(option, arguments)).toAbsolutePath().normalize();
        }
        return data;
    }

    private static String value(String option, Deque<String> arguments) {
        if (arguments.isEmpty()) {
            throw new UsageException(option + " needs a value");
        }
        return arguments.pop();
    }

    private static int number(String option, Deque<String> arguments) {
        String text = value(option, arguments);
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // falls through to the same words
        }
        throw new UsageException(option + " needs a number between 1 and 65535, not " + text);
    }

    private Options options(Deque<String> arguments) {
        var options = Options.defaults(project);
        while (!arguments.isEmpty()) {
            String option = arguments.pop();
            options = switch (option) {
                case "--http-port" ->
                    options.withPorts(
                            number(option, arguments), options.keycloak(), options.storeA(), options.storeB());
                case "--keycloak-port" ->
                    options.withPorts(options.http(), number(option, arguments), options.storeA(), options.storeB());
                case "--store-a-port" ->
                    options.withPorts(options.http(), options.keycloak(), number(option, arguments), options.storeB());
                case "--store-b-port" ->
                    options.withPorts(options.http(), options.keycloak(), options.storeA(), number(option, arguments));
                case "--data" ->
                    options.withData(
                            Path.of(value(option, arguments)).toAbsolutePath().normalize());
                case "--heap" -> options.withHeapMegabytes(number(option, arguments));
                case "--server" -> options.withServer(choice(ServerKind.class, option, value(option, arguments)));
                case "--only" -> options.withParts(parts(option, value(option, arguments)));
                default -> {
                    if (option.startsWith("-Dsosia.") && option.contains("=")) {
                        int equals = option.indexOf('=');
                        yield options.withSetting(option.substring(2, equals), option.substring(equals + 1));
                    }
                    throw new UsageException("unknown option: " + option);
                }
            };
        }
        return options;
    }

    private static EnumSet<Part> parts(String option, String list) {
        var parts = EnumSet.noneOf(Part.class);
        for (String name : list.split(",", -1)) {
            parts.add(choice(Part.class, option, name));
        }
        return parts;
    }

    private static <E extends Enum<E>> E choice(Class<E> kind, String option, String text) {
        try {
            return Enum.valueOf(kind, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new UsageException(option + " does not know " + text);
        }
    }

    // --- commands -------------------------------------------------------------------------------------------------

    private int demo(Deque<String> arguments) throws LaunchException {
        boolean detach = arguments.removeFirstOccurrence("--detach");
        var options = options(arguments).withDemo(true);
        if (saidItRuns(options)) {
            return 0;
        }
        if (detach) {
            try (var guard = new Guard(options)) {
                describe(started(options));
                guard.dismiss();
            }
            return 0;
        }
        var stopped = new CountDownLatch(1);
        var guard = new Guard(options);
        describe(started(options));
        console.say("");
        console.say("Ctrl-C stops the demo; its data stay until ./sosia reset.");
        try {
            stopped.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        guard.close();
        return 0;
    }

    /** The running demo with its patients and records. */
    private Stack started(Options options) throws LaunchException {
        var stack = Stack.start(options, console);
        if (options.parts().contains(Part.PAYARA)) {
            stack.loadDemo(console);
        }
        return stack;
    }

    private int up(Deque<String> arguments) throws LaunchException {
        var options = options(arguments);
        options = options.withDemo(new RunState(options.data()).isDemo());
        if (saidItRuns(options)) {
            return 0;
        }
        try (var guard = new Guard(options)) {
            describe(Stack.start(options, console));
            guard.dismiss();
        }
        return 0;
    }

    private boolean saidItRuns(Options options) throws LaunchException {
        var running = Stack.attach(project, options.data());
        if (running.isPresent()) {
            console.say("It already runs.");
            describe(running.get());
        }
        return running.isPresent();
    }

    /** Stops what was started when this program is told to end, by Ctrl-C or otherwise. */
    private final class Guard implements AutoCloseable {

        private final Thread hook;

        Guard(Options options) {
            Thread starting = Thread.currentThread();
            hook = new Thread(
                    () -> {
                        // A start that is under way stops by itself what it has started, once it is told.
                        starting.interrupt();
                        try {
                            Stack.stopWhenPossible(project, options.data(), Duration.ofMinutes(1), console);
                        } catch (LaunchException failed) {
                            console.complain(String.valueOf(failed.getMessage()));
                        }
                    },
                    "sosia-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        void dismiss() {
            Runtime.getRuntime().removeShutdownHook(hook);
        }

        @Override
        public void close() {
            // Left in place, the hook stops what a failure has left.
        }
    }

    private int down(Deque<String> arguments) throws LaunchException {
        console.say(Stack.stop(project, dataFolder(arguments), console) ? "Stopped." : "Nothing was running.");
        return 0;
    }

    private int reset(Deque<String> arguments) throws LaunchException {
        Path data = dataFolder(arguments);
        Stack.stop(project, data, console);
        if (Files.exists(data) && !Files.isDirectory(data.resolve("run"))) {
            throw new LaunchException(data + " was not made by sosia: nothing deleted");
        }
        try {
            Distribution.deleteRecursively(data);
        } catch (IOException refused) {
            throw new LaunchException("cannot delete " + data + ": " + refused.getMessage(), refused);
        }
        console.say("Everything under " + data + " is forgotten.");
        return 0;
    }

    private int status(Deque<String> arguments) throws LaunchException {
        boolean json = arguments.removeFirstOccurrence("--json");
        var report = new StatusReport(project, dataFolder(arguments));
        console.say(json ? report.json() : report.text());
        return report.isHealthy() ? 0 : 1;
    }

    private Stack running(Path data) throws LaunchException {
        return Stack.attach(project, data)
                .orElseThrow(() -> new LaunchException("it does not run; start it with ./sosia demo"));
    }

    private int token(Deque<String> arguments) throws LaunchException {
        int level = 2;
        String client = "sosia-cli";
        String who = "";
        Path data = project.resolve(".sosia");
        while (!arguments.isEmpty()) {
            String option = arguments.pop();
            switch (option) {
                case "--low" -> level = 1;
                case "--client" -> client = value(option, arguments);
                case "--data" ->
                    data = Path.of(value(option, arguments)).toAbsolutePath().normalize();
                case "--user" -> who = value(option, arguments);
                default -> {
                    if (DemoPeople.ofRole(option).isEmpty()) {
                        throw new UsageException(
                                "no such role: " + option + ". Roles: " + String.join(" ", DemoPeople.roles()));
                    }
                    who = who.isEmpty() ? option : who;
                }
            }
        }
        if (who.isEmpty()) {
            throw new UsageException("whose token? ./sosia token ROLE, or --user NAME");
        }
        console.say(running(data).token(who, level, client));
        return 0;
    }

    private int otp(Deque<String> arguments) throws LaunchException {
        if (arguments.isEmpty() || arguments.peek().startsWith("-")) {
            throw new UsageException("whose code? ./sosia otp USER");
        }
        String name = arguments.pop();
        if (!DemoPeople.isKnown(name)) {
            throw new UsageException("no such demo person: " + name);
        }
        var data = dataFolder(arguments);
        if (!new RunState(data).isDemo()) {
            throw new LaunchException("there are no demo people here; start with ./sosia demo");
        }
        console.say(new DemoPeople(new Secrets(data.resolve("secrets"))).code(name));
        return 0;
    }

    private int partialKey(Deque<String> arguments) {
        if (arguments.size() != 1 || !"--random".equals(arguments.peek())) {
            throw new UsageException("./sosia partial-key --random");
        }
        console.say(PartialKey.random().revealText());
        return 0;
    }

    private int check(Deque<String> arguments) throws LaunchException {
        return check(arguments, false, "Both stores hold every invariant.");
    }

    private int audit(Deque<String> arguments) throws LaunchException {
        if (arguments.isEmpty() || !arguments.pop().equals("verify")) {
            throw new UsageException("./sosia audit verify");
        }
        return check(arguments, true, "Both logs are whole: no entry altered, moved or missing.");
    }

    private int check(Deque<String> arguments, boolean logsOnly, String praise) throws LaunchException {
        var options = options(arguments);
        var running = new RunState(options.data()).read(project, options.data());
        int violations = new Check(running.orElse(options)).run(console, logsOnly);
        console.say(violations == 0 ? praise : violations + " violations.");
        return violations == 0 ? 0 : 1;
    }

    private void describe(Stack stack) throws LaunchException {
        console.say("");
        if (stack.options().parts().contains(Part.PAYARA)) {
            console.say("Sosia     " + stack.baseUrl());
            console.say("API       " + stack.api());
        }
        console.say("Keycloak  " + stack.issuer());
        if (!stack.options().demo()) {
            console.say("          administrator: admin, password in "
                    + stack.options().data().resolve("secrets/keycloak-admin"));
            return;
        }
        console.say("");
        console.say(
                String.format(Locale.ROOT, "%-18s %-16s %-24s %s", "Sign in as", "role", "password", "one-time code"));
        for (var person : DemoPeople.all()) {
            console.say(String.format(
                    Locale.ROOT,
                    "%-18s %-16s %-24s %s",
                    person.name(),
                    person.role(),
                    stack.password(person.name()),
                    "./sosia otp " + person.name()));
        }
    }
}
