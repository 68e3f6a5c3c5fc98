package org.sosia.persistence;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Sealed content on its way into a store, from its first byte to {@link #close}, for one thread. While the store commits one group
 * the next one fills; no more than those two are in memory.
 *
 * <p>A group's failure is met by the next write that hands a group over, or by {@code close}: when that has returned, everything
 * arrived. After a failure it fails for ever, and must not pass for complete.
 */
public abstract class ContentSink extends OutputStream {

    /** Whether so many bytes can be written without waiting for the store. */
    public abstract boolean hasRoomFor(int bytes);

    /** Commits the rest. */
    @Override
    public abstract void close() throws IOException;

    /**
     * Stops without completing, once nothing of this is under way at the store any more: whoever abandons the record afterwards
     * has no group come after them. Does nothing when closed.
     */
    public abstract void giveUp();
}
