package org.sosia.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of a store. Both stores have the same. */
public final class Schema {

    /** A database server that starts together with us is often there in a few seconds. */
    private static final int CONNECT_RETRIES = 3;

    private static final int CONNECT_PAUSE_SECONDS = 2;

    /**
     * Brings a store's tables up to date. Several nodes may do so at once: the first one works, the others wait.
     *
     * @param source the store; its user owns the tables
     */
    public static void migrate(DataSource source) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .table("version")
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(CONNECT_PAUSE_SECONDS)
                .load()
                .migrate();
    }

    private Schema() {}
}
