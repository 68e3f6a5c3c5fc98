package org.sosia.alerts;

import jakarta.enterprise.context.Dependent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The port by which the other capabilities report an attack. */
@Dependent
public class Incidents {

    /**
     * Writes an incident, or counts it to the one that is still fresh, and queues the call to the outside; all in one transaction.
     *
     * @param technique how the attack goes
     * @param record the record it went for, or null
     * @return the incident
     */
    public UUID raise(Technique technique, @Nullable UUID record) {
        throw new UnsupportedOperationException();
    }
}
