package org.sosia.crypto.content;

import java.io.IOException;

/**
 * The sealed content is not what its owner sealed: changed, cut short, lengthened, reordered, or sealed under another key or for
 * another context.
 *
 * <p>Who reads content meets it. Nothing of the offending chunk was released; what was read before is genuine but not complete.
 */
public final class TamperedContentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The value of {@link #chunk()} when the 56-byte prefix was refused. */
    public static final long PREFIX = -1;

    private final long chunk;

    /**
     * Says where.
     *
     * @param chunk the number of the first bad chunk, or {@link #PREFIX}
     */
    public TamperedContentException(long chunk) {
        super("sealed content was tampered with");
        this.chunk = chunk;
    }

    /**
     * Where it happened.
     *
     * @return the number of the first bad chunk, counted from 0, or {@link #PREFIX}
     */
    public long chunk() {
        return chunk;
    }
}
