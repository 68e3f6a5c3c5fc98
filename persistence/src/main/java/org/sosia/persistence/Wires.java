package org.sosia.persistence;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.nearest.Link;

/** How the two ends of each gallery reach each other: one connection for each gallery, in this process or between two. */
interface Wires {

    /**
     * The connection that an end is to use from now on. Any number of threads may ask.
     *
     * @param used the one that it used last; null at first
     * @param works whether that one still carries
     * @return the same one, or another
     * @throws IOException if the other end cannot be reached
     */
    Link link(GalleryEnd end, @Nullable Link used, boolean works) throws IOException;
}
