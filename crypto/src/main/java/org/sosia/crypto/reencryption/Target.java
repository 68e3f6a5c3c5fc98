package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;

/**
 * To whom a re-key leads.
 *
 * <p><b>Shape.</b> One byte for the type, then as the type has it: docs/FORMATS.md, section Re-key.
 */
public sealed interface Target permits PolicyTarget, PersonTarget, TrusteesTarget {
    /**
     * Encodes.
     *
     * @return type and fields
     */
    byte[] encode();

    /**
     * Names this target among all others.
     *
     * @return SHA-256 of the encoding
     */
    default byte[] digest() {
        return Digests.sha256(encode());
    }

    /**
     * Reads a target.
     *
     * @param reader stands at its first byte; afterwards behind its last
     * @return the target
     * @throws GeneralSecurityException if the type is unknown, a limit is exceeded or an element is wrong
     */
    static Target read(ByteReader reader) throws GeneralSecurityException {
        int type = reader.u8();
        return switch (type) {
            case PolicyTarget.TYPE -> PolicyTarget.read(reader);
            case PersonTarget.TYPE -> PersonTarget.read(reader);
            case TrusteesTarget.TYPE -> TrusteesTarget.read(reader);
            default -> throw new MalformedException("there is no target of this type");
        };
    }
}
