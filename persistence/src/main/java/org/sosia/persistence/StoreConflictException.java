package org.sosia.persistence;

import jakarta.ejb.ApplicationException;

/**
 * The row is not, or no longer, in the state that the call starts from: another writer came first, or the id was used
 * before. Nothing was changed. The caller reads again and decides anew.
 */
@ApplicationException(rollback = true)
public class StoreConflictException extends RuntimeException {

    private final String id;

    StoreConflictException(Object id) {
        super("the row is not in the state this call starts from");
        this.id = id.toString();
    }

    /** The id of the row in question. */
    public String id() {
        return id;
    }
}
