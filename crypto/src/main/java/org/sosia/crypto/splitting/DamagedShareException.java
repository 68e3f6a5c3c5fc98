package org.sosia.crypto.splitting;

import java.io.IOException;

/**
 * A share is not the one that was written, or there are too few. Who merges or verifies meets it; a share that is named can be made
 * again from k others.
 */
public final class DamagedShareException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #share()} when it cannot be said which one. */
    public static final int UNKNOWN = -1;

    private final int share;

    DamagedShareException(int share) {
        super("a share of split content is damaged or missing");
        this.share = share;
    }

    /**
     * Which share.
     *
     * @return its number, counted from 0, or {@link #UNKNOWN}
     */
    public int share() {
        return share;
    }
}
