package org.sosia.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What arrives, on its way into the store: every byte that an inspector reads is sealed first. It remembers which side failed,
 * because a sender who goes away and a store that does not answer are different refusals.
 */
final class Intake extends InputStream {

    private final InputStream sender;
    private final OutputStream store;
    private final LongConsumer progress;
    private final long limit;
    private long taken;
    private @Nullable IOException failure;

    /** @param progress is told how many bytes have arrived */
    Intake(InputStream sender, OutputStream store, LongConsumer progress, long limit) {
        this.sender = sender;
        this.store = store;
        this.progress = progress;
        this.limit = limit;
    }

    /** The sender stopped. */
    static final class SenderGoneException extends IOException {

        private static final long serialVersionUID = 1L;

        SenderGoneException(IOException cause) {
            super("the sender stopped", cause);
        }
    }

    /** The store failed. */
    static final class StoreFailedException extends IOException {

        private static final long serialVersionUID = 1L;

        StoreFailedException(IOException cause) {
            super("the store failed", cause);
        }
    }

    /** More arrived than may. */
    static final class OverLimitException extends IOException {

        private static final long serialVersionUID = 1L;

        OverLimitException() {
            super("more bytes than allowed");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = arrive(target, offset, length);
        if (n <= 0) {
            return n;
        }
        taken += n;
        if (taken > limit) {
            throw remembered(new OverLimitException());
        }
        try {
            store.write(target, offset, n);
        } catch (IOException failed) {
            throw remembered(new StoreFailedException(failed));
        }
        progress.accept(taken);
        return n;
    }

    private int arrive(byte[] target, int offset, int length) throws IOException {
        try {
            return sender.read(target, offset, length);
        } catch (IOException gone) {
            throw remembered(new SenderGoneException(gone));
        }
    }

    private IOException remembered(IOException what) {
        failure = what;
        return what;
    }

    /** Throws again what a parser in between may have swallowed or wrapped. */
    void throwWhatFailed() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
