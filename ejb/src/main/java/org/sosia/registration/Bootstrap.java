package org.sosia.registration;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.lane.Enrolment;

/**
 * Enrols the persons of the bootstrap file, {@code sosia.bootstrap.persons}, once the stores answer.
 *
 * <p>Tried again until it is done: at start a store may still be on its way up. Without a file there is nothing to do.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Bootstrap {
    private static final Logger LOG = Logger.getLogger(Bootstrap.class.getName());
    private static final long FIRST_TRY_MILLIS = 200;
    private static final long NEXT_TRY_MILLIS = 2_000;

    @Resource
    TimerService timers;

    @Inject
    Enrolment enrolment;

    @Inject
    @ConfigProperty(name = "sosia.bootstrap.persons")
    Optional<String> file;

    private volatile boolean done;

    /** Whether everybody of the file is enrolled. Readiness waits for it. */
    @PermitAll
    public boolean isDone() {
        return done;
    }

    @PostConstruct
    void begin() {
        if (file.isEmpty()) {
            done = true;
        } else {
            again(FIRST_TRY_MILLIS);
        }
    }

    @Timeout
    void attempt() {
        try {
            List<BootstrapFile.Entry> persons = BootstrapFile.read(Path.of(file.orElseThrow()));
            for (BootstrapFile.Entry person : persons) {
                enrolment.enrol(
                        person.subject(), person.name(), person.roles(), person.attributes(), person.patients());
            }
            done = true;
            LOG.log(Level.INFO, "{0} first persons are enrolled", persons.size());
        } catch (BootstrapFile.UnusableException unusable) {
            LOG.log(Level.SEVERE, unusable.getMessage() + "; correct it and start again", unusable);
        } catch (GeneralSecurityException damaged) {
            LOG.log(Level.SEVERE, "a registration does not open; nobody else is enrolled", damaged);
        } catch (RuntimeException notYet) {
            LOG.log(Level.FINE, "the first persons are not enrolled yet", notYet);
            again(NEXT_TRY_MILLIS);
        }
    }

    private void again(long millis) {
        timers.createSingleActionTimer(millis, new TimerConfig(null, false));
    }
}
