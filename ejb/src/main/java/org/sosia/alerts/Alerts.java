package org.sosia.alerts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.paging.Page;

/** Shows the security desk what is being tried. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Alerts {

    /**
     * Lists incidents, newest first.
     *
     * @param state only those in this state, or null for all
     * @param after the cursor of the page before, or null
     * @param limit the most to return, 1 to 200
     */
    @RolesAllowed("security-desk")
    public Page<IncidentView> list(@Nullable IncidentState state, @Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** One incident. */
    @RolesAllowed("security-desk")
    public IncidentView get(UUID id) throws NoSuchIncidentException {
        throw new UnsupportedOperationException();
    }

    /** Says that somebody has looked. Twice changes nothing. */
    @RolesAllowed("security-desk")
    public IncidentView acknowledge(UUID id) throws NoSuchIncidentException {
        throw new UnsupportedOperationException();
    }
}
