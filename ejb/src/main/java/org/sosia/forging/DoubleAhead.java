package org.sosia.forging;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A double that is made while its record arrives, from the order that will probably be given. It saves time and promises nothing.
 *
 * <p><b>Life.</b> Begun with the upload, for one thread, and kept up with it by a count of bytes, which is all that it learns. Shown
 * only when the order was given, after the record was committed, and only if it is that very order; in all other cases, closing
 * it takes it back, and what a crash leaves of it is swept.
 */
public final class DoubleAhead implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DoubleAhead.class.getName());

    private final Maker maker;
    private final @Nullable DoubleInTheMaking making;
    private boolean usable;
    private boolean finished;

    DoubleAhead(Maker maker, @Nullable DoubleInTheMaking making) {
        this.maker = maker;
        this.making = making;
        this.usable = making != null;
    }

    /**
     * Makes it as long as the record is so far. Neither waits for the twin's store nor fails with it: the record goes on, and its
     * double is made later.
     *
     * @param bytes how many bytes of the record have arrived
     */
    public void keepUpWith(long bytes) {
        if (making == null || !usable) {
            return;
        }
        try {
            making.goOn(bytes);
        } catch (IOException | RuntimeException failed) {
            usable = false;
            LOG.log(Level.INFO, "a double is made later: {0}", failed.getClass().getSimpleName());
        }
    }

    /** Shows it if it is what was ordered, and says whether. */
    boolean finishAs(DoubleOrder order) throws GeneralSecurityException, IOException {
        if (making == null || !usable || !making.order().fields().equals(order.fields())) {
            return false;
        }
        usable = false;
        maker.finish(making);
        finished = true;
        return true;
    }

    /** Takes it back unless it was shown. */
    @Override
    public void close() {
        usable = false;
        if (making != null && !finished) {
            making.close();
        }
    }
}
