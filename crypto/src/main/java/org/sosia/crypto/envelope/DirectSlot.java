package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.HeaderCore.Bytes;

/** The slot of one person: the seed sealed to that person's own key. docs/FORMATS.md, section Header. */
record DirectSlot(Bytes recipient, Bytes sealed) implements Slot {
    static final int TYPE = 3;

    static DirectSlot seal(HeaderCore core, PersonPublicKey person, Seed seed) throws GeneralSecurityException {
        byte[] recipient = person.fingerprint();
        return new DirectSlot(
                new Bytes(recipient), new Bytes(Delivery.seal(person, context(core, recipient), seed.bytes())));
    }

    static DirectSlot read(ByteReader reader) throws GeneralSecurityException {
        return new DirectSlot(
                new Bytes(reader.fixed(Digests.BYTES)), new Bytes(reader.sized(Delivery.MAX_SEALED_SECRET_BYTES)));
    }

    @Override
    public void write(ByteWriter writer) {
        writer.u8(TYPE).fixed(recipient.copy()).sized(sealed.copy());
    }

    Seed open(HeaderCore core, PersonKey person) throws GeneralSecurityException {
        return new Seed(person.openSecret(sealed.copy(), context(core, recipient.copy())));
    }

    /** What this slot is bound to: the whole core and the person. */
    private static byte[] context(HeaderCore core, byte[] recipient) {
        return Digests.sha256(
                core.encode(), new ByteWriter().u8(TYPE).fixed(recipient).toByteArray());
    }
}
