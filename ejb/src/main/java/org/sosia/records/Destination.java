package org.sosia.records;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.ContentSink;
import org.sosia.persistence.SealedRecord;

/** Where the sealed content of one record goes: to one store, or half to each of two. Begun when it is made. */
sealed interface Destination {

    /** The row that the record will be completed from. */
    SealedRecord row();

    /** Where the sealed content is written. */
    OutputStream sealed();

    /** Whether so many bytes can be written without waiting for a store. */
    boolean hasRoomFor(int bytes);

    /**
     * Ends the content. All of it is in the stores then, and what lies outside of the record's own is durable.
     *
     * @return how it was split, if it was
     */
    Optional<SplitReceipt> arrived() throws IOException;

    /** Takes back what arrived; if a store does not answer even then, the sweeper does it later. */
    void takeBack();

    /** Begins to receive a record. */
    static Destination begin(Shelves shelves, SealedRecord receiving, Sensitivity sensitivity) throws IOException {
        return sensitivity == Sensitivity.HIGH ? Split.begin(shelves, receiving) : Whole.begin(shelves, receiving);
    }

    /** What has begun at one store. */
    final class Row {

        private static final Logger LOG = Logger.getLogger(Destination.class.getName());

        private final Cloud store;
        private final UUID id;
        private final ContentSink sink;

        Row(Cloud store, SealedRecord receiving) {
            this.store = store;
            this.id = receiving.id();
            store.beginRecord(receiving);
            try {
                this.sink = store.appendContent(id);
            } catch (RuntimeException failed) {
                abandon();
                throw failed;
            }
        }

        OutputStream sink() {
            return sink;
        }

        void takeBack() {
            sink.giveUp();
            abandon();
        }

        /** Touches what is still arriving, and nothing that is complete. */
        private void abandon() {
            try {
                store.abandonRecord(id);
            } catch (RuntimeException unreachable) {
                LOG.log(Level.WARNING, "left for the sweeper: record {0}", id);
            }
        }
    }

    /** All of it in one store. */
    record Whole(SealedRecord row, Row kept) implements Destination {

        static Whole begin(Shelves shelves, SealedRecord receiving) {
            return new Whole(receiving, new Row(shelves.store(), receiving));
        }

        @Override
        public OutputStream sealed() {
            return kept.sink;
        }

        @Override
        public boolean hasRoomFor(int bytes) {
            return kept.sink.hasRoomFor(bytes);
        }

        @Override
        public Optional<SplitReceipt> arrived() throws IOException {
            kept.sink.close();
            return Optional.empty();
        }

        @Override
        public void takeBack() {
            kept.takeBack();
        }
    }

    /** The first share in the record's own store, the second at the other cloud. */
    record Split(Shelves shelves, SealedRecord row, SealedRecord piece, Row first, Row second, SplittingStream sealed)
            implements Destination {

        static Split begin(Shelves shelves, SealedRecord receiving) throws IOException {
            SealedRecord row = receiving.split(shelves.toldLink(receiving));
            SealedRecord piece = shelves.receivingPiece(row);
            Row first = new Row(shelves.store(), row);
            try {
                Row second = new Row(shelves.pieces(), piece);
                try {
                    return new Split(
                            shelves, row, piece, first, second, stream(shelves.hidden(row), row, first, second));
                } catch (IOException | RuntimeException failed) {
                    second.takeBack();
                    throw failed;
                }
            } catch (IOException | RuntimeException failed) {
                first.takeBack();
                throw failed;
            }
        }

        private static SplittingStream stream(HiddenShare hidden, SealedRecord row, Row first, Row second)
                throws IOException {
            return Splitting.BOTH.split(row.id(), List.of(first.sink, hidden.covering(second.sink)));
        }

        @Override
        public boolean hasRoomFor(int bytes) {
            // A stripe may go out at once, of which each store gets half; all of it is asked for at either.
            return first.sink.hasRoomFor(bytes) && second.sink.hasRoomFor(bytes);
        }

        @Override
        public Optional<SplitReceipt> arrived() throws IOException {
            sealed.close();
            second.sink.close();
            first.sink.close();
            SplitReceipt receipt = sealed.receipt();
            shelves.pieces().keepPiece(piece.arrived(receipt.shareLength(), shelves.note(piece.id(), row)));
            return Optional.of(receipt);
        }

        @Override
        public void takeBack() {
            second.takeBack();
            first.takeBack();
        }
    }
}
