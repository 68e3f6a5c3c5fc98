package org.sosia.incidents;

/** How an attack goes, and how grave it is: 1 is for the record, 10 gets somebody out of bed. */
public enum Technique {
    /** A well-formed partial key that does not open the record. */
    WRONG_PARTIAL_KEY(6),
    /** Wrong partial keys until the gate pretended to open. */
    PARTIAL_KEY_GUESSING(8),
    /** A planted account that nobody uses. */
    HONEY_ACCOUNT(9),
    /** A token that was stolen or replayed. */
    STOLEN_TOKEN(9),
    /** A token of another client of the realm. */
    FOREIGN_TOKEN(5),
    /** Somebody else's partial key, grant or record. */
    FOREIGN_GRANT(6),
    /** An identifier that only a double holds. */
    CANARY(8),
    /** Somebody pleads for access in an emergency. */
    BREAK_GLASS(7),
    /** A seal, signature or chain that does not hold: storage was tampered with. */
    TAMPERING(10);

    private final int severity;

    Technique(int severity) {
        this.severity = severity;
    }

    /** From 1 to 10. */
    public int severity() {
        return severity;
    }

    /** The name in incidents: lower case with hyphens, such as {@code wrong-partial-key}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
