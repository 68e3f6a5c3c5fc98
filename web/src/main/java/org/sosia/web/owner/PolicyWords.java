package org.sosia.web.owner;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import org.sosia.keys.IntegrityException;
import org.sosia.registration.Registrations;

/** What a policy can be made of. */
@Named("policyWords")
@RequestScoped
public class PolicyWords {
    @Inject
    Registrations registrations;

    /** The attributes that somebody holds. */
    public Set<String> getAttributes() throws IntegrityException {
        return registrations.attributes();
    }
}
