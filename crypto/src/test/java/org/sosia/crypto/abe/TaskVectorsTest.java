package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** What goes to clouds, waits for a record or lies behind a passphrase, against what another program wrote from docs/FORMATS.md. */
@Tag("both-engines")
class TaskVectorsTest {
    private final Json vector = Json.resource("sosia/task-1.json");

    private static SecretBytes secret(Json json, String name) {
        return SecretBytes.copyOf(json.hex(name));
    }

    @Test
    void tasksAreWrittenAsDocumented() throws Exception {
        Scalar summand = Scalar.decode(vector.hex("summand"));
        Set<Attribute> held = new LinkedHashSet<>();
        for (Json attribute : vector.get("attributes").list()) {
            held.add(Attribute.parse(attribute.toString()));
        }
        assertThat(new KeyTask(summand, held).encode()).isEqualTo(secret(vector, "keyTask"));
        assertThat(KeyTask.decode(secret(vector, "keyTask")).encode()).isEqualTo(secret(vector, "keyTask"));

        AccessPolicy policy = AccessPolicy.decode(vector.text("policy").getBytes(StandardCharsets.UTF_8));
        assertThat(new LockTask(policy, summand).encode()).isEqualTo(secret(vector, "lockTask"));
        assertThat(LockTask.decode(secret(vector, "lockTask")).policy()).isEqualTo(policy);
    }

    @Test
    void anOfflineLockWaitsAsDocumented() throws Exception {
        Json lock = Json.resource("sosia/" + vector.text("from") + ".json");
        PublicParameters parameters = PublicParameters.decode(lock.hex("parameters"));
        assertThat(OfflineLock.decode(secret(vector, "offlineLock"), parameters).encode())
                .isEqualTo(secret(vector, "offlineLock"));
        OfflineLock waiting = OfflineLock.decode(secret(vector, "offlineLock"), parameters);
        Scalar s = Scalar.decode(lock.hex("exponent"));
        assertThat(waiting.complete(s).locks(parameters, s)).isTrue();
        assertThat(PolicyLock.read(new ByteReader(lock.hex("lock")), waiting.policy())
                        .locks(parameters, s))
                .isTrue();
    }

    @Test
    void aPassphraseGivesTheDocumentedKey() throws Exception {
        Json blinded = Json.resource("sosia/blinded-retrieval-key-1.json");
        RetrievalKey key = RetrievalKey.decode(secret(blinded, "retrievalKey"));
        char[] passphrase = blinded.text("passphrase").toCharArray();
        assertThat(BlindedRetrievalKey.blind(key, passphrase, blinded.hex("salt"))
                        .encode())
                .isEqualTo(blinded.hex("encoded"));
        assertThat(BlindedRetrievalKey.decode(blinded.hex("encoded"))
                        .unblind(passphrase)
                        .encode())
                .isEqualTo(key.encode());
    }
}
