package org.sosia.crypto.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.secret.SecretBytes;

class SeatKeyTest {
    private static final byte[] CONTEXT = {1, 2, 3};

    private final SeatKey key = SeatKey.random();
    private final SecretBytes share = SecretBytes.random(66);

    @Test
    void whatItSealedOpensWithTheKeyAsItWasTyped() throws Exception {
        byte[] sealed = key.seal(CONTEXT, share);
        SeatKey typed = SeatKey.parse(key.revealText().toLowerCase(Locale.ROOT).replace("-", " "));
        assertThat(typed.open(CONTEXT, sealed)).isEqualTo(share);
        assertThat(key.seal(CONTEXT, share)).isNotEqualTo(sealed);
    }

    @Test
    void itOpensNothingOfAnotherSeatOrKind() {
        byte[] sealed = key.seal(CONTEXT, share);
        assertRefused(() -> SeatKey.random().open(CONTEXT, sealed));
        assertRefused(() -> key.open(new byte[] {1, 2, 4}, sealed));
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;
        assertRefused(() -> key.open(CONTEXT, changed));
        assertRefused(() -> key.open(CONTEXT, new byte[0]));
    }

    @Test
    void aSlipIsATypingErrorAndNoWrongKey() {
        String text = key.revealText();
        char last = text.charAt(text.length() - 1);
        String slip = text.substring(0, text.length() - 1) + (last == '7' ? '8' : '7');
        assertThatExceptionOfType(TypingErrorException.class).isThrownBy(() -> SeatKey.parse(slip));
        assertThat(key).hasToString("SeatKey[secret]");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(opening);
    }
}
