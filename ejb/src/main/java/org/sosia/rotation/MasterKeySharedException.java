package org.sosia.rotation;

import jakarta.ejb.ApplicationException;

/**
 * A council holds the master key, each member a share of it. The key authority lets the council be renewed, which makes all shares worthless that there were; the master key
 * itself stays, since nobody can make another one in its place as long as councils are not founded anew.
 */
@ApplicationException(rollback = true)
public final class MasterKeySharedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public MasterKeySharedException() {
        super("the master key is shared among key authorities");
    }
}
