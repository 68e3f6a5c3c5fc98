package org.sosia.crypto.content;

import java.io.IOException;
import java.io.InputStream;

/** Sealed content that can be read from any position: rows of a database, a file, an object store. */
public interface SealedSource {
    /**
     * The length of the sealed content, prefix and tags included.
     *
     * @return bytes
     */
    long length();

    /**
     * Reads a range.
     *
     * @param from first byte, counted from 0
     * @param length bytes wanted; the source may end earlier
     * @return the bytes; the reader closes it
     * @throws IOException if the store cannot be read
     */
    InputStream read(long from, long length) throws IOException;
}
