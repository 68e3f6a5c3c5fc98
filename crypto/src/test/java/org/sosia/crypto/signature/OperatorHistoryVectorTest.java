package org.sosia.crypto.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** Three keys of one operator, introduced one by the other by another program from docs/FORMATS.md. */
class OperatorHistoryVectorTest {
    private final Json vector = Json.resource("sosia/operator-history-1.json");

    private OperatorKey operator(int number) throws Exception {
        return OperatorKey.decode(SecretBytes.copyOf(hex("operators", number)));
    }

    private byte[] hex(String list, int number) {
        return HexFormat.of().parseHex(vector.get(list).list().get(number).toString());
    }

    private Instant micros(int number) {
        long micros = Long.parseLong(vector.get("micros").list().get(number).toString());
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Test
    void everyByteIsReproduced() throws Exception {
        OperatorHistory history = OperatorHistory.beginningWith(operator(0))
                .followedBy(operator(0), operator(1), micros(0).plusNanos(999))
                .followedBy(operator(1), operator(2), micros(1));
        assertThat(history.encode()).isEqualTo(vector.hex("history"));
    }

    @Test
    void everyTermIsReadAsItWasWritten() throws Exception {
        OperatorHistory history = OperatorHistory.decode(vector.hex("history"));
        List<OperatorHistory.Term> terms = history.terms();
        assertThat(history.encode()).isEqualTo(vector.hex("history"));
        assertThat(history).hasToString("OperatorHistory[3 keys]");
        assertThat(history.newest()).isEqualTo(operator(2).certificate());
        assertThat(terms).hasSize(3);
        assertThat(terms.get(0).from()).isEmpty();
        assertThat(terms.get(0).introduction()).isEmpty();
        assertThat(terms.get(0).signature()).isEmpty();
        assertThat(terms.get(2).until()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(terms.get(i).certificate()).isEqualTo(operator(i).certificate());
        }
        for (int i = 0; i < 2; i++) {
            assertThat(terms.get(i).until()).contains(micros(i));
            assertThat(terms.get(i + 1).from()).contains(micros(i));
            assertThat(terms.get(i + 1).introduction()).isEqualTo(hex("introductions", i));
            assertThat(terms.get(i + 1).signature()).isEqualTo(hex("signatures", i));
        }
    }

    @Test
    void aWordIsThatOfTheKeyOfItsTime() throws Exception {
        OperatorHistory history = OperatorHistory.decode(vector.hex("history"));
        byte[] message = vector.hex("message");
        byte[] signature = vector.hex("messageSignature");
        assertThat(operator(1).sign(message)).isEqualTo(signature);
        assertThat(history.signer(micros(0), message, signature))
                .isEqualTo(operator(1).certificate());
    }
}
