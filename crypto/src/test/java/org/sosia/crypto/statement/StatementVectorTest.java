package org.sosia.crypto.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OperatorKey;
import org.sosia.crypto.testing.Json;

/** A statement that another program signed from docs/FORMATS.md; Ed25519 signs the same bytes the same way. */
class StatementVectorTest {
    @Test
    void everyByteIsReproduced() throws Exception {
        Json vector = Json.resource("sosia/statement-1.json");
        OperatorKey operator = OperatorKey.decode(SecretBytes.copyOf(vector.hex("operator")));
        Instant at = Instant.EPOCH.plus(Long.parseLong(vector.text("micros")), ChronoUnit.MICROS);
        Work work = Work.valueOf(vector.text("work"));
        byte[] header = vector.hex("header");
        byte[] result = vector.hex("result");

        Statement signed = Statement.sign(work, header, vector.hex("key"), result, at, operator);

        assertThat(signed.encode()).isEqualTo(vector.hex("statement"));
        Statement.decode(vector.hex("statement")).require(operator.certificate(), work, header, result);
        assertThat(operator.encode().exposeSecretBytes()).isEqualTo(vector.hex("operator"));
    }
}
