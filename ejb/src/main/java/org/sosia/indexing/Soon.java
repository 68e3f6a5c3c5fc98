package org.sosia.indexing;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;

/** Begins at once, beside whoever asks: nobody waits for an index. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Soon {

    @Inject
    Indexing indexing;

    /** Carries out an order that was just committed. */
    @Asynchronous
    public void carryOut(UUID order) {
        indexing.now(order);
    }

    /** Looks at a record that exists in the twin hospital alone. */
    @Asynchronous
    public void lookInTwin(UUID record) {
        indexing.inTwin(record, false);
    }

    /** Forgets a record that existed in the twin hospital alone. */
    @Asynchronous
    public void forgetInTwin(UUID record) {
        indexing.inTwin(record, true);
    }
}
