package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Set;
import org.sosia.crypto.policy.Attribute;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class TransformKey {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static TransformKey decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public Set<Attribute> attributes() {
        throw new UnsupportedOperationException();
    }
}
