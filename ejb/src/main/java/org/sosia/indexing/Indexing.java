package org.sosia.indexing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Outbox;
import org.sosia.lane.Rounds;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.Task;

/** Takes orders to index and to forget, and sees to it that they are carried out in both hospitals. */
@ApplicationScoped
public class Indexing {

    private static final Logger LOG = Logger.getLogger(Indexing.class.getName());

    /** Neutral: the store's operator reads it. */
    private static final String KIND = "sight";

    @Inject
    Outbox outbox;

    @Inject
    Rounds rounds;

    @Inject
    Indexer indexer;

    /** An order to look at a record that arrives in the real hospital, and at its double. */
    public Task forRecord(UUID record) {
        return outbox.order(KIND, order(record, false));
    }

    /** An order to forget a record that is deleted in the real hospital, and its double. */
    public Task withoutRecord(UUID record) {
        return outbox.order(KIND, order(record, true));
    }

    private static JsonObject order(UUID record, boolean gone) {
        return Json.createObjectBuilder()
                .add("record", record.toString())
                .add("gone", gone)
                .build();
    }

    /** Carries out an order that was just committed; if it cannot be, it waits and nothing is lost. */
    void now(UUID order) {
        try {
            outbox.with(order, this::carriedOut);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.INFO, "order {0} waits: a store does not answer", order);
        }
    }

    /** Looks at, or forgets, what concerns the twin hospital alone. */
    void inTwin(UUID record, boolean gone) {
        for (Hospital hospital : rounds.hospitals()) {
            if (hospital.lane() == Lane.DUPLICATE) {
                done(hospital, record, gone);
            }
        }
    }

    /**
     * Works off what is due.
     *
     * @return how many orders were looked at
     */
    int workOff(int atMost) {
        int given = 0;
        while (given < atMost && outbox.withNext(KIND, this::carriedOut)) {
            given++;
        }
        return given;
    }

    private Outcome carriedOut(JsonObject order) {
        UUID record = UUID.fromString(order.getString("record"));
        boolean done = true;
        for (Hospital hospital : rounds.hospitals()) {
            done &= done(hospital, record, order.getBoolean("gone"));
        }
        return done ? Outcome.DONE : Outcome.RETRY;
    }

    private boolean done(Hospital hospital, UUID record, boolean gone) {
        try {
            if (gone) {
                indexer.drop(hospital, record);
                return true;
            }
            return indexer.index(hospital, record);
        } catch (GeneralSecurityException | IntegrityException damaged) {
            LOG.log(Level.SEVERE, "record " + record + " is not indexed: it does not open", damaged);
            return true;
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.INFO, "indexing waits: {0}", failed.getClass().getSimpleName());
            LOG.log(Level.FINE, "why it waits", failed);
            return false;
        }
    }
}
