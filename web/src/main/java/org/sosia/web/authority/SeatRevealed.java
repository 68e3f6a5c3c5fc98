package org.sosia.web.authority;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** What one answer shows and the next no longer knows: the key of a seat that was just taken. */
@Named("seatRevealed")
@RequestScoped
public class SeatRevealed {
    private String seatKey = "";

    void show(String key) {
        seatKey = key;
    }

    /** The key as it is written down; empty without one. */
    public String getSeatKey() {
        return seatKey;
    }
}
