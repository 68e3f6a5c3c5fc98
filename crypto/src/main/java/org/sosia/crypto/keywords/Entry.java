package org.sosia.crypto.keywords;

import java.util.UUID;
import org.sosia.crypto.encoding.MalformedException;

/**
 * One entry as server A stores it. Without the keyword's key the label and the value are uniform.
 *
 * @param label 128 pseudorandom bits (no version bits of a UUID), found by equality
 * @param value {@value #VALUE_BYTES} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the label identifies it
public record Entry(UUID label, byte[] value) {
    /** An operation and a record's id, encrypted, and a tag of 16 bytes. */
    public static final int VALUE_BYTES = 33;

    /** Checks the length, takes a copy. */
    public Entry {
        if (value.length != VALUE_BYTES) {
            throw new IllegalArgumentException("an entry's value has " + VALUE_BYTES + " bytes");
        }
        value = value.clone();
    }

    /**
     * The value.
     *
     * @return a copy
     */
    @Override
    public byte[] value() {
        return value.clone();
    }

    static UUID name(byte[] bytes) throws MalformedException {
        return new org.sosia.crypto.encoding.ByteReader(java.util.Arrays.copyOf(bytes, 16)).uuid();
    }

    @Override
    public String toString() {
        return "Entry[" + label + "]";
    }
}
