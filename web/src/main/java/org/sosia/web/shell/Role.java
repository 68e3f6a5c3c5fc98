package org.sosia.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A role of the realm with the folder that is its part of the system.
 *
 * @param name the realm's name for it
 * @param folder where its pages are
 * @param entries its pages, the start page first
 */
record Role(String name, String folder, List<Entry> entries) {
    private static final List<Role> ALL = List.of(
            new Role(
                    "data-owner",
                    "/owner/",
                    List.of(
                            new Entry("index", "home", "pi-home"),
                            new Entry("patients", "patients", "pi-users"),
                            new Entry("upload", "upload", "pi-cloud-upload"),
                            new Entry("search", "search", "pi-search"),
                            new Entry("requests", "requests", "pi-inbox"),
                            new Entry("searchers", "searchers", "pi-images"),
                            new Entry("emergency", "emergency", "pi-bolt"))),
            new Role(
                    "doctor",
                    "/doctor/",
                    List.of(
                            new Entry("index", "patients", "pi-users"),
                            new Entry("search", "search", "pi-search"),
                            new Entry("requests", "asked", "pi-inbox"),
                            new Entry("similar", "similar", "pi-images"),
                            new Entry("emergency", "emergency", "pi-bolt"),
                            new Entry("key", "own-key", "pi-key"))),
            new Role(
                    "patient",
                    "/patient/",
                    List.of(
                            new Entry("index", "mine", "pi-id-card"),
                            new Entry("readers", "readers", "pi-eye"),
                            new Entry("emergency", "emergency", "pi-bolt"),
                            new Entry("key", "own-key", "pi-key"))),
            new Role(
                    "cloud-operator",
                    "/operator/",
                    List.of(
                            new Entry("index", "sealed", "pi-database"),
                            new Entry("requests", "requests", "pi-inbox"),
                            new Entry("registrations", "registrations", "pi-users"))),
            new Role(
                    "key-authority",
                    "/authority/",
                    List.of(
                            new Entry("index", "attributes", "pi-key"),
                            new Entry("holders", "holders", "pi-id-card"),
                            new Entry("orders", "orders", "pi-inbox"),
                            new Entry("council", "council", "pi-users"),
                            new Entry("keys", "keys", "pi-lock"),
                            new Entry("emergency", "emergency", "pi-bolt"))),
            new Role(
                    "security-desk",
                    "/security/",
                    List.of(
                            new Entry("index", "incidents", "pi-shield"),
                            new Entry("audit", "audit", "pi-list"),
                            new Entry("emergency", "emergency", "pi-bolt"))));

    /** The roles of whoever sent the request. */
    static Stream<Role> of(HttpServletRequest request) {
        return ALL.stream().filter(role -> request.isUserInRole(role.name));
    }

    /** Whether it has a page on which records are recovered. */
    boolean mayRecover() {
        return name.equals("data-owner") || name.equals("patient");
    }

    String label() {
        return "role." + name;
    }

    String home() {
        return folder + "index.xhtml";
    }

    Stream<Place> places(String currentPath) {
        return entries.stream().map(entry -> {
            var path = folder + entry.page + ".xhtml";
            return new Place(path, "nav." + entry.word, entry.icon, path.equals(currentPath));
        });
    }

    private record Entry(String page, String word, String icon) {}
}
