package org.sosia.crypto.channel;

import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Who may be at an end of a channel. Each has a key of its own, and its certificate names it. */
public enum Party {
    /** Whoever puts questions: the hospital. */
    HOSPITAL("sosia-hospital"),
    /** Cloud A's server of searches. */
    SERVER_A("sosia-search-a"),
    /** Cloud B's server of searches. */
    SERVER_B("sosia-search-b");

    private final String commonName;

    Party(String commonName) {
        this.commonName = commonName;
    }

    /**
     * The name of its key's file, without an ending.
     *
     * @return lower case letters and hyphens
     */
    public String commonName() {
        return commonName;
    }

    X500Principal subject() {
        return new X500Principal("CN=" + commonName);
    }

    static Optional<Party> of(X500Principal subject) {
        return Arrays.stream(values())
                .filter(party -> party.subject().equals(subject))
                .findFirst();
    }
}
