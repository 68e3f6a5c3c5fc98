package org.sosia.forging;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.RecordKind;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** From what a double is forged. */
class ForgingParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() {
        DecoySpec spec = new DecoySpec(
                new UUID(1, 2),
                1,
                new UUID(3, 4),
                RecordKind.ATTACHMENT,
                "application/dicom",
                "1.2.840.10008.1.2.1",
                4_000,
                LocalDate.of(2026, 3, 14),
                Locale.UK);
        return List.of(new Parser("spec of a double", ForgingParsersTest::again, spec.encode()));
    }

    private static byte[] again(byte[] bytes) throws MalformedException {
        try {
            return DecoySpec.decode(bytes).encode();
        } catch (IllegalArgumentException documented) {
            throw new MalformedException("not a spec");
        }
    }
}
