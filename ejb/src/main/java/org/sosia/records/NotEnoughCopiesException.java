package org.sosia.records;

import java.util.List;

/** A record cannot be put back: too few of the places hold a good share of it. Whoever recovers meets it; nothing was changed. */
public final class NotEnoughCopiesException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a list of records of strings and constants
    private final List<HeldShare> held;

    NotEnoughCopiesException(List<HeldShare> held) {
        super("too few good copies");
        this.held = List.copyOf(held);
    }

    /** What each place holds. */
    public List<HeldShare> held() {
        return held;
    }
}
