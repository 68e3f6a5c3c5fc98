package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** The two stores are two, and alike. */
class SeparationIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    @Test
    void twoServersAreAccepted() {
        assertThatCode(() -> Separation.check(STORES.atA(), STORES.atB())).doesNotThrowAnyException();
    }

    @Test
    void oneDatabaseTwiceIsRefused() {
        assertThatThrownBy(() -> Separation.check(STORES.atA(), STORES.atA())).isInstanceOf(SameStoreException.class);
    }

    @Test
    void twoDatabasesOfOneServerAreRefused() {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setPortNumbers(((PGSimpleDataSource) STORES.atA()).getPortNumbers());
        other.setDatabaseName("template1");
        other.setUser("postgres");

        assertThatThrownBy(() -> Separation.check(STORES.atA(), other)).isInstanceOf(SameStoreException.class);
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoReasonToRefuse() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setPortNumbers(new int[] {1});
        nobody.setUser("postgres");

        assertThat(Preparation.prepare(STORES.atA(), nobody)).isFalse();
        assertThat(Preparation.prepare(STORES.atA(), STORES.atB())).isTrue();
    }

    @Test
    void aStoreThatRefusesUsIs() {
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        stranger.setPortNumbers(((PGSimpleDataSource) STORES.atB()).getPortNumbers());
        stranger.setDatabaseName("nonesuch");
        stranger.setUser("postgres");

        assertThatThrownBy(() -> Preparation.prepare(STORES.atA(), stranger)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Preparation.prepare(STORES.atA(), STORES.atA()))
                .isInstanceOf(SameStoreException.class);
    }

    @Test
    void migratingAgainChangesNothing() {
        assertThatCode(() -> Schema.migrate(STORES.atA())).doesNotThrowAnyException();
    }

    @Test
    void nothingInASchemaTellsOneStoreFromTheOther() throws Exception {
        List<String> names = schema(STORES.atA());

        assertThat(names).isEqualTo(schema(STORES.atB()));
        assertThat(names)
                .hasSizeGreaterThan(80)
                .allSatisfy(name -> assertThat(name)
                        .doesNotContainIgnoringCase("original")
                        .doesNotContainIgnoringCase("duplicate")
                        .doesNotContainIgnoringCase("decoy")
                        .doesNotContainIgnoringCase("double")
                        .doesNotContainIgnoringCase("twin")
                        .doesNotContainIgnoringCase("honey")
                        .doesNotContainIgnoringCase("fake")
                        .doesNotContainIgnoringCase("deceive"));
    }

    /** Tables, columns, indexes, constraints, comments, and what the migrations left behind. */
    private static List<String> schema(DataSource source) throws Exception {
        List<String> names = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement ask = connection.createStatement();
                ResultSet rows = ask.executeQuery("""
                        SELECT c.relname || '.' || coalesce(a.attname, '') FROM pg_class c
                            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                            WHERE c.relnamespace = 'public'::regnamespace
                        UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                        UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint
                            WHERE connamespace = 'public'::regnamespace
                        UNION ALL SELECT d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
                            WHERE c.relnamespace = 'public'::regnamespace
                        UNION ALL SELECT script || description FROM version
                        ORDER BY 1
                        """)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
