package org.sosia.crypto.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Somebody broke one of the two problems: has the person's RSA key, as from a quantum computer, or the ML-KEM key, as from a mistake in lattices. They take the half they can open and guess
 * the other, with the suite's own code.
 */
class OneBrokenHalfAttackTest {
    private static final PersonKey DORA = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
    private static final PersonKey EVE = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
    private static final byte[] CONTEXT = "slot".getBytes(StandardCharsets.UTF_8);

    private static byte[] seed(PersonKey key) {
        return Arrays.copyOfRange(key.encode().exposeSecretBytes(), 1, 65);
    }

    private static byte[] pkcs8(PersonKey key) {
        byte[] encoded = key.encode().exposeSecretBytes();
        return Arrays.copyOfRange(encoded, 67, encoded.length);
    }

    private static byte[] open(byte[] pkcs8, byte[] seed, byte[] sealed) throws Exception {
        return HybridDelivery.open(
                Rsa3072.secretKey(pkcs8), HybridKem.mlKemPrivateKey(seed), DORA.publicPart(), sealed, CONTEXT);
    }

    @Test
    void bothHalvesOpen() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicPart(), CONTEXT, SecretBytes.copyOf(new byte[32]));
        assertThat(open(pkcs8(DORA), seed(DORA), sealed)).isEqualTo(new byte[32]);
    }

    @Test
    void rsaAloneDoesNotOpen() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicPart(), CONTEXT, SecretBytes.copyOf(new byte[32]));
        assertThatExceptionOfType(UndeliverableException.class).isThrownBy(() -> open(pkcs8(DORA), seed(EVE), sealed));
    }

    @Test
    void mlKemAloneDoesNotOpen() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicPart(), CONTEXT, SecretBytes.copyOf(new byte[32]));
        assertThatExceptionOfType(UndeliverableException.class).isThrownBy(() -> open(pkcs8(EVE), seed(DORA), sealed));
    }

    /** A false padding gets no answer of its own: it is a wrong key like any other. */
    @Test
    void aFalsePaddingLooksLikeAWrongKey() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicPart(), CONTEXT, SecretBytes.copyOf(new byte[32]));
        byte[] padding = sealed.clone();
        Arrays.fill(padding, 1, 1 + Rsa3072.BYTES, (byte) 0);
        padding[Rsa3072.BYTES] = 2;
        byte[] beyondTheModulus = sealed.clone();
        Arrays.fill(beyondTheModulus, 1, 1 + Rsa3072.BYTES, (byte) 0xff);
        byte[] shorterMessage = new ByteWriter()
                .u8(2)
                .fixed(HybridKem.rsaEncrypt(
                        Rsa3072.publicKey(Arrays.copyOfRange(DORA.publicKey(), 1, 385)), new byte[5]))
                .fixed(Arrays.copyOfRange(sealed, 385, sealed.length))
                .toByteArray();
        for (byte[] wrong : new byte[][] {padding, beyondTheModulus, shorterMessage}) {
            assertThatExceptionOfType(UndeliverableException.class).isThrownBy(() -> DORA.open(wrong, CONTEXT));
        }
    }
}
