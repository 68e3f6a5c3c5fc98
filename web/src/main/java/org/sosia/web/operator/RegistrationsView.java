package org.sosia.web.operator;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Caller;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.registration.NoSuchPersonException;
import org.sosia.registration.RegistrationState;
import org.sosia.registration.RegistrationView;
import org.sosia.registration.Registrations;
import org.sosia.registration.SecondPersonNeededException;
import org.sosia.web.shell.CursorModel;
import org.sosia.web.shell.Screen;

/** Backs the list on which persons are approved and taken out. */
@Named("registrations")
@ViewScoped
public class RegistrationsView implements Serializable {
    @Inject
    Registrations registrations;

    @Inject
    Caller caller;

    @Inject
    Screen screen;

    private String subject = "";
    private String name = "";
    private String words = "";
    private @Nullable RegistrationState state;
    private final CursorModel<RegistrationView> rows =
            new CursorModel<>((after, limit) -> registrations.search(words, state, after, limit));

    /** Approves a person whom somebody else registered: her keys are made. */
    public void approve(RegistrationView person)
            throws NoSuchPersonException, StepUpRequiredException, IntegrityException {
        try {
            registrations.approve(person.subject());
            screen.done("registrations.approved", person.name());
        } catch (SecondPersonNeededException ownDoing) {
            screen.refuse("registrations.second");
        }
    }

    /** Whether somebody else has to approve this person. */
    public boolean isRegisteredByCaller(RegistrationView person) {
        return caller.subject().equals(person.registrant());
    }

    /** The confirmation is about this person from now on. */
    public void choose(RegistrationView person) {
        subject = person.subject();
        name = person.name();
    }

    /** Takes the person chosen out. */
    public void disable() throws NoSuchPersonException, IntegrityException {
        registrations.disable(subject);
        screen.done("registrations.disabled", name);
    }

    public CursorModel<RegistrationView> getRows() {
        return rows;
    }

    public String getName() {
        return name;
    }

    public RegistrationState[] getStates() {
        return RegistrationState.values();
    }

    public @Nullable RegistrationState getState() {
        return state;
    }

    public void setState(@Nullable RegistrationState state) {
        this.state = state;
    }

    public String getWords() {
        return words;
    }

    public void setWords(@Nullable String words) {
        this.words = words == null ? "" : words;
    }
}
