package org.sosia.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.paging.Page;

/** Shows who did what, and whether the chains still say so unaltered. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditLog {

    /**
     * Lists the chain of store A, then that of store B, oldest first.
     *
     * @param after the cursor of the page before, or null
     * @param limit the most to return, 1 to 200
     */
    @RolesAllowed({"security-desk", "cloud-operator"})
    public Page<AuditView> list(@Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Reads both chains from their first entry and checks each hash and link. */
    @RolesAllowed({"security-desk", "cloud-operator"})
    public List<ChainVerdict> verify() {
        throw new UnsupportedOperationException();
    }
}
