package org.sosia.decoy;

import java.io.InputStream;
import java.util.function.Supplier;

/**
 * One double. Its bytes are made while they are read: a double of 2 GiB never stands in memory.
 *
 * <p>Each {@link #open} starts again and gives the same bytes.
 */
public final class Decoy {

    private final String mediaType;
    private final String fileName;
    private final long size;
    private final Supplier<InputStream> bytes;

    Decoy(String mediaType, String fileName, long size, Supplier<InputStream> bytes) {
        this.mediaType = mediaType;
        this.fileName = fileName;
        this.size = size;
        this.bytes = bytes;
    }

    /** The media type of the spec. */
    public String mediaType() {
        return mediaType;
    }

    /** The system-made file name, the same for original and double. */
    public String fileName() {
        return fileName;
    }

    /** How many bytes {@link #open} will give, exactly. */
    public long size() {
        return size;
    }

    /** The bytes from the first one. The caller closes the stream; one that is dropped unclosed holds nothing but memory. */
    public InputStream open() {
        return bytes.get();
    }
}
