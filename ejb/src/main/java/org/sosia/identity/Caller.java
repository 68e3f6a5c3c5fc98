package org.sosia.identity;

import jakarta.enterprise.context.RequestScoped;

/**
 * The caller of the current request.
 *
 * <p>Born empty with every request; the front door establishes the credentials once, before any door is opened. A
 * request in which nothing was established has no proofs, and so belongs to the twin hospital.
 */
@RequestScoped
public class Caller {

    private Credentials credentials = Credentials.NOBODY;

    /**
     * Says who is calling.
     *
     * @throws IllegalStateException if somebody else was established in this request before
     */
    public void establish(Credentials established) {
        if (!credentials.equals(Credentials.NOBODY) && !credentials.subject().equals(established.subject())) {
            throw new IllegalStateException("the caller of a request does not change");
        }
        this.credentials = established;
    }

    public Credentials credentials() {
        return credentials;
    }

    public String subject() {
        return credentials.subject();
    }
}
