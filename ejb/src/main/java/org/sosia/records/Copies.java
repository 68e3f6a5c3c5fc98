package org.sosia.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Spare;

/**
 * Recovery copies of a hospital's records: what lies in the stores of a record, sealed as it is, once more, split two of three over three
 * places: the record's own store, the other cloud, and a folder of the hospital's. Any two places give the record back; one alone has
 * masked bytes and a share of the mask's key, under a name that does not say whose they are.
 *
 * <p>What is given back is what its owner signed: it is compared with the signed header before a byte of it is written. A share that is
 * not what was written, or that tells of a header which was replaced since, is named by its place.
 */
public final class Copies {

    /** The places, in the order of their shares. */
    public static final List<String> PLACES = List.of("cloud-a", "cloud-b", "hospital");

    private static final Logger LOG = Logger.getLogger(Copies.class.getName());

    private static final Splitting WAY = Splitting.TWO_OF_THREE;
    private static final int FOLDER = 2;
    private static final String HANDLE = "copy";

    private final Shelves shelves;
    private final @Nullable FolderPlace folder;
    private final Clock clock;

    /**
     * The copies of one hospital's records.
     *
     * @param folder where the hospital keeps its shares; empty if no copies are made (those that were made stay of use)
     */
    public Copies(Shelves shelves, Optional<Path> folder, Clock clock) {
        this.shelves = shelves;
        this.folder = folder.map(FolderPlace::new).orElse(null);
        this.clock = clock;
    }

    private Cloud store() {
        return shelves.store();
    }

    private Keyring keys() {
        return shelves.keys();
    }

    private Optional<Place> place(int number) {
        return switch (number) {
            case 0 -> Optional.of(new CloudPlace(store(), clock));
            case 1 -> Optional.of(new CloudPlace(shelves.pieces(), clock));
            default -> Optional.ofNullable(folder);
        };
    }

    /** Where a share lies follows from the hospital's keys, and tells nothing to whoever lacks them. */
    private HiddenShare hidden(UUID record, UUID attempt, int number) {
        return new HiddenShare(link(record, attempt, number));
    }

    private byte[] link(UUID record, UUID attempt, int number) {
        String name = number + ":" + record + ":" + attempt;
        return HexFormat.of().parseHex(keys().handle(HANDLE, "1:" + name) + keys().handle(HANDLE, "2:" + name));
    }

    private String handle(UUID record) {
        return keys().handle(HANDLE, record.toString());
    }

    // ---------------------------------------------------------------------------------------------------------- making

    /** Whether copies are made here. */
    public boolean areMade() {
        return folder != null;
    }

    /**
     * Makes copies of a record, unless there are some.
     *
     * @throws TamperedContentException if what the stores give is not what was signed: nothing is copied then
     * @throws IOException if a place does not take its share, or a store does not give the content
     */
    public void make(ShelvedRecord record) throws IOException {
        UUID id = record.row().id();
        FolderPlace own = folder;
        if (own == null || store().spare(id).isPresent()) {
            return;
        }
        Optional<UUID> brokenOff = own.attempt(handle(id));
        if (brokenOff.isPresent()) {
            dropShares(id, brokenOff.get());
        }
        UUID attempt = UUID.randomUUID();
        own.keepAttempt(handle(id), attempt);
        List<Place.Arriving> arriving = new ArrayList<>();
        try {
            for (int i = 0; i < WAY.shares(); i++) {
                arriving.add(place(i).orElseThrow().begin(hidden(id, attempt, i).id()));
            }
            SplitReceipt receipt = copy(record, attempt, arriving);
            for (int i = 0; i < WAY.shares(); i++) {
                byte[] label = new Label(i, attempt, receipt, record.row())
                        .seal(keys(), hidden(id, attempt, i).id());
                arriving.get(i).arrived(receipt.shareLength(), label);
            }
            store().keepSpare(spare(id, attempt, receipt));
        } catch (IOException | RuntimeException failed) {
            arriving.forEach(Place.Arriving::takeBack);
            throw failed;
        }
        for (Place.Arriving share : arriving) {
            share.bind();
        }
        store().freshSpare(id, RecordSealer.sha256(record.row().header()));
    }

    private SplitReceipt copy(ShelvedRecord record, UUID attempt, List<Place.Arriving> arriving) throws IOException {
        List<OutputStream> sinks = new ArrayList<>();
        for (int i = 0; i < WAY.shares(); i++) {
            sinks.add(hidden(record.row().id(), attempt, i)
                    .covering(arriving.get(i).sink()));
        }
        SplittingStream split = WAY.split(record.row().id(), sinks);
        for (StoredPart part : parts(record)) {
            part.requireSigned(part.stored(), split);
        }
        split.close();
        return split.receipt();
    }

