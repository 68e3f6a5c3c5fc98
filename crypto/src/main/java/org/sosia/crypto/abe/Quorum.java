package org.sosia.crypto.abe;

/**
 * How many of how many key authorities have to act together.
 *
 * @param threshold how many must, at least 1
 * @param authorities how many there are, numbered from 1, at most {@value #MAX_AUTHORITIES}
 */
public record Quorum(int threshold, int authorities) {
    /** Limit of authorities. */
    public static final int MAX_AUTHORITIES = 64;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if more would be needed than there are, or a limit is broken
     */
    public Quorum {
        if (threshold < 1 || threshold > authorities || authorities > MAX_AUTHORITIES) {
            throw new IllegalArgumentException("a quorum needs 1 to n of its n authorities, at most 64");
        }
    }

    boolean has(int authority) {
        return authority >= 1 && authority <= authorities;
    }
}
