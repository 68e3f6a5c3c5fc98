package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/** One of the ways into a record beside the owner's: each wraps the same seed on its own. docs/FORMATS.md, section Header. */
sealed interface Slot permits PolicySlot, DirectSlot {
    /** Writes type and fields. */
    void write(ByteWriter writer);

    static Slot read(ByteReader reader) throws GeneralSecurityException {
        int type = reader.u8();
        return switch (type) {
            case PolicySlot.WITH_APPROVAL, PolicySlot.NAMING_PARAMETERS -> PolicySlot.readFields(type, reader);
            case DirectSlot.TYPE -> DirectSlot.read(reader);
            default -> throw new MalformedException("there is no slot of this type");
        };
    }

    default byte[] digest() {
        ByteWriter writer = new ByteWriter();
        write(writer);
        return Digests.sha256(writer.toByteArray());
    }
}
