package org.sosia.alerts;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.incidents.Incidents;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Outbox;
import org.sosia.persistence.Incident;
import org.sosia.persistence.Outcome;
import org.sosia.persistence.Task;

/**
 * Tells the outside of incidents: works off the calls that were queued with them, on any node, one node a call. What is not heard
 * comes back later and later, for a week.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());

    /** Then the incident is old news, and still in the desk's list. */
    private static final Duration TRIED_FOR = Duration.ofDays(7);

    /** One round must not keep a timer thread for ever. */
    private static final int CALLS_A_ROUND = 100;

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    Webhook webhook;

    @Inject
    Outbox outbox;

    Clock clock = Clock.systemUTC();

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void dispatch() {
        if (!webhook.isWanted() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Hospital desk = outbox.twin();
            int calls = 0;
            while (calls < CALLS_A_ROUND && desk.store().withNextTask(Incidents.CALL_TASK, task -> call(desk, task))) {
                calls++;
            }
        } catch (RuntimeException storeIsAway) {
            LOG.log(Level.FINE, "no calls dispatched: the store does not answer", storeIsAway);
        } finally {
            busy.set(false);
        }
    }

    private Outcome call(Hospital desk, Task task) {
        if (task.createdAt().isBefore(clock.instant().minus(TRIED_FOR))) {
            LOG.log(Level.SEVERE, "call {0} was never heard and is given up", task.id());
            return Outcome.DONE;
        }
        try {
            Optional<Incident> incident = desk.store().incident(Incidents.incidentOf(task, desk.keys()));
            boolean heard = incident.isEmpty() || webhook.tell(Webhook.body(Alerts.view(desk, incident.get())));
            return heard ? Outcome.DONE : Outcome.RETRY;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.RETRY;
        } catch (IOException unheard) {
            LOG.log(Level.WARNING, "call {0} was not heard: {1}", new Object[] {task.id(), unheard.getMessage()});
            return Outcome.RETRY;
        } catch (GeneralSecurityException | IntegrityException damaged) {
            LOG.log(Level.SEVERE, "call {0} does not open", task.id());
            return Outcome.RETRY;
        }
    }
}
