package org.sosia.retrieval;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.decoy.RecordKind;
import org.sosia.emergency.BreakGlass;
import org.sosia.forging.Doubles;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.indexing.Indexing;
import org.sosia.indexing.Soon;
import org.sosia.keys.Epochs;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.keys.SignatureView;
import org.sosia.lane.Containment;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lane;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.paging.Page;
import org.sosia.paging.Sought;
import org.sosia.persistence.Cursor;
import org.sosia.persistence.RecordFilter;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Task;
import org.sosia.records.RecordFacts;
import org.sosia.records.Sensitivity;
import org.sosia.records.ShelvedRecord;
import org.sosia.recovery.Aside;
import org.sosia.recovery.Copying;
import org.sosia.refusal.InvalidValueException;
import org.sosia.words.Words;

/**
 * Shows records, and gives out their content: the original to its owner, to the patient it is about, and to whoever proves possession
 * of a partial key that is in force; the double to everybody else who may know of the record.
 *
 * <p>Whoever gets a double is not told. Whoever should get an original and cannot, because a store does not answer or what it holds
 * fails its verification, is told so and gets nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Retrieval {

    private static final Logger LOG = Logger.getLogger(Retrieval.class.getName());

    private static final Comparator<SealedRecord> BY_AGE =
            Comparator.comparing(SealedRecord::createdAt).thenComparing(SealedRecord::id);

    private static final int SAMPLE_BYTES = 1_024;

    /** As many rows as one call to a store brings. */
    private static final int AT_ONCE = 1_000;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    @Inject
    BreakGlass breakGlass;

    @Inject
    Containment containment;

    @Inject
    Doubles doubles;

    @Inject
    Words words;

    @Inject
    Indexing indexing;

    @Inject
    Soon soon;

    @Inject
    Copying copying;

    @Inject
    Aside aside;

    Clock clock = Clock.systemUTC();

    // ---------------------------------------------------------------------------------------------------------- views

    /**
     * Lists the records that the caller may know of, newest first.
     *
     * @param patient only this patient's, or null
     * @param kind only of this kind, in lower case, or null; an unknown kind has no records
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the first
     * @param limit the most to return, 1 to 200; a page of one kind may be shorter although the list goes on
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public Page<RecordView> list(@Nullable UUID patient, @Nullable String kind, @Nullable String after, int limit)
            throws InvalidValueException {
        Cursor place = Page.place(after);
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        Set<UUID> linked = linked(hospital);
        Standing standing = new Standing(hospital.store(), who, linked, null, clock.instant());
        Set<UUID> patients = patient != null ? Set.of(patient) : seesAll(who) ? Set.of() : linked;
        if (patients.isEmpty() && !seesAll(who)) {
            return new Page<>(List.of(), null);
        }
        String owner = who.has(Roles.DOCTOR) || who.has(Roles.PATIENT) ? null : who.subject();
        return new Shelf(hospital, patients, owner, place)
                .page(standing, kind, Math.max(1, Math.min(limit, Page.MOST)));
    }

    private static boolean seesAll(Credentials who) {
        return who.has(Roles.DOCTOR) || who.has(Roles.DATA_OWNER);
    }

    /** Walks the rows of one hospital, and beside them the twin's rows of the same ids. */
    private final class Shelf {

        private final Hospital hospital;
        private final Set<UUID> patients;
        private final @Nullable String owner;
        private @Nullable Cursor position;

        Shelf(Hospital hospital, Set<UUID> patients, @Nullable String owner, @Nullable Cursor position) {
            this.hospital = hospital;
            this.patients = patients;
            this.owner = owner;
            this.position = position;
        }

        Page<RecordView> page(Standing standing, @Nullable String kind, int limit) {
            List<RecordView> views = new ArrayList<>();
            int stride = kind == null ? limit : Page.MOST;
            for (int opened = 0; opened < Sought.MOST_OPENED; opened += stride) {
                List<SealedRecord> rows = rows(hospital, stride);
                Map<UUID, SealedRecord> doubles = doublesBeside(rows, stride);
                for (SealedRecord row : rows) {
                    position = Cursor.following(position, row.createdAt(), row.id());
                    RecordView view = standing.isVisible(row) && !isHidden(hospital, row.id())
                            ? view(hospital, standing, row, doubles.get(row.id()))
                            : null;
                    if (view != null && (kind == null || view.kind().text().equals(kind))) {
                        views.add(view);
                    }
                    if (views.size() == limit) {
                        return new Page<>(views, position.toText());
                    }
                }
                if (rows.size() < stride) {
                    return new Page<>(views, null);
                }
            }
            Cursor reached = position;
            return new Page<>(views, reached == null ? null : reached.toText());
        }

        private List<SealedRecord> rows(Hospital from, int limit) {
            if (patients.size() <= 1) {
                UUID only = patients.isEmpty() ? null : patients.iterator().next();
                return from.store().records(new RecordFilter(only, owner, position, limit));
            }
            return patients.stream()
                    .flatMap(each -> from.store().records(new RecordFilter(each, owner, position, limit)).stream())
                    .sorted(position != null && position.oldestFirst() ? BY_AGE : BY_AGE.reversed())
                    .limit(limit)
                    .toList();
        }

        private Map<UUID, SealedRecord> doublesBeside(List<SealedRecord> rows, int limit) {
            Map<UUID, SealedRecord> beside = new HashMap<>();
            if (!rows.isEmpty()) {
                rows(lanes.twin(), limit).forEach(row -> beside.put(row.id(), row));
            }
            return beside;
        }
    }

    /**
     * Those of some records that are the caller's own, or granted to her now. Of others not even the existence is told.
     *
     * @param ids the records in question
     * @param wanted which of them
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the newest
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR})
    public Page<RecordView> among(Set<UUID> ids, Selection wanted, @Nullable String after, int limit)
            throws InvalidValueException {
        Cursor place = Page.place(after);
        Hospital hospital = lanes.hospital();
        Standing standing =
                new Standing(hospital.store(), caller.credentials(), linked(hospital), null, clock.instant());
        Comparator<SealedRecord> order = place != null && place.oldestFirst() ? BY_AGE : BY_AGE.reversed();
        List<SealedRecord> rows = rows(hospital, ids)
                .filter(row -> standing.of(row) == Access.OWN || standing.of(row) == Access.GRANTED)
                .filter(row -> !isHidden(hospital, row.id()))
                .filter(wanted::admits)
                .filter(row -> place == null || place.isBefore(row.createdAt(), row.id()))
                .sorted(order)
                .toList();
        List<RecordView> views = new ArrayList<>();
        for (SealedRecord row : rows) {
            if (views.size() == Math.max(1, Math.min(limit, Page.MOST))) {
                RecordView last = views.get(views.size() - 1);
                return new Page<>(
                        views,
                        Cursor.following(place, last.createdAt(), last.id()).toText());
            }
            RecordView view = view(hospital, standing, row, null);
            if (wanted.admits(view)) {
                views.add(view);
            }
        }
        return new Page<>(views, null);
    }

    private static Stream<SealedRecord> rows(Hospital hospital, Set<UUID> ids) {
        List<UUID> all = List.copyOf(ids);
        List<SealedRecord> rows = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            rows.addAll(hospital.store().recordsAmong(all.subList(from, Math.min(all.size(), from + AT_ONCE))));
        }
        return rows.stream();
    }

    /**
     * One record.
     *
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws IntegrityException if it is not what its owner signed
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public RecordView get(UUID id) throws NoSuchRecordException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Standing standing = standing(hospital, id);
        SealedRecord row = visible(hospital, standing, id);
        RecordView view =
                view(hospital, standing, row, lanes.twin().store().record(id).orElse(null));
        if (!view.signature().valid()) {
            throw new IntegrityException();
        }
        return view;
    }

    /** What the caller may see of a record: what only the content tells is that of the content they would get. */
    private RecordView view(Hospital hospital, Standing standing, SealedRecord row, @Nullable SealedRecord beside) {
        Access access = standing.of(row);
        try {
            ShelvedRecord shown = read(hospital, row);
            ShelvedRecord served = shown;
            if (hospital.lane() == Lane.ORIGINAL && access != Access.OWN && access != Access.GRANTED) {
                SealedRecord twin = beside != null ? beside : theDouble(row.id());
                served = read(lanes.twin(), twin);
            }
            return view(shown, served, access);
        } catch (IntegrityException tampered) {
            return unreadable(row, access);
        }
    }

    private static RecordView view(ShelvedRecord shown, ShelvedRecord served, Access access) {
        RecordFacts facts = shown.facts();
        return new RecordView(
                shown.row().id(),
                shown.row().patient(),
                facts.kind(),
                facts.sensitivity(),
                facts.mediaType(),
                facts.fileName(),
                served.facts().size(),
                served.facts().digest(),
                shown.row().createdAt(),
                Epochs.named(shown.header().policy()).toText(),
                served.signature(),
                access);
    }

    /** A row that fails its verification stays in the list, and says so: leaving it out would hide what was done to it. */
    private static RecordView unreadable(SealedRecord row, Access access) {
        return new RecordView(
                row.id(),
                row.patient(),
                RecordKind.ATTACHMENT,
                Sensitivity.HIGH,
                "application/octet-stream",
                "",
                0,
                "",
                row.createdAt(),
                "",
                SignatureView.invalid(row.owner()),
                access);
    }

    private ShelvedRecord read(Hospital hospital, SealedRecord row) throws IntegrityException {
        try {
            return ShelvedRecord.read(hospital.keys(), row);
        } catch (IntegrityException tampered) {
            possession.reportTampering(caller.credentials(), row.id());
            throw tampered;
        }
    }

    // -------------------------------------------------------------------------------------------------------- content

    /**
     * Opens a record's content.
     *
     * @param id the record
     * @param partialKey the partial key as it was written down, or null when none is shown with this request
     * @param range the part wanted, or null for all
     * @return the content; which one, only the bytes tell
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws TypingErrorException if the partial key is mistyped
     * @throws ProofRequiredException if a person at the screens has not passed the record's gate
     * @throws RangeNotSatisfiableException if the range begins beyond the content
     * @throws IntegrityException if the record is not what its owner signed
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.DOCTOR, Roles.PATIENT})
    public RecordContent open(UUID id, @Nullable String partialKey, @Nullable ByteRange range)
            throws NoSuchRecordException, TypingErrorException, ProofRequiredException, RangeNotSatisfiableException,
                    IntegrityException {
        Credentials who = caller.credentials();
        Hospital hospital = lanes.hospital();
        Standing standing = standing(hospital, id);
        SealedRecord row = visible(hospital, standing, id);
        ShelvedRecord record = read(hospital, row);
        if (standing.isOwn(row)) {
            return ownersContent(hospital, record, range);
        }
        Optional<PartialKey> key =
                partialKey != null ? Optional.of(PartialKey.parse(partialKey)) : possession.shown(who, id);
        if (key.isEmpty()) {
            Optional<Possession.Opened> emergency = breakGlass.open(lanes, hospital, who, row, record.header());
            if (emergency.isPresent()) {
                return release(hospital, record, emergency.get(), range);
            }
            if (who.browser()) {
                throw new ProofRequiredException();
            }
            return theDouble(hospital, record, range);
        }
        Possession.Attempt attempt = possession.attempt(hospital, who, record.header(), key.get());
        if (attempt instanceof Possession.Opened opened) {
            return release(hospital, record, opened, range);
        }
        boolean passedTheGate = partialKey == null;
        if (attempt instanceof Possession.Shut shut && shut.guessed() && !passedTheGate) {
            possession.guessedByProgram(who, id);
        }
        if (who.browser() && hospital.lane() == Lane.ORIGINAL) {
            // The proof held when the gate opened; it ended since. Whoever is proven is told, and never shown a double
            // instead.
            throw new ProofRequiredException();
        }
        return theDouble(hospital, record, range);
    }

    private RecordContent ownersContent(Hospital hospital, ShelvedRecord record, @Nullable ByteRange range)
            throws RangeNotSatisfiableException, IntegrityException {
        Extent extent = Extent.of(range, record.facts().size());
        account(hospital, record.row().id(), Map.of());
        return content(hospital, record, openAsOwner(hospital, record), extent);
    }

    /** The double of the record: the same row when the caller is in the twin hospital anyway. */
    private RecordContent theDouble(Hospital hospital, ShelvedRecord record, @Nullable ByteRange range)
            throws RangeNotSatisfiableException, IntegrityException {
        Hospital twin = lanes.twin();
        ShelvedRecord beside = hospital.lane() == Lane.DUPLICATE
                ? record
                : read(twin, theDouble(record.row().id()));
        return ownersContent(twin, beside, range);
    }

    private SealedRecord theDouble(UUID id) {
        // A visible record has one; its absence is a fault, and a fault is never answered with an original instead.
        return lanes.twin().store().record(id).orElseThrow(StoreUnavailableException::new);
    }

    private OpenedEnvelope openAsOwner(Hospital hospital, ShelvedRecord record) throws IntegrityException {
        try {
            return record.header()
                    .openAsOwner(hospital.keys().collection(record.row().owner(), record.header()));
        } catch (GeneralSecurityException tampered) {
            possession.reportTampering(caller.credentials(), record.row().id());
            throw new IntegrityException(tampered);
        }
    }

    private RecordContent release(
            Hospital hospital, ShelvedRecord record, Possession.Opened opened, @Nullable ByteRange range)
            throws RangeNotSatisfiableException, IntegrityException {
        try {
            Extent extent = Extent.of(range, record.facts().size());
            account(hospital, record.row().id(), opened.statements());
            return content(hospital, record, opened.envelope(), extent);
        } catch (RangeNotSatisfiableException | RuntimeException | Error notReleased) {
            opened.envelope().close();
            throw notReleased;
        }
    }

    /** Writes the release into the audit chain and the log. Whatever fails here, nothing has been released. */
    private void account(Hospital hospital, UUID record, Map<String, String> statements) {
        Credentials who = caller.credentials();
        hospital.store().audit(hospital.event(who, "UNWRAP", record, statements));
        if (hospital.lane() == Lane.ORIGINAL) {
            LOG.log(Level.INFO, "UNWRAP original record={0} subject={1}", new Object[] {record, who.subject()});
        } else {
            LOG.log(Level.INFO, "OPEN double record={0} subject={1}", new Object[] {record, who.subject()});
        }
    }

    private RecordContent content(Hospital hospital, ShelvedRecord record, OpenedEnvelope envelope, Extent extent)
            throws IntegrityException {
        RecordFacts facts = record.facts();
        UUID id = record.row().id();
        Credentials who = caller.credentials();
        try {
            SealedSource source = hospital.shelves().content(record);
            boolean toTheEnd = extent.from() == 0 && extent.length() == facts.size();
            InputStream clear = toTheEnd
                    ? envelope.decrypting(source.read(0, source.length()))
                    : envelope.decryptingRange(source, extent.from(), extent.length());
            InputStream body = firstVerified(new ReleasedContent(
                    envelope, clear, extent.length(), toTheEnd, () -> reportTampering(hospital, who, id)));
            return new RecordContent(
                    facts.mediaType(),
                    facts.fileName(),
                    facts.size(),
                    extent.from(),
                    extent.length(),
                    etag(id, record.row().version()),
                    body);
        } catch (TamperedContentException tampered) {
            envelope.close();
            reportTampering(hospital, who, id);
            throw new IntegrityException(tampered);
        } catch (IOException unreadable) {
            envelope.close();
            LOG.log(Level.WARNING, "record " + id + " cannot be read", unreadable);
            throw new StoreUnavailableException(unreadable);
        }
    }

    /** A record that was deleted while somebody read it ends in the middle, and rightly so. */
    private void reportTampering(Hospital hospital, Credentials who, UUID id) {
        try {
            if (hospital.store().record(id).isEmpty()) {
                return;
            }
        } catch (RuntimeException unreachable) {
            LOG.log(Level.FINE, "the store of record {0} does not answer", id);
        }
        possession.reportTampering(who, id);
    }

    /** Reads the first chunk now, so that what is tampered with from the start is an error and not a broken download. */
    private static InputStream firstVerified(InputStream released) throws IOException {
        InputStream body = new BufferedInputStream(released, 1 << 16);
        body.mark(1);
        body.read();
        body.reset();
        return body;
    }

    /** The same for an original and its double, so that it tells nothing; nothing is cached anyway. */
    private String etag(UUID id, int version) {
        return lanes.twin().keys().handle("etag", id + ":" + version);
    }

    // --------------------------------------------------------------------------------------------- operators, deletion

    /**
     * The sealed form of a record, as the cloud's operator may see it: nothing in it opens anything.
     *
     * @throws NoSuchRecordException if there is no such record
     * @throws IntegrityException if its header cannot be read
     */
    @RolesAllowed(Roles.CLOUD_OPERATOR)
    public SealedView envelope(UUID id) throws NoSuchRecordException, IntegrityException {
        Hospital hospital = lanes.hospital();
        SealedRecord row = hospital.store().record(id).orElseThrow(NoSuchRecordException::new);
        hospital.store().audit(hospital.event(caller.credentials(), "INSPECT", id, Map.of()));
        return sealed(hospital, row);
    }

    /**
     * The sealed form of a record of the caller's own: what the store's operator sees of it.
     *
     * @throws NoSuchRecordException if the caller has no such record
     * @throws IntegrityException if its header cannot be read
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public SealedView ownEnvelope(UUID id) throws NoSuchRecordException, IntegrityException {
        Hospital hospital = lanes.hospital();
        SealedRecord row = visible(hospital, standing(hospital, id), id);
        if (!row.owner().equals(caller.subject())) {
            throw new NoSuchRecordException();
        }
        hospital.store().audit(hospital.event(caller.credentials(), "INSPECT", id, Map.of()));
        return sealed(hospital, row);
    }

    /**
     * Lists the sealed forms of the records, newest first.
     *
     * @param after the cursor of the page before, {@link Page#OLDEST_FIRST}, or null for the first
     * @param limit the most to return, 1 to 200
     * @throws InvalidValueException if the cursor is none of this list's
     */
    @RolesAllowed(Roles.CLOUD_OPERATOR)
    public Page<SealedView> envelopes(@Nullable String after, int limit)
            throws InvalidValueException, IntegrityException {
        Cursor behind = Page.place(after);
        Hospital hospital = lanes.hospital();
        int most = Math.max(1, Math.min(limit, Page.MOST));
        List<SealedRecord> rows = hospital.store().records(new RecordFilter(null, null, behind, most));
        List<SealedView> views = new ArrayList<>();
        for (SealedRecord row : rows) {
            views.add(sealed(hospital, row));
        }
        SealedRecord last = rows.size() < most ? null : rows.get(rows.size() - 1);
        return new Page<>(
                views,
                last == null
                        ? null
                        : Cursor.following(behind, last.createdAt(), last.id()).toText());
    }

    private SealedView sealed(Hospital hospital, SealedRecord row) throws IntegrityException {
        ShelvedRecord record = read(hospital, row);
        Base64.Encoder text = Base64.getEncoder();
        return new SealedView(
                row.id(),
                row.version(),
                row.owner(),
                row.createdAt(),
                row.sealedBytes(),
                "sha-256:" + HexFormat.of().formatHex(record.header().sealedDigest()),
                Epochs.named(record.header().policy()).toText(),
                text.encodeToString(row.header()),
                text.encodeToString(row.metadata()),
                record.signature(),
                text.encodeToString(sample(hospital, row.id())));
    }

    private static byte[] sample(Hospital hospital, UUID id) {
        try (InputStream sealed = hospital.store().content(id).read(0, SAMPLE_BYTES)) {
            return sealed.readNBytes(SAMPLE_BYTES);
        } catch (IOException unreadable) {
            throw new StoreUnavailableException(unreadable);
        }
    }

    /**
     * Deletes a record, for good: here first, its double after that.
     *
     * @throws NoSuchRecordException if the caller has no such record
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public void delete(UUID id) throws NoSuchRecordException, IntegrityException {
        Hospital hospital = lanes.hospital();
        SealedRecord row = visible(hospital, standing(hospital, id), id);
        if (!row.owner().equals(caller.subject())) {
            throw new NoSuchRecordException();
        }
        Task forgotten = words.toForget(hospital, id, row.owner());
        Optional<Task> uncopied = copying.toDrop(hospital, id);
        List<Task> orders = new ArrayList<>(List.of(forgotten));
        uncopied.ifPresent(orders::add);
        if (hospital.lane() == Lane.ORIGINAL) {
            Task order = doubles.withoutRecord(id, hospital.shelves().piece(row));
            Task unseen = indexing.withoutRecord(id);
            orders.add(order);
            orders.add(unseen);
            hospital.store().deleteRecord(id, hospital.event(caller.credentials(), "DELETE", id, Map.of()), orders);
            doubles.now(order);
            words.now(hospital, forgotten);
            aside.carryOut(hospital, uncopied);
            soon.carryOut(unseen.id());
        } else if (read(hospital, row).facts().counterpart()) {
            containment.hide(caller.subject(), id);
        } else {
            hospital.shelves()
                    .deleting(
                            row,
                            () -> hospital.store()
                                    .deleteRecord(
                                            id, hospital.event(caller.credentials(), "DELETE", id, Map.of()), orders));
            words.now(hospital, forgotten);
            aside.carryOut(hospital, uncopied);
            soon.forgetInTwin(id);
        }
    }

    // --------------------------------------------------------------------------------------------------------- helpers

    private Standing standing(Hospital hospital, UUID record) {
        return new Standing(hospital.store(), caller.credentials(), linked(hospital), record, clock.instant());
    }

    private SealedRecord visible(Hospital hospital, Standing standing, UUID id) throws NoSuchRecordException {
        return hospital.store()
                .record(id)
                .filter(standing::isVisible)
                .filter(row -> !isHidden(hospital, row.id()))
                .orElseThrow(NoSuchRecordException::new);
    }

    private boolean isHidden(Hospital hospital, UUID id) {
        return hospital.lane() == Lane.DUPLICATE && containment.hides(caller.subject(), id);
    }

    private Set<UUID> linked(Hospital hospital) {
        if (!caller.credentials().has(Roles.PATIENT)) {
            return Set.of();
        }
        try {
            return hospital.persons()
                    .find(caller.subject())
                    .map(RegisteredPerson::patients)
                    .orElse(Set.of());
        } catch (GeneralSecurityException tampered) {
            throw new StoreUnavailableException(tampered);
        }
    }

    /** A part of a content, resolved against its size. */
    private record Extent(long from, long length) {

        static Extent of(@Nullable ByteRange range, long size) throws RangeNotSatisfiableException {
            if (range == null) {
                return new Extent(0, size);
            }
            long from = range.from() >= 0 ? range.from() : Math.max(0, size + range.from());
            if (from >= size) {
                throw new RangeNotSatisfiableException(size);
            }
            long to = range.from() < 0 ? size - 1 : Math.min(range.to(), size - 1);
            return new Extent(from, to - from + 1);
        }
    }
}
