package org.sosia.crypto.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** What another program sealed to a person from docs/FORMATS.md, RFC 9180 and FIPS 203. */
class DeliveryVectorsTest {
    @ParameterizedTest
    @CsvSource({"delivery-1, X25519", "delivery-2, RSA_3072_WITH_ML_KEM_768"})
    void whatWasSealedOnceIsOpenedForEver(String name, PersonKeySuite suite) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        PersonKey person = PersonKey.decode(SecretBytes.copyOf(vector.hex("personKey")));

        assertThat(person.suite()).isEqualTo(suite);
        assertThat(person.encode().exposeSecretBytes()).isEqualTo(vector.hex("personKey"));
        assertThat(person.publicKey()).isEqualTo(vector.hex("publicKey"));
        assertThat(person.publicPart().fingerprint()).isEqualTo(vector.hex("fingerprint"));
        assertThat(person.publicPart().suite()).isEqualTo(suite);
        assertThat(person.open(vector.hex("sealed"), vector.hex("context"))).isEqualTo(vector.hex("secret"));
        assertThat(person.openSecret(vector.hex("sealed"), vector.hex("context")))
                .isEqualTo(SecretBytes.copyOf(vector.hex("secret")));
    }
}
