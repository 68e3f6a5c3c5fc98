package org.sosia.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Someone registered with the hospital. Without an approved row nobody reaches the hospital whose store this is.
 */
@Entity
@Table(name = "member")
public class Person {

    @Id
    @Column(name = "subject", nullable = false)
    private String subject;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false)
    private PersonState state;

    @Column(name = "since", nullable = false)
    private Instant since;

    @Column(name = "sealed", nullable = false)
    private byte[] sealed;

    /** For the container, which fills the fields. */
    protected Person() {}

    /** A row as it is to be kept. */
    public Person(String subject, PersonState state, Instant since, byte[] sealed) {
        this.subject = subject;
        this.state = state;
        this.since = since;
        this.sealed = sealed;
    }

    /** Subject id, from the identity provider. */
    public String subject() {
        return subject;
    }

    /** Whether an administrator approved. */
    public PersonState state() {
        return state;
    }

    /** Since when the state holds. */
    public Instant since() {
        return since;
    }

    /** Name, roles, attributes and keys, sealed. */
    public byte[] sealed() {
        return sealed;
    }
}