    /** The store of doubles is told of no link: it keeps the shares of originals too, and shall not sort them. */
    private Spare spare(UUID record, UUID attempt, SplitReceipt receipt) {
        byte[] links = new byte[0];
        if (store() != shelves.pieces()) {
            links = new byte[WAY.shares() * HiddenShare.LINK_BYTES];
            for (int i = 0; i < WAY.shares(); i++) {
                System.arraycopy(
                        link(record, attempt, i), 0, links, i * HiddenShare.LINK_BYTES, HiddenShare.LINK_BYTES);
            }
        }
        return new Spare(record, attempt, receipt.encode(), links);
    }

    /** What lies in the stores of a record, in the order in which it is copied. */
    private List<StoredPart> parts(ShelvedRecord record) {
        return StoredPart.of(shelves, record);
    }

    /**
     * Writes on the copies of a record what its header says now.
     *
     * @throws IOException if a place does not take it; it is to be done again
     */
    public void relabel(ShelvedRecord record) throws IOException {
        UUID id = record.row().id();
        Optional<Spare> spare = store().spare(id);
        if (spare.isEmpty()) {
            return;
        }
        UUID attempt = spare.get().attempt();
        for (int i = 0; i < WAY.shares(); i++) {
            Optional<Place> place = place(i);
            Optional<Label> label = place.isEmpty() ? Optional.empty() : label(place.get(), id, attempt, i);
            if (label.isPresent()) {
                relabel(place.get(), new Label(i, attempt, label.get().receipt(), record.row()));
            }
        }
        store().freshSpare(id, RecordSealer.sha256(record.row().header()));
    }

    private void relabel(Place place, Label label) throws IOException {
        UUID share = hidden(label.row().id(), label.attempt(), label.number()).id();
        place.relabel(share, label.receipt().shareLength(), label.seal(keys(), share));
    }

    /** The label of a share, if it is the hospital's own word on this share. */
    private Optional<Label> label(Place place, UUID record, UUID attempt, int number) throws IOException {
        UUID share = hidden(record, attempt, number).id();
        Optional<byte[]> sealed = place.label(share);
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Label.open(keys(), share, sealed.get()));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    // -------------------------------------------------------------------------------------------------------- dropping

    /**
     * Drops the copies of a record, in whatever state they are.
     *
     * @throws IOException if the folder does not let go; a store that does not answer is an unchecked exception. It is to be done again
     */
    public void drop(UUID record) throws IOException {
        for (UUID attempt : attempts(record)) {
            dropShares(record, attempt);
        }
        FolderPlace own = folder;
        if (own != null) {
            own.dropAttempt(handle(record));
        }
        store().dropSpare(record);
    }

    private void dropShares(UUID record, UUID attempt) throws IOException {
        for (int i = 0; i < WAY.shares(); i++) {
            Optional<Place> place = place(i);
            if (place.isPresent()) {
                place.get().drop(hidden(record, attempt, i).id());
            }
        }
    }

    private Set<UUID> attempts(UUID record) throws IOException {
        Set<UUID> attempts = new LinkedHashSet<>();
        if (folder != null) {
            folder.attempt(handle(record)).ifPresent(attempts::add);
        }
        store().spare(record).ifPresent(spare -> attempts.add(spare.attempt()));
        return attempts;
    }

