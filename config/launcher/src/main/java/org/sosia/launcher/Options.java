package org.sosia.launcher;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to start and where.
 *
 * @param project the project's folder, which holds the built artefacts
 * @param data the folder for everything that a stack keeps: databases, secrets, logs, pid files
 * @param http the application's port
 * @param keycloak Keycloak's port; its health probe answers on a port of its own
 * @param storeA the first PostgreSQL server's port
 * @param storeB the second PostgreSQL server's port
 * @param demo whether to plant the demo's people and records
 * @param parts what to start
 * @param server where the application runs
 * @param heapMegabytes the application's heap
 * @param settings {@code sosia.*} settings that go to the application as they are and win over the launcher's own
 */
public record Options(
        Path project,
        Path data,
        int http,
        int keycloak,
        int storeA,
        int storeB,
        boolean demo,
        Set<Part> parts,
        ServerKind server,
        int heapMegabytes,
        Map<String, String> settings) {

    /** Copies what may change. */
    public Options {
        parts = Set.copyOf(parts);
        settings = Map.copyOf(settings);
    }

    /** The whole stack on its default ports, keeping its data in {@code .sosia} below the project. */
    public static Options defaults(Path project) {
        return new Options(
                project,
                project.resolve(".sosia"),
                8080,
                8180,
                54321,
                54322,
                false,
                EnumSet.allOf(Part.class),
                ServerKind.MICRO,
                512,
                Map.of());
    }

    /** The whole stack with the demo's people on ports that are free now: for tests. */
    public static Options onFreePorts(Path project, Path data) throws LaunchException {
        int[] free = Ports.free(4);
        return new Options(
                project,
                data,
                free[0],
                free[1],
                free[2],
                free[3],
                true,
                EnumSet.allOf(Part.class),
                ServerKind.MICRO,
                512,
                Map.of());
    }

    /** The same, keeping its data elsewhere. */
    public Options withData(Path folder) {
        return new Options(
                project, folder, http, keycloak, storeA, storeB, demo, parts, server, heapMegabytes, settings);
    }

    /** The same on other ports. */
    public Options withPorts(int newHttp, int newKeycloak, int newStoreA, int newStoreB) {
        return new Options(
                project,
                data,
                newHttp,
                newKeycloak,
                newStoreA,
                newStoreB,
                demo,
                parts,
                server,
                heapMegabytes,
                settings);
    }

    /** The same, with the demo's people or without. */
    public Options withDemo(boolean planted) {
        return new Options(
                project, data, http, keycloak, storeA, storeB, planted, parts, server, heapMegabytes, settings);
    }

    /** The same, starting these parts only. */
    public Options withParts(Set<Part> some) {
        return new Options(project, data, http, keycloak, storeA, storeB, demo, some, server, heapMegabytes, settings);
    }

    /** The same on the other server. */
    public Options withServer(ServerKind kind) {
        return new Options(project, data, http, keycloak, storeA, storeB, demo, parts, kind, heapMegabytes, settings);
    }

    /** The same with another heap for the application. */
    public Options withHeapMegabytes(int megabytes) {
        return new Options(project, data, http, keycloak, storeA, storeB, demo, parts, server, megabytes, settings);
    }

    /** The same with one more setting for the application. */
    public Options withSetting(String key, String value) {
        var more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new Options(project, data, http, keycloak, storeA, storeB, demo, parts, server, heapMegabytes, more);
    }

    /** A setting given by hand: as an option, or in the environment under MicroProfile's name for it. */
    Optional<String> setting(String key) {
        String given = settings.get(key);
        if (given != null) {
            return Optional.of(given);
        }
        String variable = key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getenv(variable));
    }

    /** Whether somebody else runs the server of this store. */
    boolean isExternal(String store) {
        return setting("sosia." + store + ".host").isPresent();
    }

    /** Whether somebody else runs Keycloak. */
    boolean hasExternalKeycloak() {
        return setting("sosia.oidc.issuer").isPresent();
    }

    String baseUrl() {
        return setting("sosia.base-url").orElse("http://localhost:" + http);
    }

    String issuer() {
        return setting("sosia.oidc.issuer").orElse("http://localhost:" + keycloak + "/realms/sosia");
    }
}
