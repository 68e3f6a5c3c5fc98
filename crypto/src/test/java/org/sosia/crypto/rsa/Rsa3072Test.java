package org.sosia.crypto.rsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.testing.StrictReading;

class Rsa3072Test {
    private static final RSAPrivateCrtKey KEY = Rsa3072.generate();

    @Test
    void keysHave3072BitsAndThePublicExponent65537() throws Exception {
        assertThat(KEY.getModulus().bitLength()).isEqualTo(3_072);
        assertThat(KEY.getPublicExponent()).isEqualTo(65_537);
        assertThat(Rsa3072.secretKey(KEY.getEncoded())).isEqualTo(KEY);
        assertThat(Rsa3072.modulus(KEY)).hasSize(384);
        assertThat(((RSAPublicKey) Rsa3072.publicKey(Rsa3072.modulus(KEY))).getModulus())
                .isEqualTo(KEY.getModulus());
    }

    /** Two keys with a prime in common are both broken. */
    @Test
    void everyKeyIsAnother() throws Exception {
        RSAPrivateCrtKey other = Rsa3072.generate();
        assertThat(Rsa3072.secretKey(other.getEncoded())).isEqualTo(other);
        assertThat(other.getModulus().gcd(KEY.getModulus())).isOne();
    }

    /** A weaker key would be read and used; nothing but its numbers says that it is weak. */
    @Test
    void weakerKeysAreRefused() throws Exception {
        for (RSAKeyGenParameterSpec weak : new RSAKeyGenParameterSpec[] {
            new RSAKeyGenParameterSpec(2_048, RSAKeyGenParameterSpec.F4),
            new RSAKeyGenParameterSpec(3_072, RSAKeyGenParameterSpec.F0)
        }) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(weak);
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            assertRefused(() -> Rsa3072.secretKey(pkcs8));
        }
    }

    @Test
    void aModulusHas384BytesAndIsOdd() {
        byte[] modulus = Rsa3072.modulus(KEY);
        byte[] even = modulus.clone();
        even[383] &= (byte) 0xfe;
        byte[] small = modulus.clone();
        small[0] = 0;
        byte[] longer = new byte[385];
        System.arraycopy(modulus, 0, longer, 1, 384);
        for (byte[] wrong : new byte[][] {even, small, longer, Arrays.copyOf(modulus, 383), {}}) {
            assertRefused(() -> Rsa3072.publicKey(wrong));
        }
    }

    @Test
    void aSecretKeyIsReadInOneFormOnly() throws Exception {
        StrictReading.assertReadsOnlyTheWhole(KEY.getEncoded(), Rsa3072::secretKey);
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(reading);
    }
}
