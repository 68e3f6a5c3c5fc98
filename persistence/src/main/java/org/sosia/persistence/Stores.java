package org.sosia.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.logging.Logger;

/**
 * Prepares both stores when the application starts, or refuses the start when they are one. A store that cannot be reached is
 * tried again every ten seconds: one operator's outage must not keep the other's from being used.
 *
 * <p>Whoever needs the stores during the start calls {@link #prepared} first: the container then finishes this one before it
 * answers.
 */
@DataSourceDefinition(
        name = "java:app/jdbc/store_a",
        className = "org.sosia.persistence.OriginalSource",
        minPoolSize = 2,
        maxPoolSize = 32,
        maxIdleTime = 300,
        properties = {
            "fish.payara.max-wait-time-in-millis=10000",
            // A connection that died with its server is found out before it is handed out.
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation"
        })
@DataSourceDefinition(
        name = "java:app/jdbc/store_b",
        className = "org.sosia.persistence.DuplicateSource",
        minPoolSize = 2,
        maxPoolSize = 32,
        maxIdleTime = 300,
        properties = {
            "fish.payara.max-wait-time-in-millis=10000",
            // A connection that died with its server is found out before it is handed out.
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation"
        })
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Stores {

    private static final Logger LOG = Logger.getLogger(Stores.class.getName());

    private volatile boolean prepared;

    @PostConstruct
    void start() {
        if (StoreSettings.of("sosia.store-a").sameCredentials(StoreSettings.of("sosia.store-b"))) {
            throw new SameStoreException("one credential opens both stores");
        }
        prepare();
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void again() {
        if (!prepared) {
            prepare();
        }
    }

    /** Not through the pools: a migration needs a connection of its own. */
    private synchronized void prepare() {
        prepared = prepared || Preparation.prepare(new OriginalSource(), new DuplicateSource());
        if (!prepared) {
            LOG.warning("a store does not answer; it will be tried again");
        }
    }

    /** Whether both stores have up-to-date tables; when not, a store has not answered yet. */
    @PermitAll
    public boolean prepared() {
        return prepared;
    }
}
