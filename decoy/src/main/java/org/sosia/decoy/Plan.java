package org.sosia.decoy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Supplier;

/** A file that has its exact size already, and its bytes when asked. */
record Plan(long size, Supplier<InputStream> bytes) {

    static Plan of(byte[] whole) {
        return new Plan(whole.length, () -> new ByteArrayInputStream(whole));
    }
}
