package org.sosia.crypto.encoding;

import java.security.GeneralSecurityException;

/**
 * The bytes are no encoding of what they should be: wrong version, wrong length, a value out of bounds, or something left over.
 *
 * <p>Whoever decodes meets it. The message says which rule was broken, never the bytes.
 */
public final class MalformedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the broken rule.
     *
     * @param rule a fixed text
     */
    public MalformedException(String rule) {
        super(rule);
    }
}
