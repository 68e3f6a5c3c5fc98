package org.sosia.crypto.grant;

import org.sosia.crypto.secret.SecretMaterial;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class PartialKey implements SecretMaterial {
    public static PartialKey random() {
        throw new UnsupportedOperationException();
    }

    public static PartialKey parse(String text) throws TypingErrorException {
        throw new UnsupportedOperationException();
    }

    public String revealText() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "PartialKey[secret]";
    }
}
