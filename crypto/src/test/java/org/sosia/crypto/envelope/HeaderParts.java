package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.signature.OwnerSigningKey;

/** A header taken apart, for attackers: they exchange parts, put it together again and sign it themselves if they can. */
final class HeaderParts {
    final HeaderCore core;
    final PolicySlot slot;
    final byte[] mac;
    final byte[] signature;

    HeaderParts(HeaderCore core, PolicySlot slot, byte[] mac, byte[] signature) {
        this.core = core;
        this.slot = slot;
        this.mac = mac;
        this.signature = signature;
    }

    static HeaderParts of(Header header) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(header.encode());
        HeaderCore core = HeaderCore.read(reader);
        PolicySlot slot = PolicySlot.read(reader);
        byte[] mac = reader.fixed(Digests.BYTES);
        byte[] signature = reader.sized(10_000);
        reader.end();
        return new HeaderParts(core, slot, mac, signature);
    }

    byte[] policySlotContext() {
        return PolicySlot.context(core, slot.policy());
    }

    HeaderParts withCore(HeaderCore other) {
        return new HeaderParts(other, slot, mac, signature);
    }

    HeaderParts withSlot(PolicySlot other) {
        return new HeaderParts(core, other, mac, signature);
    }

    HeaderParts withMac(byte[] other) {
        return new HeaderParts(core, slot, other, signature);
    }

    /** With the old signature, which no longer fits. */
    Header assembled() throws GeneralSecurityException {
        return Header.decode(new ByteWriter()
                .fixed(core.encode())
                .fixed(slot.encode())
                .fixed(mac)
                .sized(signature)
                .toByteArray());
    }

    /** Signed anew, as a dishonest owner could. */
    Header signedBy(OwnerSigningKey signer) {
        return Header.sign(core, slot, mac, signer);
    }
}
