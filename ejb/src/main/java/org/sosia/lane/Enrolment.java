package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.decoy.Forge;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.PersonState;

/**
 * Puts the same people into both hospitals, so that the twin's registrations, policies and inboxes are as alive as the real ones. In
 * the twin they carry made-up names. Hands out nothing of either hospital.
 */
@ApplicationScoped
public class Enrolment {
    private static final Logger LOG = Logger.getLogger(Enrolment.class.getName());

    @Inject
    Hospitals hospitals;

    @Inject
    Outbox outbox;

    @Inject
    @ConfigProperty(name = "sosia.locale", defaultValue = "en-GB")
    String locale;

    Clock clock = Clock.systemUTC();

    /** Whom this node knows to be one of the twin's people. */
    private final Set<String> acquainted = ConcurrentHashMap.newKeySet();

    /**
     * Registers and approves a person in both hospitals. Whoever is known already stays as she is, so this can be repeated.
     *
     * @throws GeneralSecurityException if what is known of her does not open
     */
    public void enrol(String subject, String name, Set<String> roles, Set<Attribute> attributes, Set<UUID> patients)
            throws GeneralSecurityException {
        Hospital real = hospitals.real();
        Optional<RegisteredPerson> known = real.persons().find(subject);
        if (known.isEmpty()) {
            Instant now = clock.instant();
            RegisteredPerson fresh = RegisteredPerson.pending(subject, now, name, roles, attributes, patients);
            known = Optional.of(real.persons()
                    .approve(fresh, now, real.event(outbox.house(), "ENROL", null, Map.of("person", subject))));
        }
        mirror(known.get(), outbox.house());
    }

    /**
     * Lets the twin hospital follow what became of a person in the real one.
     *
     * @param person as the real hospital knows her now
     * @param who on whose behalf
     * @throws GeneralSecurityException if what the twin knows of her does not open
     */
    public void mirror(RegisteredPerson person, Credentials who) throws GeneralSecurityException {
        Hospital twin = hospitals.twin();
        Optional<RegisteredPerson> known = twin.persons().find(person.subject());
        if (known.map(RegisteredPerson::state).filter(person.state()::equals).isPresent()) {
            return;
        }
        RegisteredPerson twins = known.isPresent() ? known.get() : counterpart(person);
        var event = twin.event(who, "ENROL", null, Map.of("person", person.subject()));
        switch (person.state()) {
            case PENDING -> twin.persons().save(twins.in(PersonState.PENDING, person.since()), event);
            case APPROVED -> twin.persons().approve(twins, person.since(), event);
            case DISABLED -> {
                if (known.isEmpty()) {
                    twin.persons().save(twins, event);
                }
                twin.persons().disable(person.subject(), person.since(), event);
            }
        }
    }

    /**
     * Makes whoever is in the twin hospital for the first time one of its people, so that what they do there works. Nobody is asked
     * whether the real hospital knows them.
     */
    void acquaint(Credentials who) {
        if (who.subject().isBlank() || !acquainted.add(who.subject())) {
            return;
        }
        try {
            Hospital twin = hospitals.twin();
            if (twin.persons().find(who.subject()).isEmpty()) {
                Instant now = clock.instant();
                twin.persons()
                        .approve(
                                stranger(who, now),
                                now,
                                twin.event(outbox.house(), "ENROL", null, Map.of("person", who.subject())));
            }
        } catch (GeneralSecurityException | RuntimeException notNow) {
            acquainted.remove(who.subject());
            LOG.log(Level.WARNING, "a newcomer could not be enrolled", notNow);
        }
    }

    private RegisteredPerson stranger(Credentials who, Instant now) throws GeneralSecurityException {
        Set<String> roles = new HashSet<>(who.roles());
        roles.retainAll(Roles.ALL);
        Set<Attribute> attributes = new HashSet<>();
        for (String role : roles) {
            try {
                attributes.add(Attribute.parse("role:" + role));
            } catch (PolicySyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        String name = outbox.forge().staffName(who.subject(), Locale.forLanguageTag(locale));
        return RegisteredPerson.pending(who.subject(), now, name, roles, attributes, Set.of());
    }

    private RegisteredPerson counterpart(RegisteredPerson person) throws GeneralSecurityException {
        Forge forge = outbox.forge();
        Locale spoken = Locale.forLanguageTag(locale);
        // A patient's account goes by the name that the twin's file of that patient has.
        String name = person.patients().stream()
                .findFirst()
                .map(patient -> forge.patient(patient, spoken).name())
                .orElseGet(() -> forge.staffName(person.subject(), spoken));
        return RegisteredPerson.pending(
                        person.subject(), person.since(), name, person.roles(), person.attributes(), person.patients())
                .registeredBy(person.registrant().orElse(null));
    }
}
