package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * The key with which a cloud does its share of opening for one person of one realm. It decrypts nothing by itself.
 */
@IdClass(TransformKeyId.class)
@Entity
@Table(name = "lever")
public class TransformKeyRow {

    @Id
    @Column(name = "realm", nullable = false)
    private String realm;

    @Id
    @Column(name = "subject", nullable = false)
    private String subject;

    @Column(name = "encoded", nullable = false)
    private byte[] encoded;

    @Column(name = "revoked", nullable = false)
    private boolean revoked;

    /** For the container, which fills the fields. */
    protected TransformKeyRow() {}

    /** A row as it is to be kept. */
    public TransformKeyRow(String realm, String subject, byte[] encoded, boolean revoked) {
        this.realm = realm;
        this.subject = subject;
        this.encoded = encoded;
        this.revoked = revoked;
    }

    /** Which of the hospitals served; a number. */
    public String realm() {
        return realm;
    }

    /** Whose key it is. */
    public String subject() {
        return subject;
    }

    /** The encoded transform key; empty once revoked. */
    public byte[] encoded() {
        return encoded;
    }

    /** Whether this person is refused. */
    public boolean revoked() {
        return revoked;
    }
}
