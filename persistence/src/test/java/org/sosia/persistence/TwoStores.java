package org.sosia.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two real database servers with the real migrations, started once and emptied before each test, and the real clouds over
 * them, each call in a transaction of its own as the container would give it.
 */
public final class TwoStores implements BeforeEachCallback {

    private static final DataSource AT_A;
    private static final DataSource AT_B;
    private static final LocalCloud<OriginalCloud> ORIGINAL;
    private static final LocalCloud<DuplicateCloud> DUPLICATE;

    static {
        AT_A = start();
        AT_B = start();
        ORIGINAL = LocalCloud.original(AT_A);
        DUPLICATE = LocalCloud.duplicate(AT_B);
    }

    private static DataSource start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setPortNumbers(new int[] {server.getPort()});
            source.setDatabaseName("postgres");
            source.setUser("postgres");
            StoreSettings.tune(source);
            Schema.migrate(source);
            return source;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Cloud A. */
    public OriginalCloud original() {
        return ORIGINAL.cloud();
    }

    /** Cloud B. */
    public DuplicateCloud duplicate() {
        return DUPLICATE.cloud();
    }

    /** The server of cloud A. */
    public DataSource atA() {
        return AT_A;
    }

    /** The server of cloud B. */
    public DataSource atB() {
        return AT_B;
    }

    /** Does behind the clouds' backs what an operator or a fault could do. */
    public void tamper(DataSource source, String statement) {
        try (Connection connection = source.getConnection();
                Statement tampering = connection.createStatement()) {
            tampering.execute(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        for (DataSource source : new DataSource[] {AT_A, AT_B}) {
            tamper(
                    source,
                    "TRUNCATE subject, item, part, ask, half, lever, member, box, entry, notice, task, mark, issue, term, ground, bygone, loss, job, line, tally, gist, desk,"
                            + " rack, place, slip, slip_part, leave, sight, spare, commission, commission_part, commission_spent, tag, probe;"
                            + "DELETE FROM stamp WHERE name NOT IN ('line', 'tally', 'tag front', 'tag back');"
                            + "UPDATE tip SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
        }
    }
}
