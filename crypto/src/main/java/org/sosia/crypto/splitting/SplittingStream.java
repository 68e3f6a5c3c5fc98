package org.sosia.crypto.splitting;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.encoding.Digests;

/** Splits what is written; {@link #close()} writes the short last stripe. For one thread. */
public final class SplittingStream extends OutputStream {
    private final Splitting splitting;
    private final UUID object;
    private final List<OutputStream> sinks;
    private final List<MessageDigest> digests = new ArrayList<>();
    private final ErasureCode code;
    private final Cipher mask;
    private final byte[] stripe;
    private final byte[][] units;
    private final byte[] parity = new byte[Stripes.UNIT_BYTES];
    private int filled;
    private long length;
    private boolean closed;
    private @Nullable SplitReceipt receipt;

    SplittingStream(Splitting splitting, UUID object, List<? extends OutputStream> sinks) throws IOException {
        if (sinks.size() != splitting.shares()) {
            throw new IllegalArgumentException("as many sinks as shares");
        }
        this.splitting = splitting;
        this.object = object;
        this.sinks = List.copyOf(sinks);
        this.code = splitting.code();
        this.stripe = new byte[splitting.needed() * Stripes.UNIT_BYTES];
        this.units = new byte[splitting.needed()][Stripes.UNIT_BYTES];
        SplitKey.Dealt dealt = SplitKey.deal(splitting.needed(), splitting.shares());
        byte[] context = ShareHead.context(splitting, object);
        this.mask = dealt.key().mask(context, 0);
        byte[] commitment = dealt.key().commitment(context);
        for (int i = 0; i < splitting.shares(); i++) {
            digests.add(Digests.newSha256());
            emit(i, new ShareHead(splitting, i, object, dealt.shares()[i], commitment).encode(), ShareHead.BYTES);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        if (closed) {
            throw new IOException("the content has ended");
        }
        int from = off;
        int end = off + len;
        while (from < end) {
            int taken = Math.min(end - from, stripe.length - filled);
            System.arraycopy(b, from, stripe, filled, taken);
            filled += taken;
            from += taken;
            if (filled == stripe.length) {
                emitStripe();
            }
        }
        length += len;
    }

    /** Passes on what is already split; a stripe that is not full stays here. */
    @Override
    public void flush() throws IOException {
        for (OutputStream sink : sinks) {
            sink.flush();
        }
    }

    /** Ends the content. The sinks stay open. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            emitStripe();
            flush();
            receipt = new SplitReceipt(
                    splitting,
                    object,
                    length,
                    digests.stream().map(MessageDigest::digest).toList());
        }
    }

    /**
     * What was done.
     *
     * @return the receipt, to be kept where the stores cannot change it
     * @throws IllegalStateException if the content has not ended, or a sink failed
     */
    public SplitReceipt receipt() {
        SplitReceipt done = receipt;
        if (done == null) {
            throw new IllegalStateException("the content has not ended");
        }
        return done;
    }

    private void emitStripe() throws IOException {
        int unit = Stripes.unit(filled, splitting.needed());
        Arrays.fill(stripe, filled, stripe.length, (byte) 0);
        for (int i = 0; i < units.length; i++) {
            masked(i * unit, unit, units[i]);
            emit(i, units[i], unit);
        }
        for (int i = units.length; i < splitting.shares(); i++) {
            code.encode(units, i, parity, unit);
            emit(i, parity, unit);
        }
        filled = 0;
    }

    private void masked(int from, int bytes, byte[] unit) {
        try {
            mask.update(stripe, from, bytes, unit, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void emit(int share, byte[] bytes, int count) throws IOException {
        digests.get(share).update(bytes, 0, count);
        sinks.get(share).write(bytes, 0, count);
    }
}