    /**
     * Settles a share of which nobody has looked yet whether the copies it belongs to are complete: it stays, or it is dropped.
     *
     * @param cloud where it lies
     * @return whether it is one of this hospital's
     */
    public boolean settle(Cloud cloud, SealedRecord piece) {
        Label label;
        try {
            label = Label.open(keys(), piece.id(), piece.metadata());
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
        boolean complete = store().spare(label.row().id())
                .filter(spare -> spare.attempt().equals(label.attempt()))
                .isPresent();
        if (complete) {
            cloud.bindPiece(piece.id());
        } else {
            cloud.dropPiece(piece.id());
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------------- examining

    /**
     * Reads all that the stores hold of a record, and all that the places hold of its copies, and says what is not as it was signed.
     *
     * @return nothing if the record is not there to be read, and no copies tell of one either
     * @throws IOException if the record's own store cannot be read
     */
    public Optional<Examination> examine(UUID id, Progress progress) throws IOException {
        Optional<SealedRecord> row = store().recordInAnyState(id);
        if (row.isPresent() && row.get().state() != RecordState.READY) {
            return Optional.empty();
        }
        KeptCopies kept = keptCopies(id, progress);
        Optional<ShelvedRecord> stored = row.flatMap(this::signed);
        Optional<ShelvedRecord> copied = kept.newest().map(Label::row).flatMap(this::signed);
        boolean storedIsNewest = stored.isPresent()
                && (copied.isEmpty()
                        || stored.get().header().revision()
                                >= copied.get().header().revision());
        if (!storedIsNewest && copied.isEmpty()) {
            return row.map(Examination::hopeless);
        }
        ShelvedRecord record = storedIsNewest ? stored.get() : copied.get();
        List<String> damaged = new ArrayList<>();
        if (!storedIsNewest) {
            damaged.add(Examination.DESCRIPTION);
        }
        for (StoredPart part : parts(record)) {
            progress.expect(part.length());
            if (!part.isIntact(progress)) {
                damaged.add(part.name());
            }
        }
        return Optional.of(new Examination(record.row(), record, kept, damaged));
    }

    /** A row as its owner signed it; of a split record, with what leads to its second share. */
    private Optional<ShelvedRecord> signed(SealedRecord row) {
        try {
            ShelvedRecord record = ShelvedRecord.read(keys(), row);
            if (record.facts().receipt().isPresent() != row.isSplit()) {
                return Optional.empty();
            }
            return Optional.of(row.isSplit() ? ShelvedRecord.read(keys(), row.split(shelves.toldLink(row))) : record);
        } catch (IntegrityException damaged) {
            return Optional.empty();
        }
    }

    private KeptCopies keptCopies(UUID record, Progress progress) throws IOException {
        KeptCopies best = KeptCopies.none();
        for (UUID attempt : attempts(record)) {
            KeptCopies found = keptCopies(record, attempt, progress);
            if (best.isNone() || found.usable() > best.usable()) {
                best = found;
            }
        }
        return best;
    }

    private KeptCopies keptCopies(UUID record, UUID attempt, Progress progress) {
        KeptCopies kept = new KeptCopies(attempt);
        for (int i = 0; i < WAY.shares(); i++) {
            kept.add(i, heldAt(record, attempt, i));
        }
        kept.agree();
        for (int i = 0; i < WAY.shares(); i++) {
            Optional<SplitReceipt> receipt = kept.receipt();
            if (receipt.isPresent() && kept.state(i).isUsable()) {
                progress.expect(receipt.get().shareLength());
                kept.found(i, verified(receipt.get(), record, attempt, i, kept.state(i), progress));
            }
        }
        return kept;
    }

    private KeptCopies.Found heldAt(UUID record, UUID attempt, int number) {
        Optional<Place> place = place(number);
        if (place.isEmpty()) {
            return new KeptCopies.Found(HeldShare.State.MISSING, null);
        }
        try {
            UUID share = hidden(record, attempt, number).id();
            if (place.get().label(share).isEmpty()) {
                return new KeptCopies.Found(HeldShare.State.MISSING, null);
            }
            Optional<Label> label = label(place.get(), record, attempt, number);
            return label.map(read -> new KeptCopies.Found(HeldShare.State.GOOD, read))
                    .orElseGet(() -> new KeptCopies.Found(HeldShare.State.ALTERED, null));
        } catch (IOException | RuntimeException silent) {
            LOG.log(Level.INFO, "{0} does not say what it holds of copies", PLACES.get(number));
            LOG.log(Level.FINE, "why it does not", silent);
            return new KeptCopies.Found(HeldShare.State.UNREACHABLE, null);
        }
    }

    private HeldShare.State verified(
            SplitReceipt receipt, UUID record, UUID attempt, int number, HeldShare.State good, Progress progress) {
        try {
            receipt.verify(number, progress.watched(share(record, attempt, number)));
            return good;
        } catch (DamagedShareException | TamperedContentException altered) {
            return HeldShare.State.ALTERED;
        } catch (IOException | RuntimeException silent) {
            LOG.log(Level.INFO, "{0} does not give its share of a copy", PLACES.get(number));
            LOG.log(Level.FINE, "why it does not", silent);
            return HeldShare.State.UNREACHABLE;
        }
    }

    private SealedSource share(UUID record, UUID attempt, int number) throws IOException {
        HiddenShare hidden = hidden(record, attempt, number);
        return hidden.uncovered(place(number).orElseThrow().share(hidden.id()));
    }

    // ------------------------------------------------------------------------------------------------------- restoring

    /**
     * Puts back what was found damaged or missing, of the record and then of its copies. What is there already stays, so whoever was
     * interrupted begins anew.
     *
     * @param audit what the store's audit chain shall say if the record's own row is put back
     * @return what was put back, and from where
     * @throws NotEnoughCopiesException if too few places hold something good; nothing was written then
     * @throws IOException if a store does not answer
     */
    public Restored restore(Examination found, AuditEvent audit, Progress progress)
            throws NotEnoughCopiesException, IOException {
        ShelvedRecord record = found.required();
        Restored restored = new Restored(new ArrayList<>(), new LinkedHashSet<>());
        if (found.isContentDamaged()) {
            restoreContent(found, record, restored, progress);
        }
        if (found.damaged().contains(Examination.DESCRIPTION)) {
            store().restoreRecord(record.row(), audit);
            restored.what().add(Examination.DESCRIPTION);
            restored.from().add(PLACES.get(found.copies().teller()));
        }
        if (!found.copies().isNone()) {
            mendCopies(found.copies(), record, restored, progress);
        }
        return restored;
    }

    private void restoreContent(Examination found, ShelvedRecord record, Restored restored, Progress progress)
            throws NotEnoughCopiesException, IOException {
        KeptCopies kept = found.copies();
        if (kept.usable() < WAY.needed()) {
            throw new NotEnoughCopiesException(found.held());
        }
        SealedSource merged = progress.watched(Splitting.merge(
                kept.receipt().orElseThrow(), shares(record.row().id(), kept, -1)));
        // First all of it is compared with what was signed, and then the first byte is written.
        for (boolean write : new boolean[] {false, true}) {
            long from = 0;
            for (StoredPart part : parts(record)) {
                if (found.damaged().contains(part.name())) {
                    progress.expect(part.length());
                    SealedSource good = new Slice(merged, from, part.length());
                    if (write) {
                        part.mend(good);
                        restored.what().add(part.name());
                    } else if (!part.isSigned(good)) {
                        throw new NotEnoughCopiesException(found.held());
                    }
                }
                from += part.length();
            }
        }
        kept.firstUsable(WAY.needed()).forEach(number -> restored.from().add(PLACES.get(number)));
    }

    private List<@Nullable SealedSource> shares(UUID record, KeptCopies kept, int without) throws IOException {
        @Nullable SealedSource[] shares = new SealedSource[WAY.shares()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = i != without && kept.state(i).isUsable() ? share(record, kept.attempt(), i) : null;
        }
        return Arrays.asList(shares);
    }

    private void mendCopies(KeptCopies kept, ShelvedRecord record, Restored restored, Progress progress)
            throws IOException {
        UUID id = record.row().id();
        if (kept.usable() < WAY.needed()) {
            // The record is whole and they are not: others take their place.
            drop(id);
            make(record);
            restored.what().add(Examination.COPIES);
            return;
        }
        SplitReceipt receipt = kept.receipt().orElseThrow();
        for (int i = 0; i < WAY.shares(); i++) {
            HeldShare.State state = kept.state(i);
            Optional<Place> place = place(i);
            if (place.isPresent() && state != HeldShare.State.GOOD && state != HeldShare.State.UNREACHABLE) {
                if (!state.isUsable()) {
                    rebuild(kept, id, i, place.get(), progress);
                }
                relabel(place.get(), new Label(i, kept.attempt(), receipt, record.row()));
                restored.what().add(Examination.COPY_AT + PLACES.get(i));
            }
        }
        if (store().spare(id)
                .filter(spare -> spare.attempt().equals(kept.attempt()))
                .isEmpty()) {
            store().keepSpare(spare(id, kept.attempt(), receipt));
        }
        if (folder != null) {
            folder.keepAttempt(handle(id), kept.attempt());
        }
        store().freshSpare(id, RecordSealer.sha256(record.row().header()));
    }

    private void rebuild(KeptCopies kept, UUID record, int number, Place place, Progress progress) throws IOException {
        SplitReceipt receipt = kept.receipt().orElseThrow();
        HiddenShare hidden = hidden(record, kept.attempt(), number);
        List<@Nullable SealedSource> others = shares(record, kept, number);
        progress.expect(receipt.shareLength());
        place.mend(hidden.id(), sink -> Splitting.rebuild(receipt, others, number, hidden.covering(sink)));
    }

    static byte[] digest(SealedSource source, OutputStream beside) throws IOException {
        MessageDigest digest = RecordSealer.newSha256();
        try (InputStream bytes = new DigestInputStream(source.read(0, source.length()), digest)) {
            bytes.transferTo(beside);
        }
        return digest.digest();
    }
}
