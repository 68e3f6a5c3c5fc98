package org.sosia.web.authority;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.registration.Registrations;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the form on which the key authority says who a person is and what she holds. */
@Named("register")
@ViewScoped
public class RegisterView implements Serializable {
    private static final Set<String> FIELDS = Set.of("subject", "name", "role", "attributes", "linkedPatient");
    private static final List<String> ROLES = Roles.ALL.stream().sorted().toList();

    @Inject
    Registrations registrations;

    @Inject
    Screen screen;

    private @Nullable String subject;
    private @Nullable String name;
    private String role = Roles.DOCTOR;
    private @Nullable String attributes;
    private @Nullable String linkedPatient;

    /** Registers the person, who then waits for the operator's approval. */
    public void save() throws IntegrityException {
        try {
            var link = patient();
            if (linkedPatient != null && link.isEmpty()) {
                screen.refuseAt("register:linkedPatient", "register.rule.linkedpatient");
                return;
            }
            registrations.register(text(subject), text(name), role, split(attributes), link.orElse(null));
            screen.done("register.done", text(name));
            subject = null;
            name = null;
            attributes = null;
            linkedPatient = null;
        } catch (InvalidValueException refused) {
            var field = FIELDS.contains(refused.field()) ? refused.field() : "subject";
            screen.refuseAt("register:" + field, "register.rule." + field.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Attributes between commas, blanks or line ends. */
    static Set<String> split(@Nullable String text) {
        return text == null
                ? Set.of()
                : Arrays.stream(text.split("[,;\\s]+"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<UUID> patient() {
        return Identifiers.parse(linkedPatient);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }

    public List<String> getRoles() {
        return ROLES;
    }

    public @Nullable String getSubject() {
        return subject;
    }

    public void setSubject(@Nullable String subject) {
        this.subject = subject;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public @Nullable String getAttributes() {
        return attributes;
    }

    public void setAttributes(@Nullable String attributes) {
        this.attributes = attributes;
    }

    public @Nullable String getLinkedPatient() {
        return linkedPatient;
    }

    public void setLinkedPatient(@Nullable String linkedPatient) {
        this.linkedPatient = linkedPatient;
    }
}
