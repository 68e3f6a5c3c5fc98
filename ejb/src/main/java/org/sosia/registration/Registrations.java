package org.sosia.registration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.paging.Page;

/** Lets the administrators decide who may act, and the key authority say with which attributes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Registrations {

    /** Lists persons by account. */
    @RolesAllowed({"cloud-operator", "key-authority"})
    public Page<RegistrationView> list(@Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** One person. */
    @RolesAllowed({"cloud-operator", "key-authority"})
    public RegistrationView get(String subject) throws NoSuchPersonException {
        throw new UnsupportedOperationException();
    }

    /**
     * Registers a person, who then waits for approval.
     *
     * @param subject the account's identifier at the identity provider
     * @param name the name
     * @param role what she acts as
     * @param attributes such as {@code department:cardiology}
     * @param linkedPatient the patient she is, or null
     */
    @RolesAllowed({"cloud-operator", "key-authority"})
    public RegistrationView register(
            String subject, String name, String role, Set<String> attributes, @Nullable UUID linkedPatient)
            throws RegistrationRefusedException {
        throw new UnsupportedOperationException();
    }

    /** Approves a person: makes her keys. Approving twice changes nothing. */
    @RolesAllowed("cloud-operator")
    public RegistrationView approve(String subject) throws NoSuchPersonException {
        throw new UnsupportedOperationException();
    }

    /** Takes a person out: the mediating cloud drops her transform key before this returns. */
    @RolesAllowed({"cloud-operator", "key-authority"})
    public RegistrationView disable(String subject) throws NoSuchPersonException {
        throw new UnsupportedOperationException();
    }

    /** Every attribute that some approved person holds, sorted: what a policy can sensibly name. */
    @RolesAllowed({"data-owner", "cloud-operator", "key-authority"})
    public Set<String> attributes() {
        throw new UnsupportedOperationException();
    }
}
