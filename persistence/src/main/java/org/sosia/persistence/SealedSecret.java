package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A secret of the hospital, sealed under a key that is not in any store. Written once: the first one wins.
 */
@Entity
@Table(name = "box")
public class SealedSecret {

    @Id
    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "epoch", nullable = false)
    private int epoch;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    /** For the container, which fills the fields. */
    protected SealedSecret() {}

    /** A row as it is to be kept. */
    public SealedSecret(String name, int epoch, byte[] sealed) {
        this.name = name;
        this.epoch = epoch;
        this.sealed = sealed;
    }

    /** Which secret; neutral, the store's operator reads it. */
    public String name() {
        return name;
    }

    /** Which generation of it. */
    public int epoch() {
        return epoch;
    }

    /** The secret, sealed. */
    public byte[] sealed() {
        return sealed;
    }
}
