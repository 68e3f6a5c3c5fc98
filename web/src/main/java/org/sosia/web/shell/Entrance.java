package org.sosia.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Backs the public start page: a person who is signed in goes on to her own. */
@Named
@RequestScoped
public class Entrance {
    @Inject
    Person person;

    @Inject
    Navigation navigation;

    @Inject
    Screen screen;

    /** Sends a signed-in person to her role's start page. */
    public void enter() {
        if (person.isSignedIn() && navigation.isWelcome()) {
            screen.goTo(navigation.getHome());
        }
    }
}
