package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;

/** A cloud to which a part of a computation was given returned something else. Whoever merges the parts meets it, and does the computation anew without that cloud. */
public final class CheatingCloudException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    private final int cloud;

    CheatingCloudException(int cloud) {
        super("a cloud returned a wrong part");
        this.cloud = cloud;
    }

    /**
     * Which one.
     *
     * @return 1 or 2, the first if both did
     */
    public int cloud() {
        return cloud;
    }
}
