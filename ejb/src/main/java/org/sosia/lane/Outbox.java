package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.decoy.Forge;
import org.sosia.identity.Credentials;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.PatientState;
import org.sosia.persistence.SealedPatient;
import org.sosia.persistence.Task;

/**
 * The narrow side of the real hospital that the maker of doubles sees: orders in, "done" out, and the forge. No record, no key and
 * no patient's file of the real hospital passes through here.
 */
@ApplicationScoped
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class.getName());
    private static final String FIELD_KIND = "task";

    /** The maker acts for nobody. */
    private static final Credentials HOUSE =
            new Credentials("house", "", java.util.Set.of(), 0, Instant.EPOCH, "", "", "", false, false);

    /** A head start for the request that gives an order: it carries it out itself, if it can. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    @Inject
    Hospitals hospitals;

    Clock clock = Clock.systemUTC();

    private volatile @Nullable Forge forge;

    /**
     * Writes an order down, sealed. It takes effect by being committed with what makes it necessary.
     *
     * @param kind which worker takes it; a neutral word
     */
    public Task order(String kind, JsonObject order) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        byte[] sealed = hospitals.real().keys().sealFields(FIELD_KIND, id, 1, order);
        return new Task(id, kind, now, now.plus(HEAD_START), 0, sealed);
    }

    /** Gives the longest waiting due order of a kind to the work. Says whether there was one. */
    public boolean withNext(String kind, Function<JsonObject, Outcome> work) {
        return hospitals.real().store().withNextTask(kind, task -> carryOut(task, work));
    }

    /** Gives this very order to the work, unless another worker has it. Says whether it is done. */
    public boolean with(UUID task, Function<JsonObject, Outcome> work) {
        Outcome[] outcome = {Outcome.RETRY};
        hospitals.real().store().withTask(task, order -> {
            outcome[0] = carryOut(order, work);
            return outcome[0];
        });
        return outcome[0] == Outcome.DONE;
    }

    private Outcome carryOut(Task task, Function<JsonObject, Outcome> work) {
        try {
            return work.apply(hospitals.real().keys().openFields(FIELD_KIND, task.id(), 1, task.sealed()));
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "order {0} does not open", task.id());
            return Outcome.RETRY;
        }
    }

    /** Says that a record's counterpart exists: from now on readers see the record. */
    public void recordReady(UUID record) {
        hospitals.real().store().markReady(record);
    }

    /** Says that a patient's counterpart exists: from now on readers see the patient. */
    public void patientReady(UUID patient) {
        Hospital real = hospitals.real();
        Optional<SealedPatient> waiting =
                real.store().patient(patient).filter(row -> row.state() == PatientState.PENDING);
        if (waiting.isPresent()) {
            real.store()
                    .savePatient(
                            waiting.get().in(PatientState.READY),
                            real.event(HOUSE, "RELEASE", patient, Map.of()),
                            List.of());
        }
    }

    /** Whom the maker's own entries in an audit chain name. */
    public Credentials house() {
        return HOUSE;
    }

    /** The hospital that doubles are made for. */
    public Hospital twin() {
        return hospitals.twin();
    }

    /** What makes doubles; its key is one of the real hospital's secrets and stays inside. */
    public Forge forge() throws GeneralSecurityException {
        Forge known = forge;
        if (known == null) {
            try (SecretBytes key = hospitals.real().keys().forgeKey()) {
                byte[] bytes = key.exposeSecretBytes();
                known = new Forge(bytes);
                Arrays.fill(bytes, (byte) 0);
            }
            forge = known;
        }
        return known;
    }
}
