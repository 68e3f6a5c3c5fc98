package org.sosia.crypto.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

class DeliveryTest {
    private static final byte[] SECRET = "4XKM".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = "grant 1".getBytes(StandardCharsets.UTF_8);

    private final PersonKey dora = PersonKey.generate();

    @Test
    void thePersonOpensWhatWasSealedToThem() throws Exception {
        byte[] sealed = Delivery.seal(dora.publicKey(), CONTEXT, SECRET);
        assertThat(sealed).hasSize(1 + 32 + SECRET.length + 16);
        assertThat(dora.open(sealed, CONTEXT)).isEqualTo(SECRET);
        assertThat(PersonKey.decode(dora.encode()).open(sealed, CONTEXT)).isEqualTo(SECRET);
        assertThat(Delivery.seal(dora.publicKey(), CONTEXT, SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void nobodyElseOpensItAndNothingElseIsOpened() throws Exception {
        byte[] sealed = Delivery.seal(dora.publicKey(), CONTEXT, SECRET);
        assertRefused(() -> PersonKey.generate().open(sealed, CONTEXT));
        assertRefused(() -> dora.open(sealed, "grant 2".getBytes(StandardCharsets.UTF_8)));
        assertRefused(() -> dora.open(Arrays.copyOf(sealed, sealed.length - 1), CONTEXT));
        assertRefused(() -> dora.open(Arrays.copyOf(sealed, sealed.length + 1), CONTEXT));
        assertRefused(() -> dora.open(new byte[0], CONTEXT));
        assertRefused(() -> dora.open(new byte[Delivery.MAX_SEALED_BYTES + 1], CONTEXT));
        for (int position = 0; position < sealed.length; position++) {
            byte[] changed = sealed.clone();
            changed[position] ^= 1;
            assertRefused(() -> dora.open(changed, CONTEXT));
        }
    }

    /** A shared secret with such a key is zero, whoever computes it. */
    @Test
    void publicKeysOfSmallOrderAreRefused() {
        assertRefused(() -> Delivery.seal(new byte[32], CONTEXT, SECRET));
        byte[] one = new byte[32];
        one[0] = 1;
        assertRefused(() -> Delivery.seal(one, CONTEXT, SECRET));
        assertRefused(() -> Delivery.seal(new byte[31], CONTEXT, SECRET));
    }

    @Test
    void onlySmallSecretsAreDelivered() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.seal(dora.publicKey(), CONTEXT, new byte[4_001]));
        byte[] longest = Delivery.seal(dora.publicKey(), CONTEXT, new byte[4_000]);
        assertThat(dora.open(longest, CONTEXT)).isEqualTo(new byte[4_000]);
    }

    @Test
    void x25519FollowsThePublishedVectors() {
        var vectors = Json.wycheproof("x25519_test.json");
        assertThat(vectors).hasSizeGreaterThan(500);
        for (Json vector : vectors) {
            byte[] shared = new byte[32];
            boolean zero;
            try {
                new X25519PrivateKeyParameters(vector.hex("private"))
                        .generateSecret(new X25519PublicKeyParameters(vector.hex("public")), shared, 0);
                zero = false;
            } catch (IllegalStateException e) {
                zero = true;
            }
            assertThat(zero)
                    .as(vector.text("tcId"))
                    .isEqualTo(vector.text("flags").contains("ZeroSharedSecret"));
            assertThat(shared).as(vector.text("tcId")).isEqualTo(vector.hex("shared"));
        }
    }

    @Test
    void malformedKeysAreRefused() {
        assertRefused(() -> PersonKey.decode(SecretBytes.random(32)));
        assertRefused(() -> PersonKey.decode(SecretBytes.copyOf(new byte[33])));
        assertThat(dora).hasToString("PersonKey[secret]");
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(code);
    }
}
