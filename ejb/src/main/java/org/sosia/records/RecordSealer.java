package org.sosia.records;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.Padme;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.Sealing;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.keys.Epochs;
import org.sosia.keys.Keyring;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;

/**
 * Writes one record into one hospital's store: RECEIVING, then its content as it arrives, then header and metadata in one
 * transaction.
 *
 * <p><b>Life.</b> One record, one thread, one use. Closed without {@link #finish}, it takes back what it wrote; if the store does
 * not answer even then, the sweeper does it later.
 */
public final class RecordSealer implements AutoCloseable {

    /** The kind of field that a record's metadata is. */
    static final String FIELD_KIND = "record";

    /** The only version yet: a record is not edited, it is replaced by another. */
    public static final int VERSION = 1;

    private static final byte[] ZEROS = new byte[1 << 16];

    private final Cloud store;
    private final Keyring keys;
    private final Destination destination;
    private final SealedRecord receiving;
    private final AccessPolicy policy;
    private final Sealing sealing;
    private final OutputStream encrypting;
    private final Content content;
    private boolean finished;

    private RecordSealer(Shelves shelves, Destination destination, AccessPolicy policy, Sealing sealing)
            throws IOException {
        this.store = shelves.store();
        this.keys = shelves.keys();
        this.destination = destination;
        this.receiving = destination.row();
        this.policy = policy;
        this.sealing = sealing;
        this.encrypting = sealing.encrypting(destination.sealed());
        this.content = new Content(encrypting);
    }

    /**
     * Begins a record.
     *
     * @param shelves where to, and under which keys
     * @param sensitivity how sensitive it is: what is highly so is split over both clouds
     * @param policy as its owner wrote it, without epochs
     * @param createdAt when it was handed in
     * @throws IOException if the store fails
     */
    public static RecordSealer begin(
            Shelves shelves,
            UUID record,
            UUID patient,
            String owner,
            Sensitivity sensitivity,
            AccessPolicy policy,
            Instant createdAt)
            throws GeneralSecurityException, IOException {
        Keyring keys = shelves.keys();
        Sealing sealing = Sealing.begin(record, VERSION, owner, keys.parameters(), policy, keys.collection(owner));
        SealedRecord receiving = SealedRecord.receiving(record, patient, owner, VERSION, createdAt);
        Destination destination = Destination.begin(shelves, receiving, sensitivity);
        try {
            return new RecordSealer(shelves, destination, policy, sealing);
        } catch (IOException | RuntimeException failed) {
            destination.takeBack();
            throw failed;
        }
    }

    /** Where the content goes, in clear; closed by {@link #finish}. Its failures are the store's. */
    public OutputStream content() {
        return content;
    }

    /** Whether so many more bytes of content can be written without waiting for the store. */
    public boolean hasRoomFor(int bytes) {
        return destination.hasRoomFor(
                Math.toIntExact(ChunkedEncryption.sealedLength(bytes + ChunkedEncryption.CHUNK_BYTES)));
    }

    /** How many bytes have been written so far. */
    public long size() {
        return content.size;
    }

    /**
     * Ends the content, pads it, signs and commits.
     *
     * @param facts what is known about it; size, digest and how it was split are filled in here
     * @param next the state to commit it in
     * @return the facts as they were sealed
     * @throws IOException if the store fails
     */
    public Sealed finish(RecordFacts facts, RecordState next, AuditEvent audit, List<Task> tasks)
            throws GeneralSecurityException, IOException {
        String digest = "sha-256:" + HexFormat.of().formatHex(content.digest.digest());
        long size = content.size;
        pad();
        encrypting.close();
        RecordFacts complete = facts.about(size, digest, destination.arrived());
        byte[] metadata = keys.sealFields(FIELD_KIND, receiving.id(), receiving.version(), complete.fields());
        // Now, not at the beginning: an attribute may have been issued anew, or the master key exchanged, while the
        // content arrived.
        AccessPolicy newest = Epochs.of(store).newest(policy);
        Header header = sealing.finish(keys.parameters(), newest, sha256(metadata), keys.signingKey(receiving.owner()));
        store.commitRecord(
                receiving.sealed(next, header.sealedLength(), metadata, header.encode(), receiving.createdAt()),
                audit,
                tasks);
        finished = true;
        return new Sealed(header, complete);
    }

    /**
     * A record that was committed.
     *
     * @param header its signed header
     * @param facts what its metadata says
     */
    public record Sealed(Header header, RecordFacts facts) {}

    /** Zeros up to the padded length: the true one stands in the sealed metadata only. */
    private void pad() throws IOException {
        long missing = Padme.padded(content.size) - content.size;
        while (missing > 0) {
            int n = (int) Math.min(missing, ZEROS.length);
            encrypting.write(ZEROS, 0, n);
            missing -= n;
        }
    }

    /** Wipes the record's seed; takes the record back if it was not finished. */
    @Override
    public void close() {
        sealing.close();
        if (!finished) {
            destination.takeBack();
        }
    }

    static byte[] sha256(byte[] bytes) {
        return newSha256().digest(bytes);
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Counts and hashes the clear content on its way to the cipher. */
    private static final class Content extends FilterOutputStream {

        private final MessageDigest digest = newSha256();
        private long size;

        Content(OutputStream cipher) {
            super(cipher);
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
            size += length;
        }

        @Override
        public void close() {
            // The message is ended by finish(), which pads it first.
        }
    }
}
