package org.sosia.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.lane.Hospital;
import org.sosia.paging.Page;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.RequestFilter;

/** Cuts one person's requests into pages. Whose they are follows from the role; what expired is told by the clock, not by the store. */
final class RequestLists {
    /** Rows read at a time when the clock decides which of them belong to the list. */
    private static final int STRIDE = 200;

    private final Hospital hospital;
    private final Credentials who;
    private final Instant now;

    RequestLists(Hospital hospital, Credentials who, Instant now) {
        this.hospital = hospital;
        this.who = who;
        this.now = now;
    }

    Page<AccessRequest> page(@Nullable RequestState state, @Nullable Cursor after, int limit) {
        List<AccessRequest> found = new ArrayList<>();
        @Nullable Cursor from = after;
        while (true) {
            int stride = state == RequestState.APPROVED || state == RequestState.EXPIRED ? STRIDE : limit + 1;
            List<AccessRequest> rows = hospital.store().requests(filter(stored(state), from, stride));
            for (AccessRequest row : rows) {
                if (state != null && state != stateOf(row, now)) {
                    continue;
                }
                if (found.size() == limit) {
                    return new Page<>(found, cursor(after, found.get(limit - 1)).toText());
                }
                found.add(row);
            }
            if (rows.size() < stride) {
                return new Page<>(found, null);
            }
            from = cursor(after, rows.get(rows.size() - 1));
        }
    }

    static RequestState stateOf(AccessRequest row, Instant now) {
        return switch (row.state()) {
            case PENDING -> RequestState.PENDING;
            case DENIED -> RequestState.DENIED;
            case REVOKED -> RequestState.REVOKED;
            case APPROVED -> hasEnded(row, now) ? RequestState.EXPIRED : RequestState.APPROVED;
        };
    }

    private static boolean hasEnded(AccessRequest row, Instant now) {
        Instant expires = row.expiresAt();
        return expires != null && !expires.isAfter(now);
    }

    private RequestFilter filter(
            org.sosia.persistence.@Nullable RequestState state, @Nullable Cursor after, int limit) {
        if (who.has(Roles.DATA_OWNER)) {
            return new RequestFilter(who.subject(), null, null, state, after, limit);
        }
        if (who.has(Roles.DOCTOR) || who.has(Roles.PATIENT)) {
            return new RequestFilter(null, who.subject(), null, state, after, limit);
        }
        return new RequestFilter(null, null, null, state, after, limit);
    }

    private static org.sosia.persistence.@Nullable RequestState stored(@Nullable RequestState state) {
        if (state == null) {
            return null;
        }
        return switch (state) {
            case PENDING -> org.sosia.persistence.RequestState.PENDING;
            case APPROVED, EXPIRED -> org.sosia.persistence.RequestState.APPROVED;
            case DENIED -> org.sosia.persistence.RequestState.DENIED;
            case REVOKED -> org.sosia.persistence.RequestState.REVOKED;
        };
    }

    private static Cursor cursor(@Nullable Cursor before, AccessRequest row) {
        return Cursor.following(before, row.createdAt(), row.id());
    }
}
