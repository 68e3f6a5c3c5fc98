package org.sosia.crypto.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.rsa.Rsa3072;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.StrictReading;

class HybridDeliveryTest {
    private static final PersonKey DORA = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
    private static final PersonKey EVE = PersonKey.generate(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
    private static final byte[] SECRET = "a share".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = "re-key 1".getBytes(StandardCharsets.UTF_8);

    @Test
    void thePersonOpensWhatWasSealedToThem() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicKey(), CONTEXT, SECRET);
        assertThat(sealed).hasSize(HybridDelivery.OVERHEAD_BYTES + SECRET.length);
        assertThat(DORA.open(sealed, CONTEXT)).isEqualTo(SECRET);
        assertThat(Delivery.seal(DORA.publicKey(), CONTEXT, SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void keysSurviveEncoding() throws Exception {
        PersonKey read = PersonKey.decode(DORA.encode());
        assertThat(read.suite()).isEqualTo(PersonKeySuite.RSA_3072_WITH_ML_KEM_768);
        assertThat(read.encode()).isEqualTo(DORA.encode());
        assertThat(read.publicPart()).isEqualTo(DORA.publicPart());
        assertThat(PersonPublicKey.decode(DORA.publicKey())).isEqualTo(DORA.publicPart());
        assertThat(DORA.publicKey()).hasSize(PersonPublicKey.HYBRID_BYTES);
        assertThat(read.open(Delivery.seal(DORA.publicKey(), CONTEXT, SECRET), CONTEXT))
                .isEqualTo(SECRET);
        assertThat(DORA.encode().length()).isLessThanOrEqualTo(PersonKey.MAX_ENCODED_BYTES);
        assertThat(DORA).hasToString("PersonKey[secret]");
    }

    @Test
    void nobodyElseOpensItAndNothingElseIsOpened() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicKey(), CONTEXT, SECRET);
        assertRefused(() -> EVE.open(sealed, CONTEXT));
        assertRefused(() -> PersonKey.generate().open(sealed, CONTEXT));
        assertRefused(() -> DORA.open(sealed, "re-key 2".getBytes(StandardCharsets.UTF_8)));
        assertRefused(() -> DORA.open(Delivery.seal(PersonKey.generate().publicKey(), CONTEXT, SECRET), CONTEXT));
        assertRefused(() -> DORA.open(Arrays.copyOf(sealed, sealed.length + 1), CONTEXT));
        assertRefused(() -> DORA.open(new byte[Delivery.MAX_SEALED_BYTES + 1], CONTEXT));
        for (int length = 0; length < sealed.length; length += 97) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertRefused(() -> DORA.open(cut, CONTEXT));
        }
        for (int position = 0; position < sealed.length; position += position < 1_500 ? 50 : 1) {
            byte[] changed = sealed.clone();
            changed[position] ^= 1;
            assertRefused(() -> DORA.open(changed, CONTEXT));
        }
    }

    /** What is left then is shorter than a tag, though all before it is right. */
    @Test
    void anEndThatWasCutOffIsNoticedWhateverItsLength() throws Exception {
        byte[] sealed = Delivery.seal(DORA.publicKey(), CONTEXT, SECRET);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(sealed, bytes -> DORA.open(bytes, CONTEXT));
        for (int length = HybridDelivery.OVERHEAD_BYTES - 20; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertRefused(() -> DORA.open(cut, CONTEXT));
        }
    }

    /** A ciphertext of one secret may not be put beside that of another, also not by somebody who sealed both. */
    @Test
    void halvesOfTwoDeliveriesDoNotMix() throws Exception {
        byte[] one = Delivery.seal(DORA.publicKey(), CONTEXT, SECRET);
        byte[] other = Delivery.seal(DORA.publicKey(), CONTEXT, SECRET);
        byte[] mixed = one.clone();
        System.arraycopy(other, 1, mixed, 1, Rsa3072.BYTES);
        assertRefused(() -> DORA.open(mixed, CONTEXT));
        byte[] alsoMixed = one.clone();
        System.arraycopy(other, 1 + Rsa3072.BYTES, alsoMixed, 1 + Rsa3072.BYTES, 1_088);
        assertRefused(() -> DORA.open(alsoMixed, CONTEXT));
    }

    @Test
    void onlySmallSecretsAreDelivered() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.seal(DORA.publicKey(), CONTEXT, new byte[2_501]));
        for (int length : new int[] {0, 1, 2_500}) {
            byte[] sealed = Delivery.seal(DORA.publicKey(), CONTEXT, new byte[length]);
            assertThat(DORA.open(sealed, CONTEXT)).isEqualTo(new byte[length]);
        }
    }

    @Test
    void publicKeysAreKnownByTheirBytes() throws Exception {
        PersonPublicKey dora = DORA.publicPart();
        assertThat(dora)
                .isEqualTo(PersonPublicKey.decode(DORA.publicKey()))
                .hasSameHashCodeAs(PersonPublicKey.decode(DORA.publicKey()))
                .isNotEqualTo(EVE.publicPart())
                .isNotEqualTo("PersonPublicKey")
                .hasToString("PersonPublicKey[RSA_3072_WITH_ML_KEM_768]");
        assertThat(dora.hashCode()).isNotEqualTo(EVE.publicPart().hashCode());
        assertThat(dora.fingerprint()).isEqualTo(Digests.sha256(DORA.publicKey()));
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(DORA.publicKey(), PersonPublicKey::decode);
    }

    @Test
    void aSecretIsOpenedAsASecret() throws Exception {
        SecretBytes secret = SecretBytes.random(32);
        byte[] sealed = Delivery.seal(DORA.publicPart(), CONTEXT, secret);
        assertThat(sealed).hasSize(Delivery.MAX_SEALED_SECRET_BYTES);
        assertThat(DORA.openSecret(sealed, CONTEXT)).isEqualTo(secret);
        assertRefused(() -> EVE.openSecret(sealed, CONTEXT));
    }

    @Test
    void malformedKeysAreRefused() {
        byte[] key = DORA.publicKey();
        assertRefused(() -> PersonPublicKey.decode(changed(key, 0, 1)));
        assertRefused(() -> PersonPublicKey.decode(changed(key, 1, 0)));
        assertRefused(() -> PersonPublicKey.decode(changed(key, 384, key[384] & 0xfe)));
        byte[] unreduced = key.clone();
        Arrays.fill(unreduced, 385, 388, (byte) 0xff);
        assertRefused(() -> PersonPublicKey.decode(unreduced));
        assertRefused(() -> PersonPublicKey.decode(Arrays.copyOf(key, key.length - 1)));
        assertRefused(() -> PersonPublicKey.decode(new byte[0]));

        byte[] secret = DORA.encode().exposeSecretBytes();
        assertRefused(() -> PersonKey.decode(SecretBytes.copyOf(changed(secret, 0, 3))));
        assertRefused(() -> PersonKey.decode(SecretBytes.copyOf(Arrays.copyOf(secret, secret.length - 1))));
        assertRefused(() -> PersonKey.decode(SecretBytes.copyOf(Arrays.copyOf(secret, secret.length + 1))));
        assertRefused(() -> PersonKey.decode(SecretBytes.copyOf(changed(secret, 70, secret[70] ^ 1))));
    }

    private static byte[] changed(byte[] bytes, int position, int value) {
        byte[] changed = bytes.clone();
        changed[position] = (byte) value;
        return changed;
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(code);
    }
}
