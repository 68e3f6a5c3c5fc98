package org.sosia.records;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.keys.Keyring;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;

/**
 * Where a hospital's records lie: whole in its store, or split, with the second share at another cloud.
 *
 * <p>Where the second share lies follows from the record's row and the hospital's keys; the cloud that keeps it is told by neither name
 * nor bytes whose it is.
 *
 * @param store where records lie, or their first shares
 * @param pieces where second shares lie
 * @param keys the hospital's keys
 */
public record Shelves(Cloud store, Cloud pieces, Keyring keys) {

    private static final String LINK = "split";
    private static final String NOTE_KIND = "piece";

    /**
     * The sealed content of a record, merged where it is split.
     *
     * @throws TamperedContentException if a share is missing or not the one that was written, as far as that is seen before it is read
     * @throws IOException if a store does not give it
     */
    public SealedSource content(ShelvedRecord record) throws IOException {
        SealedSource kept = store.content(record.row().id());
        Optional<SplitReceipt> receipt = record.facts().receipt();
        SealedSource whole = receipt.isPresent() ? merged(receipt.get(), kept, record.row()) : kept;
        if (whole.length() != record.header().sealedLength()) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
        return whole;
    }

    private SealedSource merged(SplitReceipt receipt, SealedSource first, SealedRecord row) throws IOException {
        try {
            return Splitting.merge(receipt, Arrays.asList(first, second(row)));
        } catch (DamagedShareException damaged) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
    }

    private SealedSource second(SealedRecord row) {
        HiddenShare hidden = hidden(row);
        return hidden.uncovered(pieces.content(hidden.id()));
    }

    /**
     * Which of a split record's shares are not, byte for byte, what was written.
     *
     * @return the name of a damaged share, {@code first} or {@code second}; empty if neither is, or the record is not split
     * @throws IOException if a store does not give them
     */
    public Optional<String> damagedShare(ShelvedRecord record) throws IOException {
        Optional<SplitReceipt> receipt = record.facts().receipt();
        if (receipt.isEmpty()) {
            return Optional.empty();
        }
        try {
            receipt.get().verify(0, store.content(record.row().id()));
        } catch (DamagedShareException | TamperedContentException damaged) {
            return Optional.of("first");
        }
        try {
            receipt.get().verify(1, second(record.row()));
        } catch (DamagedShareException | TamperedContentException damaged) {
            return Optional.of("second");
        }
        return Optional.empty();
    }

    /** The second share that was written, or will be, in one attempt to write a record. */
    HiddenShare hidden(SealedRecord row) {
        return new HiddenShare(link(row));
    }

    byte[] link(SealedRecord row) {
        String attempt = row.id() + ":" + row.attempt();
        return HexFormat.of().parseHex(keys.handle(LINK, "1:" + attempt) + keys.handle(LINK, "2:" + attempt));
    }

    /** What the record's own store is told of where its second share lies: nothing, if it lies there. */
    byte[] toldLink(SealedRecord row) {
        return store == pieces ? new byte[0] : link(row);
    }

    /** Where a row's second share lies, if it has one; of a deleted row, where it lay. */
    public Optional<UUID> piece(SealedRecord row) {
        return row.isSplit() ? Optional.of(hidden(row).id()) : Optional.empty();
    }

    // ------------------------------------------------------------------------------------------------------ sweeping

    /** What a second share's row says of its record, to this hospital alone. */
    byte[] note(UUID piece, SealedRecord row) {
        return keys.sealFields(
                NOTE_KIND,
                piece,
                1,
                Json.createObjectBuilder()
                        .add("record", row.id().toString())
                        .add("attempt", row.attempt().toString())
                        .build());
    }

    /**
     * Settles a second share of which nobody has looked yet whether its record is there: it is bound to it, or dropped, or left if the
     * record is still arriving.
     *
     * @return whether it is one of this hospital's
     */
    public boolean settle(SealedRecord piece) {
        JsonObject note;
        try {
            note = keys.openFields(NOTE_KIND, piece.id(), 1, piece.metadata());
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
        Optional<SealedRecord> row = store.recordInAnyState(UUID.fromString(note.getString("record")))
                .filter(found -> found.attempt().toString().equals(note.getString("attempt")));
        if (row.isEmpty() || row.get().state() == RecordState.DELETED) {
            pieces.dropPiece(piece.id());
        } else if (row.get().state() != RecordState.RECEIVING) {
            pieces.bindPiece(piece.id());
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------------ deleting

    /** Runs what deletes a row in the store, and drops its second share. What a crash leaves in between is swept. */
    public void deleting(SealedRecord row, Runnable inTheStore) {
        Optional<UUID> piece = piece(row);
        piece.ifPresent(pieces::loosenPiece);
        inTheStore.run();
        piece.ifPresent(pieces::dropPiece);
    }

    /** A second share about to arrive. */
    SealedRecord receivingPiece(SealedRecord row) {
        return SealedRecord.receivingPiece(hidden(row).id(), row.createdAt());
    }
}
