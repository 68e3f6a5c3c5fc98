package org.sosia.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec comes from a row of a database that somebody may have written to. */
class HostileSpecTest {

    private static DecoySpec spec(int version, String type, String variant, long bytes, LocalDate day) {
        return new DecoySpec(
                new UUID(1, 2), version, Specs.PATIENT, RecordKind.NOTE, type, variant, bytes, day, Locale.UK);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, DecoySpec.MAX_BYTES + 1, Long.MAX_VALUE})
    void anImpossibleSizeIsRefused(long bytes) {
        assertThatThrownBy(() -> spec(1, "text/plain", "", bytes, Specs.DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/plain; charset=utf-8",
                "TEXT/PLAIN",
                "application/x-unheard-of",
                "../../etc/passwd"
            })
    void aMediaTypeWithoutDoublesIsRefused(String type) {
        assertThat(Forge.supports(type)).isFalse();
        assertThatThrownBy(() -> spec(1, type, "", 100, Specs.DAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.2.",
                "x",
                "1.2\n3",
                "1..2",
                "1.2.840.10008.1.2.4.50.99999999999999999999999999999999999999999999999"
            })
    void aVariantThatIsNoUidIsRefused(String variant) {
        assertThatThrownBy(() -> spec(1, "application/dicom", variant, 100, Specs.DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void impossibleVersionsAndDaysAreRefused() {
        assertThatThrownBy(() -> spec(0, "text/plain", "", 100, Specs.DAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec(1, "text/plain", "", 100, LocalDate.MIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec(1, "text/plain", "", 100, LocalDate.MAX))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSpecSurvivesItsEncoding() {
        DecoySpec spec = Specs.of(
                RecordKind.IMAGING,
                "application/dicom",
                "1.2.840.10008.1.2.5",
                70_000,
                Locale.forLanguageTag("ta-IN"),
                9);

        assertThat(DecoySpec.decode(spec.encode())).isEqualTo(spec);
    }

    @Test
    void bytesThatAreNoSpecAreRefused() {
        byte[] good = Specs.of(RecordKind.NOTE, "text/plain", 100).encode();

        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> DecoySpec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> DecoySpec.decode(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] other = good.clone();
        other[0] = 9;
        assertThatThrownBy(() -> DecoySpec.decode(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Forge(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysDoNotPrintThemselves() {
        assertThat(Keystream.Key.root(new byte[32]).toString()).isEqualTo("Key[secret]");
    }
}
