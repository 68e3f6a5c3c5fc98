package org.sosia.words;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Task;

/** Carries out orders at once, beside whoever gave them: nobody waits for an index. What does not come to it is done by {@link WordsTimer}. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Beside {

    @Inject
    Words words;

    /** Carries out an order that was just committed. */
    @Asynchronous
    public void carryOut(Hospital hospital, Task order) {
        words.now(hospital, order);
    }
}
