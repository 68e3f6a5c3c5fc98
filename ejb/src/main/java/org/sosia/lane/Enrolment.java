package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.policy.Attribute;
import org.sosia.decoy.Forge;
import org.sosia.identity.Credentials;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.PersonState;

/**
 * Puts the same people into both hospitals, so that the twin's registrations, policies and inboxes are as alive as the real ones. In
 * the twin they carry made-up names. Hands out nothing of either hospital.
 */
@ApplicationScoped
public class Enrolment {
    @Inject
    Hospitals hospitals;

    @Inject
    Outbox outbox;

    @Inject
    @ConfigProperty(name = "sosia.locale", defaultValue = "en")
    String locale;

    Clock clock = Clock.systemUTC();

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
            case DISABLED -> twin.persons().disable(twins, person.since(), event);
        }
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
                person.subject(), person.since(), name, person.roles(), person.attributes(), person.patients());
    }
}
