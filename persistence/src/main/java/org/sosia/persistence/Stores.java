package org.sosia.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;

/**
 * Prepares both stores when the application starts, or refuses the start. Whoever needs a store during the start calls
 * {@link #prepared} first: the container then finishes this one before it answers.
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

    @PostConstruct
    void prepare() {
        if (StoreSettings.of("sosia.store-a").sameCredentials(StoreSettings.of("sosia.store-b"))) {
            throw new SameStoreException("one credential opens both stores");
        }
        // Not through the pools: a migration needs a connection of its own.
        OriginalSource original = new OriginalSource();
        DuplicateSource duplicate = new DuplicateSource();
        Schema.migrate(original);
        Schema.migrate(duplicate);
        Separation.check(original, duplicate);
    }

    /** Returns when both stores are at hand with up-to-date tables. */
    public void prepared() {}
}
