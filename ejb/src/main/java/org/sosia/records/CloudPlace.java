package org.sosia.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.sosia.crypto.content.SealedSource;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Spares;

/** A cloud that keeps shares as it keeps the second shares of split records: rows that do not say whose they are. */
record CloudPlace(Cloud cloud, Clock clock) implements Place {

    @Override
    public Arriving begin(UUID share) {
        SealedRecord receiving = receiving(share);
        return new InCloud(receiving, new Destination.Row(cloud, receiving));
    }

    private SealedRecord receiving(UUID share) {
        return SealedRecord.receivingPiece(share, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public SealedSource share(UUID share) {
        return cloud.content(share);
    }

    @Override
    public Optional<byte[]> label(UUID share) {
        return cloud.recordInAnyState(share)
                .filter(row -> row.state() == RecordState.PIECE || row.state() == RecordState.BOUND)
                .map(SealedRecord::metadata);
    }

    @Override
    public void relabel(UUID share, long bytes, byte[] label) {
        cloud.restorePiece(receiving(share).arrived(bytes, label));
    }

    @Override
    public void mend(UUID share, Content content) throws IOException {
        Mending mending = new Mending(cloud, share);
        content.writeTo(mending);
        mending.finish();
    }

    @Override
    public void drop(UUID share) {
        cloud.dropPiece(share);
    }

    private final class InCloud implements Arriving {
        private final SealedRecord receiving;
        private final Destination.Row row;

        InCloud(SealedRecord receiving, Destination.Row row) {
            this.receiving = receiving;
            this.row = row;
        }

        @Override
        public OutputStream sink() {
            return row.sink();
        }

        @Override
        public void arrived(long bytes, byte[] label) throws IOException {
            row.sink().close();
            cloud.keepPiece(receiving.arrived(bytes, label));
        }

        @Override
        public void bind() {
            cloud.bindPiece(receiving.id());
        }

        @Override
        public void takeBack() {
            row.takeBack();
            cloud.dropPiece(receiving.id());
        }
    }

    /**
     * Writes over what a cloud keeps under an id, group by group. What is there already stays, so that whoever was interrupted begins
     * anew and soon is where she was.
     */
    static final class Mending extends OutputStream {
        private final Cloud cloud;
        private final UUID id;
        private final ByteArrayOutputStream group = new ByteArrayOutputStream();
        private long position;
        private int rows;

        Mending(Cloud cloud, UUID id) {
            this.cloud = cloud;
            this.id = id;
        }

        /** How many rows were not what they should be. */
        int rows() {
            return rows;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            Objects.checkFromIndexSize(off, len, b.length);
            int from = off;
            while (from < off + len) {
                if (group.size() == Spares.REPAIR_BYTES) {
                    pass(false);
                }
                int taken = Math.min(off + len - from, Spares.REPAIR_BYTES - group.size());
                group.write(b, from, taken);
                from += taken;
            }
        }

        private void pass(boolean last) {
            rows += cloud.repair(id, position, group.toByteArray(), last);
            position += group.size();
            group.reset();
        }

        /** Ends the content: whatever lies behind it is forgotten. */
        void finish() {
            pass(true);
        }
    }
}
