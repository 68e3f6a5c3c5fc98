package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.sosia.identity.Credentials;

/** Leads work that no caller asked for through both hospitals, one after the other, by the same code. */
@ApplicationScoped
public class Rounds {

    @Inject
    Hospitals hospitals;

    @Inject
    Outbox outbox;

    /** Both hospitals. Opened when they are asked for; a store that does not answer then is an unchecked exception. */
    public List<Hospital> hospitals() {
        return List.of(hospitals.real(), hospitals.twin());
    }

    /** Whom the entries of such work name in an audit chain. */
    public Credentials house() {
        return outbox.house();
    }
}
