package org.sosia.recovery;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Task;

/** Begins at once, beside whoever asks: nobody waits for copies, and a page does not wait for a recovery. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Aside {

    @Inject
    Copying copying;

    /** Carries out an order that was just committed, if there is one. */
    @Asynchronous
    public void carryOut(Hospital hospital, Optional<Task> order) {
        order.ifPresent(task -> copying.now(hospital, task));
    }

    /** Goes on with something that tells by itself how it ended. */
    @Asynchronous
    public void run(Runnable work) {
        work.run();
    }
}
