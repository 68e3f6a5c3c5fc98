package org.sosia.crypto.splitting;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.encoding.Digests;

/** k shares of one split, found to belong together, and the key they stand for. */
final class Merging {
    private final SplitReceipt receipt;
    private final int[] numbers;
    private final SealedSource[] sources;
    private final byte[][] keyShares;
    private final SplitKey key;
    private final byte[] context;

    Merging(SplitReceipt receipt, List<? extends @Nullable SealedSource> shares) throws IOException {
        Splitting splitting = receipt.splitting();
        if (shares.size() != splitting.shares()) {
            throw new IllegalArgumentException("as many shares as the receipt names, null for a missing one");
        }
        this.receipt = receipt;
        this.numbers = new int[splitting.needed()];
        this.sources = new SealedSource[splitting.needed()];
        this.keyShares = new byte[splitting.needed()][];
        this.context = ShareHead.context(splitting, receipt.object());
        byte[][] commitments = new byte[splitting.needed()][];
        int found = 0;
        for (int i = 0; i < shares.size() && found < numbers.length; i++) {
            SealedSource share = shares.get(i);
            if (share != null) {
                ShareHead head = head(i, share);
                numbers[found] = i;
                sources[found] = share;
                keyShares[found] = head.keyShare();
                commitments[found] = head.commitment();
                found++;
            }
        }
        if (found < numbers.length) {
            throw new DamagedShareException(DamagedShareException.UNKNOWN);
        }
        this.key = SplitKey.combine(numbers, keyShares);
        byte[] expected = key.commitment(context);
        for (byte[] commitment : commitments) {
            if (!MessageDigest.isEqual(expected, commitment)) {
                throw new DamagedShareException(DamagedShareException.UNKNOWN);
            }
        }
    }

    private ShareHead head(int number, SealedSource share) throws IOException {
        if (share.length() != receipt.shareLength()) {
            throw new DamagedShareException(number);
        }
        try (InputStream bytes = share.read(0, ShareHead.BYTES)) {
            ShareHead head = ShareHead.decode(bytes.readNBytes(ShareHead.BYTES));
            boolean fits = head.number() == number
                    && head.object().equals(receipt.object())
                    && head.splitting().needed() == receipt.splitting().needed()
                    && head.splitting().shares() == receipt.splitting().shares();
            if (fits) {
                return head;
            }
        } catch (GeneralSecurityException malformed) {
            throw new DamagedShareException(number);
        }
        throw new DamagedShareException(number);
    }

    SealedSource source() {
        return new SealedSource() {
            @Override
            public long length() {
                return receipt.length();
            }

            @Override
            public InputStream read(long from, long length) throws IOException {
                long start = Math.min(Objects.checkIndex(from, Long.MAX_VALUE), receipt.length());
                return new MergedStream(start, Math.min(length, receipt.length() - start));
            }
        };
    }

    void rebuild(int lost, OutputStream sink) throws IOException {
        Splitting splitting = receipt.splitting();
        Objects.checkIndex(lost, splitting.shares());
        ErasureCode code = splitting.code();
        MessageDigest digest = Digests.newSha256();
        byte[] head = new ShareHead(
                        splitting,
                        lost,
                        receipt.object(),
                        SplitKey.share(numbers, keyShares, lost),
                        key.commitment(context))
                .encode();
        digest.update(head);
        sink.write(head);
        byte[] unit = new byte[Stripes.UNIT_BYTES];
        try (StripeReader stripes = new StripeReader(0, receipt.length())) {
            while (stripes.next()) {
                code.encode(stripes.data, lost, unit, stripes.unit);
                digest.update(unit, 0, stripes.unit);
                sink.write(unit, 0, stripes.unit);
            }
        }
        if (!receipt.isDigest(lost, digest.digest())) {
            // What was given was no better than what was lost: somebody else's share is wrong.
            throw new DamagedShareException(DamagedShareException.UNKNOWN);
        }
    }

    /** Reads k shares in step and gives the units of data, still masked. */
    private final class StripeReader implements AutoCloseable {
        private final int needed = numbers.length;
        private final long stripeBytes = (long) needed * Stripes.UNIT_BYTES;
        private final int[][] decoder = receipt.splitting().code().decoder(numbers);
        private final InputStream[] inputs = new InputStream[needed];
        private final byte[][] read = new byte[needed][Stripes.UNIT_BYTES];
        private final byte[][] data = new byte[needed][Stripes.UNIT_BYTES];
        private final long to;
        private long position;
        private int unit;

        /** From the beginning of a stripe to the end of the one in which {@code to} is. */
        StripeReader(long firstStripe, long to) throws IOException {
            this.to = to;
            this.position = firstStripe * stripeBytes;
            long from = ShareHead.BYTES + firstStripe * Stripes.UNIT_BYTES;
            long end = ShareHead.BYTES + Stripes.shareOf(endOfStripe(), needed);
            for (int i = 0; i < needed; i++) {
                try {
                    inputs[i] = sources[i].read(from, end - from);
                } catch (IOException | RuntimeException failed) {
                    close();
                    throw failed;
                }
            }
        }

        private long endOfStripe() {
            long stripes = (to + stripeBytes - 1) / stripeBytes;
            return Math.min(stripes * stripeBytes, receipt.length());
        }

        boolean next() throws IOException {
            if (position >= to) {
                return false;
            }
            unit = Stripes.unit(Math.min(stripeBytes, receipt.length() - position), needed);
            for (int i = 0; i < needed; i++) {
                if (inputs[i].readNBytes(read[i], 0, unit) < unit) {
                    throw new EOFException("a share ends before its length");
                }
            }
            for (int j = 0; j < needed; j++) {
                ErasureCode.combine(decoder[j], read, data[j], unit);
            }
            position += stripeBytes;
            return true;
        }

        @Override
        public void close() throws IOException {
            for (InputStream input : inputs) {
                if (input != null) {
                    input.close();
                }
            }
        }
    }

    private final class MergedStream extends InputStream {
        private final StripeReader stripes;
        private final Cipher mask;
        private final byte[] plain;
        private int skipped;
        private int at;
        private int filled;
        private long left;

        MergedStream(long from, long length) throws IOException {
            long stripeBytes = (long) numbers.length * Stripes.UNIT_BYTES;
            long firstStripe = from / stripeBytes;
            this.stripes = new StripeReader(firstStripe, from + length);
            this.mask = key.mask(context, firstStripe * stripeBytes);
            this.plain = new byte[(int) stripeBytes];
            this.skipped = (int) (from % stripeBytes);
            this.left = length;
        }

        private void fill() throws IOException {
            if (!stripes.next()) {
                throw new EOFException("a share ends before its length");
            }
            filled = 0;
            for (byte[] unit : stripes.data) {
                try {
                    filled += mask.update(unit, 0, stripes.unit, plain, filled);
                } catch (GeneralSecurityException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
            at = skipped;
            skipped = 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            Objects.checkFromIndexSize(off, len, b.length);
            if (len == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            if (at == filled) {
                fill();
            }
            int taken = (int) Math.min(Math.min(len, filled - at), left);
            System.arraycopy(plain, at, b, off, taken);
            at += taken;
            left -= taken;
            return taken;
        }

        @Override
        public void close() throws IOException {
            stripes.close();
        }
    }
}
