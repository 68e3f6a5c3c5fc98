package org.sosia.crypto.policy;

import java.security.GeneralSecurityException;
import java.util.Set;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class AccessPolicy {
    private AccessPolicy() {}

    public static AccessPolicy parse(String text) throws PolicySyntaxException {
        throw new UnsupportedOperationException();
    }

    public static AccessPolicy decode(byte[] canonical) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public byte[] canonical() {
        throw new UnsupportedOperationException();
    }

    public String toText() {
        throw new UnsupportedOperationException();
    }

    public Set<Attribute> attributes() {
        throw new UnsupportedOperationException();
    }

    public boolean isSatisfiedBy(Set<Attribute> held) {
        throw new UnsupportedOperationException();
    }
}
