package org.sosia.crypto.equality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.equality.ServerKey.Role;
import org.sosia.crypto.secret.SecretBytes;

class ServerKeyTest {
    private final TestKey front = TestKey.from(SecretBytes.random(32));
    private final TestKey back = TestKey.from(SecretBytes.random(32));

    @Test
    void twoProvenPointsAreAdded() throws GeneralSecurityException {
        ServerKey first = ServerKey.decode(front.publicKey(Role.FRONT).encode());
        ServerKey second = ServerKey.decode(back.publicKey(Role.BACK).encode());

        assertThat(ServerKey.sum(first, second)).isEqualTo(front.publicPoint().plus(back.publicPoint()));
    }

    @Test
    void aKeyIsProvenForItsRoleAlone() {
        assertThatThrownBy(() -> ServerKey.sum(back.publicKey(Role.BACK), back.publicKey(Role.BACK)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ServerKey.sum(front.publicKey(Role.FRONT), front.publicKey(Role.FRONT)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aChangedByteAnywhereIsRefused() {
        byte[] good = front.publicKey(Role.FRONT).encode();
        ServerKey other = back.publicKey(Role.BACK);
        IntStream.range(0, good.length).forEach(at -> {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThatThrownBy(() -> ServerKey.sum(ServerKey.decode(bad), other))
                    .as("byte %d", at)
                    .isInstanceOf(GeneralSecurityException.class);
        });
        assertThatThrownBy(() -> ServerKey.decode(Arrays.copyOf(good, good.length - 1)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ServerKey.decode(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(MalformedException.class);
    }
}
