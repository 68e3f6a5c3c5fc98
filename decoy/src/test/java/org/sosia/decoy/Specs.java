package org.sosia.decoy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;

/** Specs and forges for tests. */
final class Specs {

    static final UUID PATIENT = UUID.fromString("6f1c1c6e-3f63-4b02-a1a7-0a6d8c3b6a11");
    static final LocalDate DAY = LocalDate.of(2026, 3, 14);

    private Specs() {}

    static Forge forge() {
        return forge(7);
    }

    static Forge forge(int seed) {
        byte[] key = new byte[Forge.KEY_BYTES];
        key[0] = (byte) seed;
        return new Forge(key);
    }

    static DecoySpec of(RecordKind kind, String mediaType, long bytes) {
        return of(kind, mediaType, "", bytes, Locale.UK, 1);
    }

    static DecoySpec of(RecordKind kind, String mediaType, String variant, long bytes, Locale locale, long record) {
        return new DecoySpec(new UUID(42, record), 1, PATIENT, kind, mediaType, variant, bytes, DAY, locale);
    }

    static byte[] bytes(Decoy decoy) {
        try (InputStream in = decoy.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(DecoySpec spec) {
        return bytes(forge().forge(spec));
    }
}
