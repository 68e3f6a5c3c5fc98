package org.sosia.crypto.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.util.Arrays;

/** What every reader of an encoding owes, whatever the encoding says: all of it, and nothing besides. */
public final class StrictReading {
    private static final int LENGTHS_TRIED = 60;

    private StrictReading() {}

    /** A reader of bytes. */
    public interface Decoding {
        Object decode(byte[] encoded) throws GeneralSecurityException;
    }

    /** Accepts the encoding; refuses each of its beginnings (of a long one some), and the whole with one byte behind it. */
    public static void assertReadsOnlyTheWhole(byte[] encoded, Decoding decoding) throws GeneralSecurityException {
        assertThat(decoding.decode(encoded.clone())).isNotNull();
        int step = Math.max(1, encoded.length / LENGTHS_TRIED);
        for (int length = encoded.length - 1; length >= 0; length -= step) {
            assertRefuses(Arrays.copyOf(encoded, length), decoding);
        }
        assertRefuses(new byte[0], decoding);
        assertRefuses(Arrays.copyOf(encoded, encoded.length + 1), decoding);
    }

    /** The same of an encoding that starts with its version: another version is refused too. */
    public static void assertReadsOnlyTheWholeOfItsVersion(byte[] encoded, Decoding decoding)
            throws GeneralSecurityException {
        assertReadsOnlyTheWhole(encoded, decoding);
        byte[] later = encoded.clone();
        later[0] = 127;
        assertRefuses(later, decoding);
    }

    private static void assertRefuses(byte[] encoded, Decoding decoding) {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .as("%d bytes", encoded.length)
                .isThrownBy(() -> decoding.decode(encoded));
    }
}
