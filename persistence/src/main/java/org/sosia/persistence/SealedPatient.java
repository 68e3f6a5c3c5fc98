package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * A patient as a cloud keeps one: an id, an owner, times, and ciphertext.
 *
 * <p>Born when a data owner registers a patient; replaced as a whole by a higher version; ends as {@link
 * PatientState#DELETED}, without content. The signature is the data owner's, over what the hospital defines.
 */
@Entity
@Table(name = "subject")
public class SealedPatient {

    @Id
    @Column(name = "id", nullable = false)
    private UUID id;

    @Column(name = "owner", nullable = false)
    private String owner;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    private PatientState state;

    @Column(name = "version", nullable = false)
    private int version;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    @Column(name = "signature", nullable = false)
    private byte[] signature;

    /** For the container, which fills the fields. */
    protected SealedPatient() {}

    /** A row as it is to be kept. */
    public SealedPatient(
            UUID id,
            String owner,
            PatientState state,
            int version,
            Instant createdAt,
            Instant updatedAt,
            byte[] sealed,
            byte[] signature) {
        this.id = id;
        this.owner = owner;
        this.state = state;
        this.version = version;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.sealed = sealed;
        this.signature = signature;
    }

    /** The same row in another state. */
    public SealedPatient in(PatientState next) {
        return new SealedPatient(id, owner, next, version, createdAt, updatedAt, sealed, signature);
    }

    /** Whether this is what an earlier call with the same argument left. */
    boolean sameAs(SealedPatient other) {
        return state == other.state
                && version == other.version
                && Arrays.equals(sealed, other.sealed)
                && Arrays.equals(signature, other.signature);
    }

    SealedPatient emptied(Instant now) {
        return new SealedPatient(id, owner, PatientState.DELETED, version, createdAt, now, new byte[0], new byte[0]);
    }

    /** The id, the same in both hospitals. */
    public UUID id() {
        return id;
    }

    /** Subject id of the data owner. */
    public String owner() {
        return owner;
    }

    /** Where the row stands. */
    public PatientState state() {
        return state;
    }

    /** 1 at first, one more with each change of content. */
    public int version() {
        return version;
    }

    /** When the patient was registered. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When the content last changed. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** The personal fields, sealed; empty when deleted. */
    public byte[] sealed() {
        return sealed;
    }

    /** The data owner's encoded signature; empty when deleted. */
    public byte[] signature() {
        return signature;
    }
}
