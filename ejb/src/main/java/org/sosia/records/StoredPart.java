package org.sosia.records;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.SealedRecord;

/** One of the things that lie in the stores of a record: all of its content, or one of its two shares. */
final class StoredPart {

    private final String name;
    private final long length;
    private final Shelves shelves;
    private final SealedRecord row;
    private final @Nullable HiddenShare hidden;
    private final Predicate<byte[]> signed;

    private StoredPart(
            String name,
            long length,
            Shelves shelves,
            SealedRecord row,
            @Nullable HiddenShare hidden,
            Predicate<byte[]> signed) {
        this.name = name;
        this.length = length;
        this.shelves = shelves;
        this.row = row;
        this.hidden = hidden;
        this.signed = signed;
    }

    static List<StoredPart> of(Shelves shelves, ShelvedRecord record) {
        SealedRecord row = record.row();
        Optional<SplitReceipt> split = record.facts().receipt();
        if (split.isEmpty()) {
            byte[] whole = record.header().sealedDigest();
            return List.of(new StoredPart(
                    Examination.CONTENT,
                    row.sealedBytes(),
                    shelves,
                    row,
                    null,
                    digest -> MessageDigest.isEqual(digest, whole)));
        }
        SplitReceipt receipt = split.get();
        return List.of(
                new StoredPart(
                        Examination.FIRST_SHARE,
                        receipt.shareLength(),
                        shelves,
                        row,
                        null,
                        digest -> receipt.isDigest(0, digest)),
                new StoredPart(
                        Examination.SECOND_SHARE,
                        receipt.shareLength(),
                        shelves,
                        row,
                        shelves.hidden(row),
                        digest -> receipt.isDigest(1, digest)));
    }

    String name() {
        return name;
    }

    long length() {
        return length;
    }

    /** What the store gives. */
    SealedSource stored() {
        if (hidden == null) {
            return shelves.store().content(row.id());
        }
        return hidden.uncovered(shelves.pieces().content(hidden.id()));
    }

    /** Whether these bytes are the ones that the owner signed. */
    boolean isSigned(SealedSource bytes) throws IOException {
        return bytes.length() == length && signed.test(Copies.digest(bytes, OutputStream.nullOutputStream()));
    }

    /** Passes bytes on, and then refuses them if they were not the ones that the owner signed. */
    void requireSigned(SealedSource bytes, OutputStream sink) throws IOException {
        if (bytes.length() != length || !signed.test(Copies.digest(bytes, sink))) {
            throw new TamperedContentException(TamperedContentException.PREFIX);
        }
    }

    boolean isIntact(Progress progress) throws IOException {
        try {
            return isSigned(progress.watched(stored()));
        } catch (TamperedContentException | DamagedShareException damaged) {
            return false;
        }
    }

    /** Puts good bytes in the place of what the store has. */
    void mend(SealedSource good) throws IOException {
        Cloud cloud = hidden == null ? shelves.store() : shelves.pieces();
        CloudPlace.Mending mending = new CloudPlace.Mending(cloud, hidden == null ? row.id() : hidden.id());
        OutputStream sink = hidden == null ? mending : hidden.covering(mending);
        Copies.digest(good, sink);
        mending.finish();
        if (hidden != null) {
            SealedRecord piece =
                    SealedRecord.receivingPiece(hidden.id(), row.createdAt().truncatedTo(ChronoUnit.MICROS));
            cloud.restorePiece(piece.arrived(length, shelves.note(hidden.id(), row)));
        }
    }
}
