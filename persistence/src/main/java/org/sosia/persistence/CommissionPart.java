package org.sosia.persistence;

import java.time.Instant;

/** What one key authority gave for a commission. */
public final class CommissionPart {

    private final String giver;
    private final Instant at;
    private final byte[] sealed;

    /** A row as it is to be kept. */
    public CommissionPart(String giver, Instant at, byte[] sealed) {
        this.giver = giver;
        this.at = at;
        this.sealed = sealed;
    }

    /** Subject id of the authority. */
    public String giver() {
        return giver;
    }

    /** When she gave it. */
    public Instant at() {
        return at;
    }

    /** The sealed part. */
    public byte[] sealed() {
        return sealed;
    }
}
