package org.sosia.records;

import java.io.IOException;
import java.io.InputStream;
import org.sosia.crypto.content.SealedSource;

/** A part of a content. */
record Slice(SealedSource whole, long from, long length) implements SealedSource {

    @Override
    public InputStream read(long start, long wanted) throws IOException {
        long begin = Math.min(start, length);
        return whole.read(from + begin, Math.min(wanted, length - begin));
    }
}
