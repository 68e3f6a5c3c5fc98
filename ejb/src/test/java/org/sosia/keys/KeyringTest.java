package org.sosia.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.persistence.MemoryCloud;

/** One root key opens one store, and every secret opens only in its own place. */
class KeyringTest {

    private static final UUID ID = UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7");

    @TempDir
    Path directory = Path.of("");

    private final MemoryCloud store = new MemoryCloud(Clock.systemUTC());

    private Path file() {
        return directory.resolve("original.key");
    }

    @Test
    void theFirstStartMakesAFileForItsUserAlone() throws Exception {
        Keyring.unlock(file(), store);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file()).get(0)).isEqualTo("sosia-root-key 1");
    }

    @Test
    void theSecondStartFindsTheSameKeys() throws Exception {
        Keyring first = Keyring.unlock(file(), store);
        byte[] sealed = first.seal("patient", ID, 1, "Asha".getBytes(UTF_8));
        String serial = first.signingKey("olga").certificate().getSerialNumber().toString();

        Keyring second = Keyring.unlock(file(), store);

        assertThat(second.open("patient", ID, 1, sealed)).isEqualTo("Asha".getBytes(UTF_8));
        assertThat(second.signingKey("olga").certificate().getSerialNumber()).hasToString(serial);
        assertThat(second.ca()).isEqualTo(first.ca());
        assertThat(second.parameters().encode()).isEqualTo(first.parameters().encode());
        assertThat(second.handle("x", "y")).isEqualTo(first.handle("x", "y"));
    }

    @Test
    void aLostFileIsSaidSoAndNotReplaced() throws Exception {
        Keyring.unlock(file(), store);
        Files.delete(file());

        assertThatThrownBy(() -> Keyring.unlock(file(), store))
                .isInstanceOf(KeysDoNotFitException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("original.key");
        assertThat(file()).doesNotExist();
    }

    @Test
    void theFileOfAnotherInstallationIsSaidSo() throws Exception {
        Keyring.unlock(file(), store);
        Path other = directory.resolve("other.key");
        Keyring.unlock(other, new MemoryCloud(Clock.systemUTC()));

        assertThatThrownBy(() -> Keyring.unlock(other, store))
                .isInstanceOf(KeysDoNotFitException.class)
                .hasMessageContaining("does not open what the store holds");
    }

    @Test
    void aDamagedFileIsSaidSoWithoutShowingIt() throws Exception {
        Keyring.unlock(file(), store);
        String text = Files.readString(file());
        for (String damaged :
                List.of("", "sosia-root-key 2\nAAAA\n", "sosia-root-key 1\n????\n", text.substring(0, 40))) {
            Files.writeString(file(), damaged);

            assertThatThrownBy(() -> Keyring.unlock(file(), store))
                    .isInstanceOf(KeysDoNotFitException.class)
                    .hasMessageContaining("root key");
        }
    }

    @Test
    void aFieldOpensOnlyWhereItWasSealedFor() throws Exception {
        Keyring keys = Keyring.unlock(file(), store);
        byte[] sealed = keys.seal("patient", ID, 1, "Asha".getBytes(UTF_8));

        assertThatThrownBy(() -> keys.open("patient", ID, 2, sealed)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> keys.open("record", ID, 1, sealed)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> keys.open("patient", UUID.randomUUID(), 1, sealed))
                .isInstanceOf(GeneralSecurityException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] flipped = sealed.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> keys.open("patient", ID, 1, flipped)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void ownersShareNoKey() throws Exception {
        Keyring keys = Keyring.unlock(file(), store);

        assertThat(keys.signingKey("olga").certificate())
                .isNotEqualTo(keys.signingKey("otto").certificate());
        byte[] olgas = keys.collection("olga").encode().exposeSecretBytes();
        assertThat(keys.collection("otto").encode().exposeSecretBytes()).isNotEqualTo(olgas);
        assertThat(keys.forgeKey().exposeSecretBytes()).hasSize(32).isNotEqualTo(olgas);
    }

    @Test
    void nodesThatNeedASecretAtTheSameTimeUseTheSame() throws Exception {
        Keyring.unlock(file(), store);
        var nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<String> node = () -> {
                synchronized (store) {
                    return java.util.HexFormat.of()
                            .formatHex(Keyring.unlock(file(), store)
                                    .collection("olga")
                                    .encode()
                                    .exposeSecretBytes());
                }
            };
            var answers = nodes.invokeAll(List.of(node, node, node, node));
            String first = answers.get(0).get();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(first);
            }
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void theStoreHoldsNoSecretInClearAndItsNamesTellNothing() throws Exception {
        Keyring keys = Keyring.unlock(file(), store);
        keys.collection("olga");
        keys.forgeKey();

        String dump = new String(store.dump(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(dump)
                .doesNotContain(
                        new String(keys.forgeKey().exposeSecretBytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(store.secret("folder-" + keys.handle("folder", "olga"))).isPresent();
        assertThat(keys).hasToString("Keyring[secret]");
    }
}
