package org.sosia.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static final byte[] A = "a".getBytes(StandardCharsets.UTF_8);
    private static final byte[] B = "b".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AB = "ab".getBytes(StandardCharsets.UTF_8);

    private final SecretBytes secret = SecretBytes.random(32);

    @Test
    void theSecretKeepsItsOwnCopy() {
        byte[] bytes = {1, 2, 3};
        SecretBytes copy = SecretBytes.copyOf(bytes);
        bytes[0] = 9;
        copy.exposeSecretBytes()[1] = 9;
        assertThat(copy.exposeSecretBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void twoRandomSecretsDiffer() {
        assertThat(secret)
                .isNotEqualTo(SecretBytes.random(32))
                .isEqualTo(SecretBytes.copyOf(secret.exposeSecretBytes()));
        assertThat(secret.length()).isEqualTo(32);
    }

    @Test
    void aSecretIsNotEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> SecretBytes.random(0));
        assertThat(SecretBytes.random(1).length()).isEqualTo(1);
    }

    @Test
    void derivedSecretsDependOnEveryPart() {
        assertThat(secret.derive("x", A, B))
                .isEqualTo(secret.derive("x", A, B))
                .isNotEqualTo(secret.derive("x", AB))
                .isNotEqualTo(secret.derive("x", A, B, new byte[0]))
                .isNotEqualTo(secret.derive("xa", B))
                .isNotEqualTo(secret.derive("y", A, B))
                .isNotEqualTo(SecretBytes.random(32).derive("x", A, B));
        assertThat(secret.derive("x").length()).isEqualTo(SecretBytes.DERIVED_BYTES);
    }

    @Test
    void aClosedSecretIsGone() {
        secret.close();
        assertThatIllegalStateException().isThrownBy(secret::exposeSecretBytes);
        assertThatIllegalStateException().isThrownBy(() -> secret.derive("x"));
    }

    @Test
    void whatIsShownToAUseIsWipedHoweverItEnds() {
        byte[] expected = secret.exposeSecretBytes();
        byte[][] kept = new byte[2][];
        String given = secret.exposeSecretBytes(exposed -> {
            kept[0] = exposed;
            assertThat(exposed).isEqualTo(expected);
            return "given";
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> secret.exposeSecretBytes(exposed -> {
                    kept[1] = exposed;
                    throw new IllegalStateException();
                }));
        assertThat(given).isEqualTo("given");
        assertThat(kept[0]).isEqualTo(new byte[32]);
        assertThat(kept[1]).isEqualTo(new byte[32]);
        assertThat(secret.exposeSecretBytes()).isEqualTo(expected);
    }

    @Test
    void anArrayIsWipedAfterItsUse() {
        byte[] bytes = {1, 2, 3};
        assertThat(SecretBytes.wipedAfter(bytes, SecretBytes::copyOf))
                .isEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3}));
        assertThat(bytes).containsOnly(0);
    }

    /** The array itself, not a copy of it: what a heap dump would show. */
    @Test
    void closingOverwritesTheBytes() throws Exception {
        var field = SecretBytes.class.getDeclaredField("bytes");
        field.setAccessible(true);
        byte[] held = (byte[]) field.get(secret);
        assertThat(held).isEqualTo(secret.exposeSecretBytes()).isNotEqualTo(new byte[32]);
        secret.close();
        assertThat(held).containsOnly(0);
    }

    @Test
    void nothingIsPrinted() {
        assertThat(secret).hasToString("SecretBytes[secret]").hasSameHashCodeAs(SecretBytes.random(32));
        assertThat(secret.hashCode()).isEqualTo(32);
        assertThat(secret.hashCode()).isEqualTo(SecretBytes.random(32).hashCode());
    }
}
