package org.sosia.keys;

import java.security.GeneralSecurityException;
import org.sosia.crypto.abe.MasterSecretKey;

/** What a thief in the hospital's server takes. */
public final class Stolen {
    private Stolen() {}

    /** The master key under which keys are made now. */
    public static MasterSecretKey masterKey(Keyring keys) throws GeneralSecurityException {
        return keys.masters().get(0);
    }
}
