package org.sosia.retrieval;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RequestFilter;
import org.sosia.persistence.RequestState;
import org.sosia.persistence.SealedRecord;

/** How the records of one hospital stand to one caller; what the requests say is read once. */
final class Standing {

    /** More open requests and approvals than one person ever has at a time. */
    private static final int MOST_REQUESTS = 500;

    private final Credentials who;
    private final Set<UUID> patients;
    private final Set<UUID> granted = new HashSet<>();
    private final Set<UUID> pending = new HashSet<>();

    /**
     * @param patients the patients for whom the caller's account stands
     * @param record the one record in question, or null for all
     */
    Standing(Cloud store, Credentials who, Set<UUID> patients, @Nullable UUID record, Instant now) {
        this.who = who;
        this.patients = patients;
        if (who.has(Roles.DOCTOR) || who.has(Roles.PATIENT)) {
            List<AccessRequest> requests = store.requests(
                    new RequestFilter(null, who.subject(), record, null, null, record == null ? MOST_REQUESTS : 20));
            for (AccessRequest request : requests) {
                sort(request, now);
            }
        }
    }

    private void sort(AccessRequest request, Instant now) {
        Instant expires = request.expiresAt();
        if (request.state() == RequestState.PENDING) {
            pending.add(request.record());
        } else if (request.state() == RequestState.APPROVED && expires != null && expires.isAfter(now)) {
            granted.add(request.record());
        }
    }

    boolean isOwn(SealedRecord row) {
        return (who.has(Roles.DATA_OWNER) && row.owner().equals(who.subject()))
                || (who.has(Roles.PATIENT) && patients.contains(row.patient()));
    }

    /** Whether the caller may know that the record exists. */
    boolean isVisible(SealedRecord row) {
        return isOwn(row) || who.has(Roles.DOCTOR);
    }

    Access of(SealedRecord row) {
        if (isOwn(row)) {
            return Access.OWN;
        }
        if (granted.contains(row.id())) {
            return Access.GRANTED;
        }
        return pending.contains(row.id()) ? Access.PENDING : Access.NONE;
    }
}
