package org.sosia.ceremony;

import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.secret.SecretMaterial;

/** A seat that was just taken: its key leaves here once, and nobody keeps it. */
public final class SeatTicket implements SecretMaterial {
    private final CeremonyView ceremony;
    private final SeatKey key;

    SeatTicket(CeremonyView ceremony, SeatKey key) {
        this.ceremony = ceremony;
        this.key = key;
    }

    /** The ceremony as it is now. */
    public CeremonyView ceremony() {
        return ceremony;
    }

    /** The key for the authority to write down. */
    public String revealSeatKey() {
        return key.revealText();
    }

    @Override
    public String toString() {
        return "SeatTicket[secret]";
    }
}
