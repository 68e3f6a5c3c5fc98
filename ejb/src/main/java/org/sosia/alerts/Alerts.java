package org.sosia.alerts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.incidents.Incidents;
import org.sosia.incidents.Technique;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.paging.Page;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.Incident;
import org.sosia.persistence.IncidentFilter;
import org.sosia.refusal.InvalidValueException;

/**
 * Shows the security desk what is being tried.
 *
 * <p>Whoever only claims to be the desk, without every proof, finds a desk without incidents: an intruder must not learn here that
 * she was seen.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Alerts {
    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    /**
     * Lists incidents, newest first.
     *
     * @param state only those in this state, or null for all
     * @param technique only those of this technique, or null for all
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed(Roles.SECURITY_DESK)
    public Page<IncidentView> list(
            @Nullable IncidentState state, @Nullable Technique technique, @Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        Cursor place = Page.place(after);
        Optional<Hospital> desk = desk();
        if (desk.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        List<Incident> rows = desk.get()
                .store()
                .incidents(new IncidentFilter(
                        state == null ? null : state.name(),
                        technique == null ? null : technique.code(),
                        place,
                        limit + 1));
        List<IncidentView> views = new ArrayList<>();
        for (Incident row : rows.subList(0, Math.min(limit, rows.size()))) {
            views.add(view(desk.get(), row));
        }
        if (rows.size() <= limit) {
            return new Page<>(views, null);
        }
        Incident last = rows.get(limit - 1);
        return new Page<>(
                views, Cursor.following(place, last.firstAt(), last.id()).toText());
    }

    /**
     * One incident.
     *
     * @throws NoSuchIncidentException if there is none
     */
    @RolesAllowed(Roles.SECURITY_DESK)
    public IncidentView get(UUID id) throws NoSuchIncidentException, IntegrityException {
        Hospital desk = desk().orElseThrow(NoSuchIncidentException::new);
        return view(desk, desk.store().incident(id).orElseThrow(NoSuchIncidentException::new));
    }

    /**
     * Says that somebody has looked. Twice changes nothing.
     *
     * @throws NoSuchIncidentException if there is none
     */
    @RolesAllowed(Roles.SECURITY_DESK)
    public IncidentView acknowledge(UUID id) throws NoSuchIncidentException, IntegrityException {
        Hospital desk = desk().orElseThrow(NoSuchIncidentException::new);
        Incident found = desk.store().incident(id).orElseThrow(NoSuchIncidentException::new);
        if (stateOf(found) == IncidentState.ACKNOWLEDGED) {
            return view(desk, found);
        }
        Incident looked = found.in(IncidentState.ACKNOWLEDGED.name());
        desk.store().updateIncident(looked, desk.event(caller.credentials(), "ACKNOWLEDGE", id, Map.of()));
        return view(desk, looked);
    }

    /** Incidents are kept beside the doubles: that store sees every attack, and is the one that answers attackers. */
    private Optional<Hospital> desk() {
        return lanes.hospital().lane() == Lane.ORIGINAL ? Optional.of(lanes.twin()) : Optional.empty();
    }

    static IncidentView view(Hospital desk, Incident row) throws IntegrityException {
        try {
            JsonObject evidence = Incidents.evidence(row, desk.keys());
            return new IncidentView(
                    row.id(),
                    row.technique(),
                    row.severity(),
                    evidence.getString("subject"),
                    evidence.getString("source"),
                    evidence.containsKey("record") ? UUID.fromString(evidence.getString("record")) : null,
                    evidence.getString("cloud", null),
                    evidence.getString("statement", null),
                    row.firstAt(),
                    row.lastAt(),
                    row.count(),
                    stateOf(row));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static IncidentState stateOf(Incident row) {
        return row.state().equals(Incidents.OPEN) ? IncidentState.OPEN : IncidentState.ACKNOWLEDGED;
    }
}
