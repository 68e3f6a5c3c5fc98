package org.sosia.crypto.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Sealed content in memory, which ends where it ends whatever was asked for. */
record BytesSource(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) implements SealedSource {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream read(long from, long length) {
        int start = (int) Math.min(from, bytes.length);
        return new ByteArrayInputStream(bytes, start, (int) Math.min(length, bytes.length - start));
    }
}
