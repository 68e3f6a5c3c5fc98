package org.sosia.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fictional people of the demo. Their passwords are no secrets, they follow from the names; what makes their one-time
 * codes is drawn at the first start.
 */
final class DemoPeople {

    /** A person who may sign in; the account itself stands in {@code config/keycloak/demo-users.json}. */
    record DemoPerson(String name, String role, String about) {}

    private static final List<DemoPerson> ALL = List.of(
            new DemoPerson("olga.owner", "data-owner", "records office"),
            new DemoPerson("pat.patient", "patient", "a patient"),
            new DemoPerson("dora.doctor", "doctor", "cardiology"),
            new DemoPerson("carl.cloud", "cloud-operator", "runs the store"),
            new DemoPerson("kim.keys", "key-authority", "issues keys"),
            new DemoPerson("sam.security", "security-desk", "watches alerts"),
            new DemoPerson("derek.doctor", "doctor", "oncology"),
            new DemoPerson("otto.owner", "data-owner", "another ward"),
            new DemoPerson("kara.keys", "key-authority", "issues keys, with others"),
            new DemoPerson("kofi.keys", "key-authority", "issues keys, with others"),
            new DemoPerson("uma.unregistered", "doctor", "not registered"),
            new DemoPerson("honey.doctor", "doctor", "a planted account"));

    private final Secrets secrets;

    DemoPeople(Secrets secrets) {
        this.secrets = secrets;
    }

    static List<DemoPerson> all() {
        return ALL;
    }

    /** The first person of a role, who stands for it. */
    static Optional<DemoPerson> ofRole(String role) {
        return ALL.stream().filter(person -> person.role().equals(role)).findFirst();
    }

    static List<String> roles() {
        return ALL.stream().map(DemoPerson::role).distinct().toList();
    }

    static boolean isKnown(String name) {
        return ALL.stream().anyMatch(person -> person.name().equals(name));
    }

    /** For the people above it follows from the name; for the other planted accounts nobody is to know it. */
    String password(String name) throws LaunchException {
        if (isKnown(name)) {
            return "demo-" + name.replace('.', '-');
        }
        return OneTimeCode.base32(derive("password " + name));
    }

    /** The secret behind a person's codes, as an authenticator app takes it. */
    String codeSecret(String name) throws LaunchException {
        return OneTimeCode.base32(derive("code " + name));
    }

    /** The code that the person's authenticator app would show now. */
    String code(String name) throws LaunchException {
        return OneTimeCode.at(derive("code " + name), Instant.now());
    }

    private byte[] derive(String what) throws LaunchException {
        byte[] key = secrets.value("demo-people").getBytes(UTF_8);
        return Arrays.copyOf(OneTimeCode.hmac("HmacSHA256", key, what.getBytes(UTF_8)), 20);
    }
}
