package org.sosia.incidents;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Credentials;
import org.sosia.keys.Keyring;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.Incident;
import org.sosia.persistence.Task;

/**
 * Writes incidents. The same subject, source, technique and record within a quarter of an hour is the same incident: the store
 * counts it there.
 *
 * <p>What an incident says about who and what is sealed; in clear stand only the technique, the times and the count.
 */
@Dependent
public class Incidents {
    /** The state of an incident nobody has looked at. */
    public static final String OPEN = "OPEN";

    /** The kind of the outbox tasks that call the outside. */
    public static final String CALL_TASK = "call";

    private static final String FIELD_KIND = "notice";

    private final boolean outsideIsCalled;

    /**
     * The port.
     *
     * @param webhook whom to call; nobody is called, and nothing queued, when there is none
     */
    @Inject
    public Incidents(@ConfigProperty(name = "sosia.webhook.url") Optional<String> webhook) {
        this.outsideIsCalled = webhook.isPresent();
    }

    /**
     * Writes an incident, or counts the evidence to the one that is still fresh, and queues the call to the outside; one
     * transaction.
     *
     * @param store where incidents are kept
     * @param keys the keys they are sealed with: those of the hospital whose store it is
     * @param who through whom the attack came
     * @param technique how it goes
     * @param record the record it went for, or null
     * @param audit what the chain says about it
     * @param now when it was seen
     * @return the incident
     */
    public UUID raise(
            Cloud store,
            Keyring keys,
            Credentials who,
            Technique technique,
            @Nullable UUID record,
            AuditEvent audit,
            Instant now) {
        return raise(store, keys, who, technique, record, Map.of(), audit, now);
    }

    /**
     * As {@link #raise(Cloud, Keyring, Credentials, Technique, UUID, AuditEvent, Instant)}, with further evidence.
     *
     * @param more the evidence, by name; sealed like the rest
     */
    public UUID raise(
            Cloud store,
            Keyring keys,
            Credentials who,
            Technique technique,
            @Nullable UUID record,
            Map<String, String> more,
            AuditEvent audit,
            Instant now) {
        UUID id = UUID.randomUUID();
        Incident incident = new Incident(
                id,
                keys.handle("notice", dedupe(who, technique, record)),
                technique.code(),
                technique.severity(),
                now,
                now,
                1,
                OPEN,
                keys.sealFields(FIELD_KIND, id, 1, evidence(who, record, more, keys)));
        return store.raiseIncident(incident, audit, outsideIsCalled ? List.of(call(keys, id, now)) : List.of());
    }

    /** What an incident's sealed part says: {@code subject}, {@code source}, {@code client}, {@code session}, perhaps {@code record}, and further evidence. */
    public static JsonObject evidence(Incident incident, Keyring keys) throws GeneralSecurityException {
        return keys.openFields(FIELD_KIND, incident.id(), 1, incident.sealed());
    }

    /** The incident that a task of kind {@link #CALL_TASK} is about. */
    public static UUID incidentOf(Task task, Keyring keys) throws GeneralSecurityException {
        return UUID.fromString(
                keys.openFields(CALL_TASK, task.id(), 1, task.sealed()).getString("notice"));
    }

    private static JsonObject evidence(Credentials who, @Nullable UUID record, Map<String, String> more, Keyring keys) {
        JsonObjectBuilder evidence = Json.createObjectBuilder()
                .add("subject", who.subject())
                .add("source", who.source())
                .add("client", who.client())
                .add("session", keys.handle("session", who.session()));
        more.forEach(evidence::add);
        if (record != null) {
            evidence.add("record", record.toString());
        }
        return evidence.build();
    }

    private static Task call(Keyring keys, UUID incident, Instant now) {
        UUID id = UUID.randomUUID();
        JsonObject about =
                Json.createObjectBuilder().add("notice", incident.toString()).build();
        return new Task(id, CALL_TASK, now, now, 0, keys.sealFields(CALL_TASK, id, 1, about));
    }

    private static String dedupe(Credentials who, Technique technique, @Nullable UUID record) {
        return String.join("\n", who.subject(), who.source(), technique.code(), String.valueOf(record));
    }
}
