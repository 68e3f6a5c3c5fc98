package org.sosia.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;
import org.sosia.records.Sensitivity;
import org.sosia.records.ShelvedRecord;

/**
 * Takes orders to copy records and to drop their copies, and sees to it that they are carried out. An order is committed with what makes
 * it necessary, in the store of the hospital whose record it is; it bears being carried out twice, and broken off anywhere.
 */
@ApplicationScoped
public class Copying {

    private static final Logger LOG = Logger.getLogger(Copying.class.getName());

    /** A head start for whoever gives an order. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    private static final String ORDER = "task";
    private static final String RECORD = "record";
    private static final String NONE = "none";

    /** Whose labels are written anew in one go. */
    private static final int RELABELLED_AT_ONCE = 50;

    /** The kinds of orders; neutral words, the store's operator reads them. */
    private enum Kind {
        SPARE,
        DROP_SPARE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The least sensitive records that are copied. */
    @Inject
    @ConfigProperty(name = "sosia.copies.from", defaultValue = "high")
    String from;

    Clock clock = Clock.systemUTC();

    /** Whether records so sensitive are copied. */
    boolean covers(Hospital hospital, Sensitivity sensitivity) {
        return hospital.copies().areMade()
                && !NONE.equalsIgnoreCase(from)
                && sensitivity.compareTo(Sensitivity.valueOf(from.toUpperCase(Locale.ROOT))) >= 0;
    }

    /** An order to copy a record that arrives, if records so sensitive are copied. */
    public Optional<Task> toMake(Hospital hospital, UUID record, Sensitivity sensitivity) {
        return covers(hospital, sensitivity) ? Optional.of(order(hospital, Kind.SPARE, record)) : Optional.empty();
    }

    /** An order to drop the copies of a record that is deleted, if there may be any. */
    public Optional<Task> toDrop(Hospital hospital, UUID record) {
        boolean perhaps =
                hospital.copies().areMade() || hospital.store().spare(record).isPresent();
        return perhaps ? Optional.of(order(hospital, Kind.DROP_SPARE, record)) : Optional.empty();
    }

    private Task order(Hospital hospital, Kind kind, UUID record) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        byte[] sealed = hospital.keys()
                .sealFields(
                        ORDER,
                        id,
                        1,
                        Json.createObjectBuilder()
                                .add(RECORD, record.toString())
                                .build());
        return new Task(id, kind.word(), now, now.plus(HEAD_START), 0, sealed);
    }

    /** Carries out an order that was just committed; if it cannot be, it waits and nothing is lost. */
    void now(Hospital hospital, Task order) {
        Kind kind = Kind.valueOf(order.kind().toUpperCase(Locale.ROOT).replace('-', '_'));
        try {
            hospital.store().withTask(order.id(), task -> carriedOut(hospital, kind, task));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.INFO, "order {0} waits: a store does not answer", order.id());
        }
    }

    /** Works off what is due in a hospital, as long as it may go on. */
    void workOff(Hospital hospital, BooleanSupplier goOn) {
        for (Kind kind : Kind.values()) {
            boolean more = true;
            while (more && goOn.getAsBoolean()) {
                more = hospital.store().withNextTask(kind.word(), task -> carriedOut(hospital, kind, task));
            }
        }
        for (UUID record : staleIn(hospital)) {
            if (goOn.getAsBoolean()) {
                relabel(hospital, record);
            }
        }
    }

    private static List<UUID> staleIn(Hospital hospital) {
        return hospital.store().staleSpares(RELABELLED_AT_ONCE);
    }

    private static void relabel(Hospital hospital, UUID record) {
        try {
            Optional<SealedRecord> row = hospital.store().recordInAnyState(record);
            if (row.isPresent() && row.get().header().length > 0) {
                hospital.copies().relabel(ShelvedRecord.read(hospital.keys(), row.get()));
            }
        } catch (IntegrityException damaged) {
            // Its copies tell of it as it was: that is what they are for.
            LOG.log(Level.FINE, "record {0} is damaged; its copies stay as they are", record);
        } catch (IOException | RuntimeException notNow) {
            LOG.log(Level.INFO, "the copies of record {0} are labelled later", record);
            LOG.log(Level.FINE, "why they are", notNow);
        }
    }

    private Outcome carriedOut(Hospital hospital, Kind kind, Task task) {
        try {
            UUID record = UUID.fromString(hospital.keys()
                    .openFields(ORDER, task.id(), 1, task.sealed())
                    .getString(RECORD));
            switch (kind) {
                case SPARE -> copy(hospital, record);
                case DROP_SPARE -> hospital.copies().drop(record);
            }
            return Outcome.DONE;
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.INFO, "an order waits: {0}", failed.getClass().getSimpleName());
            LOG.log(Level.FINE, "why it waits", failed);
            return Outcome.RETRY;
        } catch (GeneralSecurityException | IntegrityException damaged) {
            LOG.log(Level.SEVERE, "an order cannot be carried out: keys, order or record do not open", damaged);
            return Outcome.RETRY;
        }
    }

    private static void copy(Hospital hospital, UUID record) throws IntegrityException, IOException {
        Optional<SealedRecord> row = hospital.store().recordInAnyState(record);
        if (row.isEmpty() || row.get().state() == RecordState.DELETED) {
            return;
        }
        hospital.copies().make(ShelvedRecord.read(hospital.keys(), row.get()));
        boolean gone = hospital.store()
                .recordInAnyState(record)
                .filter(left -> left.state() != RecordState.DELETED)
                .isEmpty();
        if (gone) {
            // Deleted meanwhile, and the order to drop its copies may have come before they were there.
            hospital.copies().drop(record);
        }
    }
}
