package org.sosia.launcher;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What runs on a data folder, for people and for programs. */
final class StatusReport {

    private final Optional<Stack> stack;
    private final Map<String, Boolean> servers = new LinkedHashMap<>();

    StatusReport(Path project, Path data) throws LaunchException {
        stack = Stack.attachEvenInParts(project, data);
        if (stack.isPresent()) {
            var found = stack.get();
            servers.putAll(found.processes());
            // A process that lives may still not answer.
            servers.computeIfPresent("payara", (name, alive) -> alive && found.isReady());
            servers.computeIfPresent("keycloak", (name, alive) -> alive && Web.status(found.issuer()) == 200);
        }
    }

    boolean isHealthy() {
        return !servers.isEmpty() && !servers.containsValue(false);
    }

    String text() {
        if (stack.isEmpty()) {
            return "Nothing runs.";
        }
        var text = new StringBuilder();
        servers.forEach(
                (name, well) -> text.append(String.format(Locale.ROOT, "%-10s %s%n", name, well ? "up" : "DOWN")));
        text.append("Sosia      ").append(stack.get().baseUrl());
        return text.toString();
    }

    String json() {
        var object = Json.createObjectBuilder().add("running", isHealthy());
        if (stack.isPresent()) {
            var found = stack.get();
            var options = found.options();
            object.add("base", found.baseUrl().toString())
                    .add("api", found.api().toString())
                    .add("issuer", found.issuer().toString())
                    .add("demo", options.demo())
                    .add("server", options.server() == ServerKind.MICRO ? "micro" : "ear")
                    .add(
                            "ports",
                            Json.createObjectBuilder()
                                    .add("http", options.http())
                                    .add("keycloak", options.keycloak())
                                    .add("store-a", options.storeA())
                                    .add("store-b", options.storeB()))
                    .add("versions", versions());
            var health = Json.createObjectBuilder();
            servers.forEach(health::add);
            object.add("health", health);
        }
        var text = new StringWriter();
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.writeObject(object.build());
        }
        return text.toString().strip();
    }

    private static JsonObject versions() {
        return Json.createObjectBuilder()
                .add("sosia", Versions.of("sosia"))
                .add("payara", Versions.of("payara"))
                .add("keycloak", Versions.of("keycloak"))
                .add("postgresql", Versions.of("postgresql"))
                .add("java", Runtime.version().toString())
                .build();
    }
}
