package org.sosia.forging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.lane.Outbox;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.Task;

/**
 * Takes orders for the twin hospital and sees to it that they are carried out: at once where possible, by {@link DoublesTimer}
 * otherwise.
 */
@ApplicationScoped
public class Doubles {

    private static final Logger LOG = Logger.getLogger(Doubles.class.getName());

    /** The kinds of orders, in the order in which they are worked off: a patient comes before their records. */
    private enum Kind {
        SUBJECT,
        ITEM,
        DROP_ITEM,
        DROP_SUBJECT;

        /** Neutral: the store's operator reads it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Inject
    Outbox outbox;

    @Inject
    Maker maker;

    /** An order to make the double of a record. */
    public Task forRecord(DoubleOrder order) {
        return outbox.order(Kind.ITEM.word(), order.fields());
    }

    /**
     * Begins the double of a record for which an order will be given once the record is complete. Whoever calls closes it, after
     * the order was carried out.
     *
     * @param expected the order as far as it can be told already; if another one is given, this is for nothing
     */
    public DoubleAhead ahead(DoubleOrder expected) {
        try {
            return new DoubleAhead(maker, maker.begin(expected));
        } catch (IOException | GeneralSecurityException | RuntimeException unreachable) {
            LOG.log(
                    Level.INFO,
                    "the double of record {0} is not made ahead",
                    expected.spec().record());
            return nothingAhead();
        }
    }

    /** What is ahead of its order when nothing is. */
    public DoubleAhead nothingAhead() {
        return new DoubleAhead(maker, null);
    }

    /** An order to make the twin of a patient. */
    public Task forPatient(PatientOrder order) {
        return outbox.order(Kind.SUBJECT.word(), order.fields());
    }

    /**
     * An order to delete the double of a record.
     *
     * @param piece the second share of the record that is doubled, to be dropped with it, if it has one
     */
    public Task withoutRecord(UUID record, Optional<UUID> piece) {
        JsonObjectBuilder fields = Json.createObjectBuilder(id(record));
        piece.ifPresent(id -> fields.add("piece", id.toString()));
        return outbox.order(Kind.DROP_ITEM.word(), fields.build());
    }

    /** An order to delete the twin of a patient. */
    public Task withoutPatient(UUID patient) {
        return outbox.order(Kind.DROP_SUBJECT.word(), id(patient));
    }

    private static JsonObject id(UUID id) {
        return Json.createObjectBuilder().add("id", id.toString()).build();
    }

    /**
     * Carries out an order that was just committed.
     *
     * @return whether it is done; if not, it waits and nothing is lost
     */
    public boolean now(Task order) {
        return now(order, nothingAhead());
    }

    /**
     * The same for the order of a double that may have been begun ahead.
     *
     * @return whether it is done; if not, it waits and nothing is lost
     */
    public boolean now(Task order, DoubleAhead ahead) {
        Kind kind = kind(order.kind());
        try {
            return outbox.with(order.id(), fields -> carriedOut(kind, fields, ahead));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.INFO, "order {0} waits: a store does not answer", order.id());
            return false;
        }
    }

    /**
     * Works off what is due, one order of each kind at a time.
     *
     * @return how many orders were given to the maker
     */
    int workOff(int atMost) {
        int given = 0;
        for (Kind kind : Kind.values()) {
            while (given < atMost && outbox.withNext(kind.word(), fields -> carriedOut(kind, fields, nothingAhead()))) {
                given++;
            }
        }
        return given;
    }

    private static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    private Outcome carriedOut(Kind kind, JsonObject fields, DoubleAhead ahead) {
        try {
            switch (kind) {
                case SUBJECT -> {
                    PatientOrder order = PatientOrder.of(fields);
                    maker.makePatient(order);
                    outbox.patientReady(order.patient());
                }
                case ITEM -> {
                    DoubleOrder order = DoubleOrder.of(fields);
                    if (!ahead.finishAs(order)) {
                        ahead.close();
                        maker.makeRecord(order);
                    }
                    outbox.recordReady(order.spec().record());
                }
                case DROP_ITEM -> {
                    if (fields.containsKey("piece")) {
                        maker.dropPiece(UUID.fromString(fields.getString("piece")));
                    }
                    maker.dropRecord(UUID.fromString(fields.getString("id")));
                }
                case DROP_SUBJECT -> maker.dropPatient(UUID.fromString(fields.getString("id")));
            }
            return Outcome.DONE;
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.INFO, "an order waits: {0}", failed.getClass().getSimpleName());
            LOG.log(Level.FINE, "why it waits", failed);
            return Outcome.RETRY;
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "an order cannot be carried out: keys or order do not open", tampered);
            return Outcome.RETRY;
        }
    }
}
