package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sosia.crypto.envelope.SealedRecord.POLICY;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;

class CollectionKeyringTest {
    private final CollectionKeyring old = CollectionKeyring.generate();
    private final CollectionKeyring keyring = old.nextEpoch().nextEpoch();

    @Test
    void newRecordsGetTheNewestKeysAndOldOnesStillOpen() throws Exception {
        Header before = SealedRecord.of(UUID.randomUUID(), POLICY, old.current(), new byte[3]).header;
        Header after = SealedRecord.of(UUID.randomUUID(), POLICY, keyring.current(), new byte[3]).header;

        assertThat(keyring.epochOf(before)).isZero();
        assertThat(keyring.epochOf(after)).isEqualTo(keyring.epoch()).isEqualTo(2);
        before.openAsOwner(keyring.keysOf(before)).close();
        after.openAsOwner(keyring.keysOf(after)).close();
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> old.keysOf(after));
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> before.openAsOwner(keyring.current()));
        assertThatExceptionOfType(WrongKeyException.class).isThrownBy(() -> after.openAsOwner(keyring.ofEpoch(1)));
    }

    @Test
    void itSurvivesEncoding() throws Exception {
        CollectionKeyring read = CollectionKeyring.decode(keyring.encode());
        assertThat(read.encode()).isEqualTo(keyring.encode());
        assertThat(read.ofEpoch(0).encode()).isEqualTo(old.current().encode());
        assertThat(read).hasToString("CollectionKeyring[secret]");
    }

    /** What owners already have. */
    @Test
    void keysOfOneEpochReadAsAKeyring() throws Exception {
        CollectionKeys keys = CollectionKeys.generate();
        CollectionKeyring read = CollectionKeyring.decode(keys.encode());
        assertThat(read.epoch()).isZero();
        assertThat(read.current().encode()).isEqualTo(keys.encode());
    }

    @Test
    void malformedEncodingsAreRefused() {
        byte[] encoded = keyring.encode().exposeSecretBytes();
        assertRefused(() -> read(Arrays.copyOf(encoded, encoded.length - 1)));
        assertRefused(() -> read(Arrays.copyOf(encoded, encoded.length + 1)));
        assertRefused(() -> read(new byte[] {2, 0, 0}));
        assertRefused(() -> read(new byte[0]));
        byte[] version = encoded.clone();
        version[0] = 3;
        assertRefused(() -> read(version));
        byte[] zero = encoded.clone();
        Arrays.fill(zero, 3, 35, (byte) 0);
        assertRefused(() -> read(zero));
        byte[] twice = encoded.clone();
        System.arraycopy(encoded, 3, twice, 99, 96);
        assertRefused(() -> read(twice));
        byte[] tooMany = Arrays.copyOf(encoded, 3 + (CollectionKeyring.MAX_EPOCHS + 1) * 96);
        assertRefused(() -> read(tooMany));
    }

    private static CollectionKeyring read(byte[] bytes) throws GeneralSecurityException {
        return CollectionKeyring.decode(SecretBytes.copyOf(bytes));
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(code);
    }
}
