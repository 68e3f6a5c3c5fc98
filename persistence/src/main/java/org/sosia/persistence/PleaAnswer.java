package org.sosia.persistence;

import java.time.Instant;

/** What one trustee answered to a plea, sealed by the hospital. */
public final class PleaAnswer {

    private final String trustee;
    private final Instant at;
    private final byte[] sealed;

    /** A row as it is to be kept. */
    public PleaAnswer(String trustee, Instant at, byte[] sealed) {
        this.trustee = trustee;
        this.at = at;
        this.sealed = sealed;
    }

    /** Subject id of the trustee. */
    public String trustee() {
        return trustee;
    }

    /** When she answered. */
    public Instant at() {
        return at;
    }

    /** The sealed partial answers. */
    public byte[] sealed() {
        return sealed;
    }
}
