package org.sosia.persistence.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SampleHospital;
import org.sosia.persistence.TwoStores;

/** What the command prints and ends with. */
class CheckStoresIT {

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void forgetSettings() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith("sosia."));
    }

    @Test
    void soundStoresEndWithZero() throws Exception {
        settings("sosia.store-a", STORES.atA());
        settings("sosia.store-b", STORES.atB());

        assertThat(run()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("both stores are sound");
    }

    @Test
    void aViolationIsPrintedAndEndsWithOne() throws Exception {
        settings("sosia.store-a", STORES.atA());
        settings("sosia.store-b", STORES.atB());
        UUID id = UUID.randomUUID();
        new SampleHospital().keep(STORES.original(), id, 100, RecordState.READY);

        assertThat(run()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().toList())
                .isEqualTo(List.of("I2 DOUBLE_MISSING at B " + id, "1 violation"));
    }

    @Test
    void aMissingSettingEndsWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("sosia.store-a.port");
    }

    private int run() {
        return CheckStores.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private void settings(String prefix, DataSource source) throws Exception {
        Path password = folder.resolve(prefix);
        Files.writeString(password, "postgres\n");
        System.setProperty(prefix + ".port", Integer.toString(((PGSimpleDataSource) source).getPortNumbers()[0]));
        System.setProperty(prefix + ".database", "postgres");
        System.setProperty(prefix + ".user", "postgres");
        System.setProperty(prefix + ".password-file", password.toString());
    }
}
