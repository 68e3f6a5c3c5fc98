package org.sosia.decoy;

import java.io.InputStream;
import java.util.Iterator;

/** A stream over pieces that are made when the one before is used up. */
final class PieceStream extends InputStream {

    private final Iterator<byte[]> pieces;
    private byte[] piece = new byte[0];
    private int position;

    PieceStream(Iterator<byte[]> pieces) {
        this.pieces = pieces;
    }

    private boolean atEnd() {
        while (position == piece.length) {
            if (!pieces.hasNext()) {
                return true;
            }
            piece = pieces.next();
            position = 0;
        }
        return false;
    }

    @Override
    public int read() {
        return atEnd() ? -1 : piece[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (length == 0) {
            return 0;
        }
        int done = 0;
        while (done < length && !atEnd()) {
            int n = Math.min(length - done, piece.length - position);
            System.arraycopy(piece, position, target, from + done, n);
            position += n;
            done += n;
        }
        return done == 0 ? -1 : done;
    }

    @Override
    public int available() {
        return piece.length - position;
    }
}
