package org.sosia.persistence;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes two stores ready for use, as far as they can be reached. */
final class Preparation {

    /**
     * Brings both stores' tables up to date and makes sure that they are two.
     *
     * @return false if a store cannot be reached now, which may change
     * @throws SameStoreException if both are on one server
     * @throws RuntimeException if a store refuses us or its tables are not ours, which will not change by waiting
     */
    static boolean prepare(DataSource original, DataSource duplicate) {
        try {
            Schema.migrate(original);
            Schema.migrate(duplicate);
            Separation.check(original, duplicate);
            return true;
        } catch (RuntimeException failed) {
            if (isUnreachable(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /** Class 08 of SQL states: no connection. 57P: the server is starting up or shutting down. */
    private static boolean isUnreachable(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState().startsWith("08")
                        || refused.getSQLState().startsWith("57P");
            }
        }
        return false;
    }

    private Preparation() {}
}
