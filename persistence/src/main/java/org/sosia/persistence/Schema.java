package org.sosia.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of a store. Both stores have the same. */
public final class Schema {

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
                .connectRetries(10)
                .load()
                .migrate();
    }

    private Schema() {}
}
