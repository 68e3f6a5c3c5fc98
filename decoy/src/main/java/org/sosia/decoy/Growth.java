package org.sosia.decoy;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Grows a document to an exact size in the natural way of its type: more visits, more rows, more pages; the last piece is cut to
 * measure. Nothing but the piece at hand is in memory.
 */
final class Growth {

    /** What stands at the end of a document and takes up exactly the room that is left. */
    interface Closing {

        /** The least number of bytes. */
        int minimum();

        /** A closing of exactly so many bytes, at least {@link #minimum}. */
        byte[] exactly(int length);
    }

    /** Parts of one document, made afresh for each reading. */
    interface Units extends Supplier<Iterator<byte[]>> {}

    private Growth() {}

    /**
     * @param target wished size; a document that cannot be so small is as small as it can be
     * @param prolog what the document must begin with
     */
    static Plan plan(long target, byte[] prolog, Units units, Closing closing) {
        long size = Math.max(target, (long) prolog.length + closing.minimum());
        return new Plan(size, () -> new PieceStream(new Pieces(size, prolog, units.get(), closing)));
    }

    private static final class Pieces implements Iterator<byte[]> {
        private final Iterator<byte[]> units;
        private final Closing closing;
        private long left;
        private byte[] ahead;
        private boolean closed;
        private boolean ended;

        Pieces(long size, byte[] prolog, Iterator<byte[]> units, Closing closing) {
            this.units = units;
            this.closing = closing;
            this.left = size - prolog.length;
            this.ahead = prolog;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public byte[] next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            byte[] piece = ahead;
            if (closed) {
                ended = true;
            } else {
                prepare();
            }
            return piece;
        }

        private void prepare() {
            if (units.hasNext()) {
                byte[] unit = units.next();
                if (left - unit.length >= closing.minimum()) {
                    left -= unit.length;
                    ahead = unit;
                    return;
                }
            }
            ahead = closing.exactly(Math.toIntExact(left));
            closed = true;
        }
    }
}
