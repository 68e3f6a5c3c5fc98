package org.sosia.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sosia running on this machine: two PostgreSQL servers, Keycloak and the application.
 *
 * <p>Its life: {@link #start} returns when everything answers, or leaves nothing running. The servers are processes of their
 * own and outlive this program; whoever finds the same data folder later gets hold of them with {@link #attach}. {@link
 * #close} ends them; data stay.
 */
public final class Stack implements AutoCloseable {

    private final Options options;
    private final Secrets secrets;
    private final DemoPeople people;
    private final Distribution distribution;
    private final PostgresServer storeA;
    private final PostgresServer storeB;
    private final KeycloakServer keycloak;
    private final Application application;
    private final RunState state;

    private Stack(Options options) throws LaunchException {
        this.options = options;
        Path data = options.data();
        this.secrets = new Secrets(data.resolve("secrets"));
        this.people = new DemoPeople(secrets);
        this.distribution = new Distribution(options.project());
        this.storeA = new PostgresServer("store-a", options.storeA(), data, secrets);
        this.storeB = new PostgresServer("store-b", options.storeB(), data, secrets);
        this.keycloak = new KeycloakServer(options.keycloak(), data, secrets);
        this.application = switch (options.server()) {
            case MICRO -> new PayaraMicro(data);
            case EAR -> new PayaraServer(data);
        };
        this.state = new RunState(data);
    }

    /** Starts what the options ask for and waits until it answers; on failure everything is stopped again. */
    public static Stack start(Options options) throws LaunchException {
        return start(options, Progress.SILENT);
    }

    /** As above, telling each step. */
    public static Stack start(Options options, Progress progress) throws LaunchException {
        var stack = new Stack(options);
        stack.state.alone(() -> {
            stack.clearRemains(progress);
            stack.refuseWhatCannotWork();
            try {
                stack.startAll(progress);
            } catch (LaunchException failed) {
                // Whoever is told to end still ends the servers in good order.
                boolean interrupted = Thread.interrupted();
                stack.stopAll(Progress.SILENT);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw failed;
            }
        });
        return stack;
    }

    /** The stack that runs on this data folder; empty if none does, or only parts of one. */
    public static Optional<Stack> attach(Path project, Path data) throws LaunchException {
        Optional<Options> options = new RunState(data).read(project, data);
        if (options.isEmpty()) {
            return Optional.empty();
        }
        var stack = new Stack(options.get());
        return stack.isWhole() ? Optional.of(stack) : Optional.empty();
    }

    /** The same, even if some of its servers have ended. */
    static Optional<Stack> attachEvenInParts(Path project, Path data) throws LaunchException {
        Optional<Options> options = new RunState(data).read(project, data);
        return options.isEmpty() ? Optional.empty() : Optional.of(new Stack(options.get()));
    }

    /** Ends whatever was started on this data folder, whole or not; says whether there was anything. */
    public static boolean stop(Path project, Path data, Progress progress) throws LaunchException {
        if (!Files.isDirectory(data)) {
            return false;
        }
        var options = new RunState(data)
                .read(project, data)
                .orElse(Options.defaults(project).withData(data));
        var stack = new Stack(options);
        boolean any =
                stack.children().stream().anyMatch(child -> child.running().isPresent());
        stack.state.alone(() -> stack.stopAll(any ? progress : Progress.SILENT));
        return any;
    }

    /** The same, letting another start or stop on this folder come to its end first. */
    static void stopWhenPossible(Path project, Path data, Duration patience, Progress progress) throws LaunchException {
        var deadline = Instant.now().plus(patience);
        var state = new RunState(data);
        while (Files.isDirectory(data) && state.isBusy() && Instant.now().isBefore(deadline)) {
            Child.pause();
        }
        stop(project, data, progress);
    }

    // --- starting ------------------------------------------------------------------------------------------------

    private void clearRemains(Progress progress) throws LaunchException {
        if (isWhole() && state.exists()) {
            throw new LaunchException("it already runs, at " + baseUrl());
        }
        List<Child> left =
                children().stream().filter(child -> child.running().isPresent()).toList();
        if (!left.isEmpty()) {
            progress.step("an earlier start has left "
                    + String.join(", ", left.stream().map(Child::name).toList())
                    + " running without the rest: stopping");
            stopAll(progress);
        }
    }

    private void refuseWhatCannotWork() throws LaunchException {
        if (options.http() == options.keycloak() || options.storeA() == options.storeB()) {
            throw new LaunchException("two servers cannot share one port");
        }
        if (has(Part.POSTGRES)) {
            if (!options.isExternal("store-a")) {
                Ports.requireFree(options.storeA(), "PostgreSQL, store A", "--store-a-port");
            }
            if (!options.isExternal("store-b")) {
                Ports.requireFree(options.storeB(), "PostgreSQL, store B", "--store-b-port");
            }
        }
        if (has(Part.KEYCLOAK) && !options.hasExternalKeycloak()) {
            Ports.requireFree(options.keycloak(), "Keycloak", "--keycloak-port");
        }
        if (has(Part.PAYARA)) {
            Ports.requireFree(options.http(), "the application", "--http-port");
        }
        state.requireSameKind(options.demo());
        int needed = 0;
        needed += has(Part.POSTGRES) ? 150 : 0;
        needed += has(Part.KEYCLOAK) ? 550 : 0;
        needed += has(Part.PAYARA) ? options.heapMegabytes() + 300 : 0;
        Memory.require(needed);
    }

    private void startAll(Progress progress) throws LaunchException {
        state.write(options);
        ExecutorService workers = Executors.newFixedThreadPool(4, task -> {
            var thread = new Thread(task, "sosia-start");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> stores = new ArrayList<>();
            if (has(Part.POSTGRES)) {
                Path home = needsEmbeddedStore() ? distribution.postgresHome() : options.data();
                for (var store : embeddedStores()) {
                    stores.add(workers.submit(() -> {
                        store.start(home);
                        progress.step("PostgreSQL " + store.child().name() + " ready");
                        return null;
                    }));
                }
            }
            List<Future<?>> rest = new ArrayList<>();
            if (has(Part.KEYCLOAK) && !options.hasExternalKeycloak()) {
                progress.step("starting Keycloak");
                rest.add(workers.submit(() -> {
                    keycloak.start(distribution, options, people);
                    progress.step("Keycloak ready");
                    return null;
                }));
            }
            awaitAll(stores);
            if (has(Part.PAYARA)) {
                progress.step("starting the application");
                rest.add(workers.submit(() -> {
                    application.start(distribution, options, applicationSettings());
                    progress.step("application deployed");
                    return null;
                }));
            }
            awaitAll(rest);
            if (has(Part.PAYARA)) {
                awaitReady(Duration.ofMinutes(3));
                progress.step("application ready");
            }
        } finally {
            endWorkers(workers);
        }
    }

    /** Returns when no worker can start another process. */
    private static void endWorkers(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            // Unpacking is what takes longest to notice.
            workers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAll(List<Future<?>> started) throws LaunchException {
        boolean all = false;
        while (!all) {
            all = true;
            for (var each : started) {
                if (each.isDone()) {
                    // Throws for the first that failed, without waiting for the others.
                    result(each);
                } else {
                    all = false;
                }
            }
            if (!all) {
                Child.pause();
            }
        }
    }

    private static void result(Future<?> done) throws LaunchException {
        try {
            done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LaunchException known) {
                throw known;
            }
            throw new LaunchException("the start failed: " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LaunchException("stopped while starting", stopped);
        }
    }

    /** The settings of the application; those given by hand win. */
    private Map<String, String> applicationSettings() throws LaunchException {
        var settings = new LinkedHashMap<String, String>();
        putStore(settings, storeA, "store-a", options.storeA());
        putStore(settings, storeB, "store-b", options.storeB());
        settings.put("sosia.keys.dir", options.data().resolve("keys").toString());
        settings.put("sosia.copies.dir", options.data().resolve("copies").toString());
        settings.put("sosia.oidc.issuer", options.issuer());
        settings.put("sosia.oidc.client-id", "sosia-web");
        settings.put(
                "sosia.oidc.client-secret-file",
                secrets.file("sosia-web-client").toString());
        settings.put("sosia.api.audience", "sosia-api");
        settings.put("sosia.base-url", options.baseUrl());
        settings.put("sosia.webhook.secret-file", secrets.file("webhook").toString());
        if (options.demo()) {
            settings.put(
                    "sosia.bootstrap.persons",
                    distribution.demoFolder().resolve("persons.json").toString());
        }
        // What the environment says must not be hidden by our defaults: system properties rank above it.
        settings.keySet()
                .removeIf(key -> !options.settings().containsKey(key)
                        && options.setting(key).isPresent());
        settings.putAll(options.settings());
        for (String own : List.of("keys", "copies")) {
            Path folder = options.data().resolve(own);
            Child.createFolder(folder);
            try {
                Secrets.restrict(folder, "rwx------");
            } catch (IOException refused) {
                throw new LaunchException("cannot protect the folder of " + own + ": " + refused.getMessage(), refused);
            }
        }
        return settings;
    }

    private void putStore(Map<String, String> settings, PostgresServer server, String store, int port)
            throws LaunchException {
        if (!options.isExternal(store)) {
            settings.put("sosia." + store + ".host", "127.0.0.1");
            settings.put("sosia." + store + ".port", Integer.toString(port));
            settings.put("sosia." + store + ".database", server.database());
            settings.put("sosia." + store + ".user", server.user());
            settings.put(
                    "sosia." + store + ".password-file", server.passwordFile().toString());
        }
    }

    // --- what runs ------------------------------------------------------------------------------------------------

    private boolean has(Part part) {
        return options.parts().contains(part);
    }

    private boolean needsEmbeddedStore() {
        return !embeddedStores().isEmpty();
    }

    private List<PostgresServer> embeddedStores() {
        List<PostgresServer> servers = new ArrayList<>();
        if (!options.isExternal("store-a")) {
            servers.add(storeA);
        }
        if (!options.isExternal("store-b")) {
            servers.add(storeB);
        }
        return servers;
    }

    private List<Child> children() {
        return List.of(application.child(), keycloak.child(), storeA.child(), storeB.child());
    }

    /** The servers that this stack consists of, and whether each runs. */
    Map<String, Boolean> processes() {
        Map<String, Boolean> found = new LinkedHashMap<>();
        if (has(Part.POSTGRES)) {
            embeddedStores()
                    .forEach(server -> found.put(
                            server.child().name(), server.child().running().isPresent()));
        }
        if (has(Part.KEYCLOAK) && !options.hasExternalKeycloak()) {
            found.put("keycloak", keycloak.child().running().isPresent());
        }
        if (has(Part.PAYARA)) {
            found.put("payara", application.child().running().isPresent());
        }
        return found;
    }

    private boolean isWhole() {
        var all = processes();
        return !all.isEmpty() && !all.containsValue(false);
    }

    /** What the stack was started with. */
    public Options options() {
        return options;
    }

    /** Where a browser goes, without a slash at the end. */
    public URI baseUrl() {
        return URI.create(options.baseUrl());
    }

    /** Where programs go, without a slash at the end. */
    public URI api() {
        return URI.create(options.baseUrl() + "/api/v1");
    }

    /** The realm's address. */
    public URI issuer() {
        return URI.create(options.issuer());
    }

    /** Whether the application says now that everything it needs is there. */
    public boolean isReady() {
        return Web.status(readiness()) == 200;
    }

    private URI readiness() {
        return URI.create("http://127.0.0.1:" + options.http() + "/health/ready");
    }

    /** Waits until the application says that everything it needs is there. */
    public void awaitReady(Duration patience) throws LaunchException {
        var deadline = Instant.now().plus(patience);
        while (!isReady()) {
            if (application.child().running().isEmpty()) {
                throw new LaunchException(
                        "the application ended. Its log, " + application.child().log() + ", says last:"
                                + System.lineSeparator() + application.child().lastLines(15));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LaunchException("the application is not ready; see " + readiness() + " and "
                        + application.child().log());
            }
            Child.pause();
        }
    }

    // --- people ---------------------------------------------------------------------------------------------------

    /**
     * An access token of a demo person, by the real sign-in.
     *
     * @param who a role (then its first demo person), or a demo person's name
     * @param level 2 for password and one-time code, 1 for the password alone
     * @param client the client that asks, {@code sosia-cli} for the application's own
     */
    public String token(String who, int level, String client) throws LaunchException {
        String name = DemoPeople.ofRole(who).map(DemoPeople.DemoPerson::name).orElse(who);
        return token(name, people.password(name), level, client);
    }

    /** The same with a password of the caller's choice, right or wrong. */
    public String token(String name, String password, int level, String client) throws LaunchException {
        return new SignIn(options.issuer()).token(client, level, name, password, () -> people.code(name));
    }

    /** The password of a demo person. */
    public String password(String name) throws LaunchException {
        return people.password(name);
    }

    /** The one-time code that a demo person's authenticator shows now. */
    public String otp(String name) throws LaunchException {
        return people.code(name);
    }

    /** Loads the demo's patients and records as far as they are missing. */
    public void loadDemo(Progress progress) throws LaunchException {
        String token = token("data-owner", 2, "sosia-cli");
        int made = new Seeder(api(), token).load(distribution.demoFolder());
        progress.step(made == 0 ? "the demo hospital is there already" : "demo hospital loaded");
    }

    // --- single parts, for tests of outages -----------------------------------------------------------------------

    /** Ends one store's server and nothing else. */
    public void stopStore(char which) {
        store(which).stop();
    }

    /** Kills one store's server with all its processes, as a power failure would. */
    public void killStore(char which) {
        store(which).child().kill();
    }

    /** Kills the application's server. */
    public void killApplication() {
        application.child().kill();
    }

    /** Starts the application again with the settings it had; returns when it is deployed. */
    public void startApplication() throws LaunchException {
        application.start(distribution, options, applicationSettings());
    }

    /** Starts it again on the same port and data; does nothing if it runs. */
    public void startStore(char which) throws LaunchException {
        if (store(which).child().running().isPresent()) {
            return;
        }
        store(which).start(distribution.postgresHome());
    }

    /** The JDBC address, role and password file of a store, for looking in as a thief would. */
    public StoreAddress storeAddress(char which) throws LaunchException {
        var server = store(which);
        return new StoreAddress(server.jdbcUrl(), server.user(), server.passwordFile());
    }

    /** How to reach a store's database. */
    public record StoreAddress(String jdbcUrl, String user, Path passwordFile) {}

    private PostgresServer store(char which) {
        return switch (which) {
            case 'a' -> storeA;
            case 'b' -> storeB;
            default -> throw new IllegalArgumentException("the stores are a and b");
        };
    }

    // --- ending ---------------------------------------------------------------------------------------------------

    /** Ends every server of this stack; data stay. */
    @Override
    public void close() throws LaunchException {
        state.alone(() -> stopAll(Progress.SILENT));
    }

    private void stopAll(Progress progress) {
        // The application first: then the databases have nobody left to cut off.
        Stream.<Runnable>of(application::stop, keycloak::stop).parallel().forEach(Runnable::run);
        Stream.<Runnable>of(storeA::stop, storeB::stop).parallel().forEach(Runnable::run);
        state.forget();
        progress.step("stopped");
    }
}
