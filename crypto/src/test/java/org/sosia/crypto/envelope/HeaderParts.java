package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.signature.OwnerSigningKey;

/** A header taken apart, for attackers: they exchange parts, put it together again and sign it themselves if they can. */
final class HeaderParts {
    final HeaderCore core;
    final List<Slot> slots;
    final byte[] mac;
    final int revision;
    final byte[] signature;

    private HeaderParts(HeaderCore core, List<Slot> slots, byte[] mac, int revision, byte[] signature) {
        this.core = core;
        this.slots = List.copyOf(slots);
        this.mac = mac;
        this.revision = revision;
        this.signature = signature;
    }

    static HeaderParts of(Header header) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(header.encode());
        HeaderCore core = HeaderCore.read(reader);
        byte[] mac = reader.fixed(Digests.BYTES);
        int revision = reader.u32();
        List<Slot> slots = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            slots.add(Slot.read(reader));
        }
        byte[] signature = reader.sized(20_000);
        reader.end();
        return new HeaderParts(core, slots, mac, revision, signature);
    }

    PolicySlot slot() {
        return (PolicySlot) slots.get(0);
    }

    byte[] policySlotContext() {
        return slot().context(core.encode());
    }

    HeaderParts withCore(HeaderCore other) {
        return new HeaderParts(other, slots, mac, revision, signature);
    }

    HeaderParts withSlot(PolicySlot other) {
        return withSlots(List.of(other));
    }

    HeaderParts withSlots(List<Slot> others) {
        return new HeaderParts(core, others, mac, revision, signature);
    }

    HeaderParts withRevision(int other) {
        return new HeaderParts(core, slots, mac, other, signature);
    }

    HeaderParts withMac(byte[] other) {
        return new HeaderParts(core, slots, other, revision, signature);
    }

    /** With the old signature, which no longer fits. */
    Header assembled() throws GeneralSecurityException {
        return Header.decode(encoded());
    }

    byte[] encoded() {
        ByteWriter writer =
                new ByteWriter().fixed(core.encode()).fixed(mac).u32(revision).u8(slots.size());
        slots.forEach(slot -> slot.write(writer));
        return writer.sized(signature).toByteArray();
    }

    /** Signed anew, as a dishonest owner could. */
    Header signedBy(OwnerSigningKey signer) {
        return Header.sign(core, slots, mac, revision, signer);
    }
}
