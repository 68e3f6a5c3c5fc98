package org.sosia.persistence;

import org.sosia.crypto.equality.ServerKey;

/** Which of the two servers that compare words. */
public enum TagRole {
    /** Keeps the words, blinds and shuffles. */
    FRONT,
    /** Tells what is equal. */
    BACK;

    ServerKey.Role ofKey() {
        return this == FRONT ? ServerKey.Role.FRONT : ServerKey.Role.BACK;
    }
}
