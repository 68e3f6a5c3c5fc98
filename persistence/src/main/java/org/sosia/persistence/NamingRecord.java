package org.sosia.persistence;

import java.util.UUID;

/** A record found by what its policy names. */
public final class NamingRecord {

    private final UUID id;
    private final String owner;
    private final byte[] header;

    NamingRecord(UUID id, String owner, byte[] header) {
        this.id = id;
        this.owner = owner;
        this.header = header;
    }

    /** The record. */
    public UUID id() {
        return id;
    }

    /** Subject id of the data owner. */
    public String owner() {
        return owner;
    }

    /** The encoded header as it stands. */
    public byte[] header() {
        return header;
    }

    /** The record with another header. */
    public Rewrapped with(byte[] next) {
        return new Rewrapped(id, header, next);
    }

    /** A header to be put in place of another. */
    public static final class Rewrapped {

        private final UUID id;
        private final byte[] before;
        private final byte[] after;

        private Rewrapped(UUID id, byte[] before, byte[] after) {
            this.id = id;
            this.before = before;
            this.after = after;
        }

        UUID id() {
            return id;
        }

        byte[] before() {
            return before;
        }

        byte[] after() {
            return after;
        }
    }
}
