package org.sosia.persistence;

import jakarta.ejb.EJBException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.keywords.CounterServer;
import org.sosia.crypto.keywords.CounterStore;
import org.sosia.crypto.keywords.EntryServer;
import org.sosia.crypto.keywords.EntryStore;
import org.sosia.crypto.keywords.KeyHalves;
import org.sosia.crypto.keywords.KeywordGrants.Right;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;

/**
 * A cloud in memory that keeps the promises of {@link Cloud}, checks headers as a real one does, and fails when told to.
 *
 * <p>Every call is noted by name in {@link #calls}, so that a test can say what was not asked of a store.
 */
public final class MemoryCloud implements OriginalCloud, DuplicateCloud {

    private final Clock clock;
    private final Map<UUID, SealedPatient> patients = new LinkedHashMap<>();
    private final Map<UUID, SealedRecord> records = new LinkedHashMap<>();
    private final Map<UUID, byte[]> contents = new LinkedHashMap<>();
    private final Map<UUID, AccessRequest> requests = new LinkedHashMap<>();
    private final Map<UUID, GrantHalfRow> grants = new LinkedHashMap<>();
    private final Map<UUID, byte[]> reKeys = new LinkedHashMap<>();
    private final Map<UUID, Plea> pleas = new LinkedHashMap<>();
    private final Map<UUID, List<PleaAnswer>> answers = new LinkedHashMap<>();
    private final Map<UUID, Commission> commissions = new LinkedHashMap<>();
    private final Map<UUID, List<CommissionPart>> parts = new LinkedHashMap<>();
    private final Set<String> spent = new HashSet<>();
    private final Map<String, Pad> pads = new LinkedHashMap<>();
    /** By realm and person, then by the digest of the parameters; without one, for headers of whichever. */
    private final Map<String, Map<String, byte[]>> transformKeys = new LinkedHashMap<>();

    private final Set<String> closed = new HashSet<>();
    /** In which order jobs were last kept: the one that waited longest is worked on next. */
    private final Map<UUID, Integer> keptAt = new HashMap<>();

    private int keeps;
    private final Map<String, byte[]> certificates = new LinkedHashMap<>();
    private final TreeMap<String, Person> persons = new TreeMap<>();
    private final Map<String, SealedSecret> secrets = new LinkedHashMap<>();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final Map<UUID, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, SessionMark> marks = new LinkedHashMap<>();
    private final Map<UUID, Task> tasks = new LinkedHashMap<>();
    private final Map<Attribute, Issue> issues = new LinkedHashMap<>();
    private final Map<String, Set<String>> losses = new LinkedHashMap<>();
    private final Map<UUID, Job> jobs = new LinkedHashMap<>();
    private final EntryStore wordEntries = EntryStore.inMemory();
    private final CounterStore wordCounts = CounterStore.inMemory();
    private final KeyHalves entryHalves = new KeyHalves(SecretBytes.random(32));
    private final KeyHalves countHalves = new KeyHalves(SecretBytes.random(32));
    private final Map<String, MemoryTags> tags = new HashMap<>();
    private final Map<UUID, byte[]> gists = new LinkedHashMap<>();
    private final Map<String, Desk> desks = new LinkedHashMap<>();
    private final Map<UUID, Spare> spares = new LinkedHashMap<>();
    private final Set<UUID> stale = new LinkedHashSet<>();

    /** The names of the calls that were made, in order. */
    public final List<String> calls = new ArrayList<>();

    /** How many tests of words somebody has in an hour. */
    public int mostTestsAnHour = 200_000;

    /** While true, every call fails as a store does that does not answer. */
    public boolean away;

    /** The name of a call that fails, or null. */
    public @Nullable String failing;

    /** The name of a call that is done and whose answer is lost, or null. */
    public @Nullable String losing;

    /** The most bytes of one content that have arrived. */
    public long mostArrived;

    /** While true, whoever writes content would have to wait. */
    public boolean slow;

    /** How many bytes of content fit; then the disk is full. */
    public long room = Long.MAX_VALUE;

    public MemoryCloud(Clock clock) {
        this.clock = clock;
    }

    /** What this cloud puts in place of an honest answer, or null. */
    public @Nullable UnaryOperator<Computed> lie;

    /** What this cloud puts in place of an honest re-encryption, or null. */
    public @Nullable UnaryOperator<Reencrypted> turned;

    /** Which referral's lock this cloud hands out in place of the one that is asked for, or null. */
    public @Nullable UUID swapped;

    /** What somebody else does right before the next change of a person arrives, or null. */
    public @Nullable Runnable meanwhile;

    /** What the operator signs with for every hospital until she takes a new key for one of them; for lies that need it. */
    public final OperatorKey operator = OperatorKey.generate();

    private final Map<String, OperatorKey> operators = new HashMap<>();
    private final Map<String, OperatorHistory> histories = new HashMap<>();

    private Computed answered(Computed honest) {
        UnaryOperator<Computed> told = lie;
        return told == null ? honest : told.apply(honest);
    }

    /** What somebody else does right before a call of this name is carried out, or null. */
    public @Nullable Consumer<String> before;

    private void call(String name) {
        calls.add(name);
        Consumer<String> somebodyElse = before;
        if (somebodyElse != null) {
            somebodyElse.accept(name);
        }
        if (away || name.equals(failing)) {
            throw new EJBException("the store does not answer");
        }
    }

    // ------------------------------------------------------------------------------------------------------ for tests

    /** The actions in the audit chain that concern this object, in order. */
    public List<String> actionsOn(UUID object) {
        return entries.stream()
                .filter(entry -> object.equals(entry.object()))
                .map(AuditEntry::action)
                .toList();
    }

    /** Changes one byte of a record's stored content, as an operator could. */
    public void tamperWithContent(UUID record, int at) {
        byte[] stored = contents.get(record);
        if (stored == null) {
            throw new IllegalArgumentException("no such content");
        }
        stored[at] ^= 1;
    }

    /** Exchanges what is stored under two ids, as an operator could. */
    public void swapContents(UUID one, UUID other) {
        byte[] kept = contents.get(one);
        contents.put(one, contents.get(other));
        contents.put(other, kept);
    }

    /** Loses what is stored under an id. */
    public void loseContent(UUID id) {
        contents.remove(id);
    }

    /** Cuts a record's stored content short. */
    public void truncateContent(UUID record, int bytes) {
        contents.computeIfPresent(record, (id, stored) -> Arrays.copyOf(stored, stored.length - bytes));
    }

    /** Puts a row in place of another, as an operator could. */
    public void plant(SealedRecord row) {
        records.put(row.id(), row);
    }

    /** Puts a row in place of another, as an operator could. */
    public void plant(SealedPatient row) {
        patients.put(row.id(), row);
    }

    /** Puts a row in place of another, as an operator could. */
    public void plant(AccessRequest row) {
        requests.put(row.id(), row);
    }

    /** The same. */
    public void plant(GrantHalfRow row) {
        grants.put(row.id(), row);
    }

    /** How many rows and contents there are of records in whatever state but deleted. */
    public int recordsKept() {
        return (int) records.values().stream()
                        .filter(row -> row.state() != RecordState.DELETED)
                        .count()
                + contents.size();
    }

    /** Everything kept, as a thief would read it. */
    public byte[] dump() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        patients.values().forEach(row -> all.writeBytes(row.sealed()));
        records.values().forEach(row -> {
            all.writeBytes(row.metadata());
            all.writeBytes(row.header());
        });
        contents.values().forEach(all::writeBytes);
        persons.values().forEach(row -> all.writeBytes(row.sealed()));
        secrets.values().forEach(row -> all.writeBytes(row.sealed()));
        entries.forEach(row -> all.writeBytes(row.sealed()));
        tasks.values().forEach(row -> all.writeBytes(row.sealed()));
        gists.values().forEach(all::writeBytes);
        desks.values().forEach(row -> all.writeBytes(row.sealed()));
        incidents.values().forEach(row -> all.writeBytes(row.sealed()));
        return all.toByteArray();
    }

    // ------------------------------------------------------------------------------------------------------- patients

    @Override
    public void savePatient(SealedPatient patient, AuditEvent audit, List<Task> orders) {
        call("savePatient");
        SealedPatient stored = patients.get(patient.id());
        if (stored != null
                && (stored.state() == PatientState.DELETED
                        || stored.version() > patient.version()
                        || (stored.version() == patient.version()
                                && patient.version() > 1
                                && stored.state() == PatientState.READY))) {
            throw new StoreConflictException(patient.id());
        }
        patients.put(patient.id(), patient);
        append(audit, orders);
    }

    @Override
    public Optional<SealedPatient> patient(UUID id) {
        call("patient");
        return Optional.ofNullable(patients.get(id)).filter(row -> row.state() != PatientState.DELETED);
    }

    @Override
    public List<SealedPatient> patients(PatientFilter filter) {
        call("patients");
        return page(
                patients.values().stream()
                        .filter(row -> row.state() == PatientState.READY)
                        .filter(matches(filter.owner(), SealedPatient::owner))
                        .toList(),
                row -> new Cursor(row.createdAt(), row.id()),
                filter.after(),
                filter.limit());
    }

    @Override
    public void deletePatient(UUID id, AuditEvent audit, List<Task> orders) {
        call("deletePatient");
        patients.computeIfPresent(id, (same, row) -> row.emptied(clock.instant()));
        append(audit, orders);
    }

    // -------------------------------------------------------------------------------------------------------- records

    @Override
    public void beginRecord(SealedRecord receiving) {
        call("beginRecord");
        SealedRecord stored = records.get(receiving.id());
        if (stored != null && stored.state() != RecordState.RECEIVING) {
            throw new StoreConflictException(receiving.id());
        }
        records.put(receiving.id(), receiving);
        contents.remove(receiving.id());
    }

    @Override
    public ContentSink appendContent(UUID record) {
        call("appendContent");
        SealedRecord stored = records.get(record);
        if (stored == null || stored.state() != RecordState.RECEIVING) {
            throw new StoreConflictException(record);
        }
        contents.put(record, new byte[0]);
        return new Arriving(record);
    }

    /** Content on its way in. */
    private final class Arriving extends ContentSink {

        private final UUID record;
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

        Arriving(UUID record) {
            this.record = record;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            arrived.write(bytes, offset, length);
            mostArrived = Math.max(mostArrived, arrived.size());
            failIfFull();
        }

        @Override
        public void close() throws IOException {
            failIfFull();
            contents.put(record, arrived.toByteArray());
        }

        @Override
        public boolean hasRoomFor(int bytes) {
            return !slow;
        }

        @Override
        public void giveUp() {
            arrived.reset();
        }

        private void failIfFull() throws IOException {
            if (away || arrived.size() > room) {
                throw new IOException("no room is left");
            }
        }
    }

    @Override
    public void commitRecord(SealedRecord record, AuditEvent audit, List<Task> orders) {
        call("commitRecord");
        SealedRecord stored = records.get(record.id());
        if (stored == null
                || stored.state() != RecordState.RECEIVING
                || !stored.attempt().equals(record.attempt())
                || contents.getOrDefault(record.id(), new byte[0]).length != record.heldBytes()) {
            throw new StoreConflictException(record.id());
        }
        requireInUse(Headers.check(record, certificates.get("")));
        records.put(record.id(), record);
        append(audit, orders);
        if ("commitRecord".equals(losing)) {
            throw new EJBException("the store's answer was lost");
        }
    }

    @Override
    public long replaceHeader(UUID record, byte[] expected, byte[] header, AuditEvent audit) {
        call("replaceHeader");
        SealedRecord stored = records.get(record);
        if (stored == null
                || (stored.state() != RecordState.SEALED && stored.state() != RecordState.READY)
                || !Arrays.equals(expected, Headers.sha256(stored.header()))) {
            throw new StoreConflictException(record);
        }
        requireInUse(Headers.checkNext(stored, header, certificates.get("")));
        records.put(record, stored.withHeader(header, clock.instant()));
        if (spares.containsKey(record)) {
            stale.add(record);
        }
        return append(audit, List.of());
    }

    /** Puts another header in a record's row, as an earlier build would have left it. */
    public void plantHeader(UUID record, byte[] header) {
        records.computeIfPresent(record, (id, row) -> row.withHeader(header, row.updatedAt()));
    }

    @Override
    public void markReady(UUID record) {
        call("markReady");
        records.computeIfPresent(
                record,
                (id, row) -> row.state() == RecordState.SEALED ? row.in(RecordState.READY, row.updatedAt()) : row);
    }

    @Override
    public void abandonRecord(UUID record) {
        call("abandonRecord");
        SealedRecord stored = records.get(record);
        if (stored != null && stored.state() == RecordState.RECEIVING) {
            records.remove(record);
            contents.remove(record);
        }
    }

    @Override
    public Optional<SealedRecord> record(UUID id) {
        call("record");
        return Optional.ofNullable(records.get(id)).filter(row -> row.state() == RecordState.READY);
    }

    @Override
    public Optional<SealedRecord> recordInAnyState(UUID id) {
        call("recordInAnyState");
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public List<SealedRecord> records(RecordFilter filter) {
        call("records");
        return page(
                records.values().stream()
                        .filter(row -> row.state() == RecordState.READY)
                        .filter(matches(filter.patient(), SealedRecord::patient))
                        .filter(matches(filter.owner(), SealedRecord::owner))
                        .toList(),
                row -> new Cursor(row.createdAt(), row.id()),
                filter.after(),
                filter.limit());
    }

    @Override
    public void keepPiece(SealedRecord piece) {
        call("keepPiece");
        SealedRecord stored = records.get(piece.id());
        if (stored == null
                || stored.state() != RecordState.RECEIVING
                || !stored.attempt().equals(piece.attempt())
                || contents.getOrDefault(piece.id(), new byte[0]).length != piece.sealedBytes()) {
            throw new StoreConflictException(piece.id());
        }
        records.put(piece.id(), piece);
    }

    @Override
    public List<SealedRecord> loosePieces(Instant olderThan) {
        call("loosePieces");
        return records.values().stream()
                .filter(row ->
                        row.state() == RecordState.PIECE && row.updatedAt().isBefore(olderThan))
                .toList();
    }

    @Override
    public void bindPiece(UUID piece) {
        call("bindPiece");
        records.computeIfPresent(
                piece,
                (id, row) -> row.state() == RecordState.PIECE ? row.in(RecordState.BOUND, clock.instant()) : row);
    }

    @Override
    public void loosenPiece(UUID piece) {
        call("loosenPiece");
        records.computeIfPresent(
                piece,
                (id, row) -> row.state() == RecordState.BOUND ? row.in(RecordState.PIECE, clock.instant()) : row);
    }

    @Override
    public void dropPiece(UUID piece) {
        call("dropPiece");
        SealedRecord stored = records.get(piece);
        if (stored != null
                && Set.of(RecordState.RECEIVING, RecordState.PIECE, RecordState.BOUND)
                        .contains(stored.state())) {
            records.remove(piece);
            contents.remove(piece);
        }
    }

    // ---------------------------------------------------------------------------------------------------------- spares

    @Override
    public void keepSpare(Spare spare) {
        call("keepSpare");
        spares.put(spare.record(), spare);
        stale.add(spare.record());
    }

    @Override
    public Optional<Spare> spare(UUID record) {
        call("spare");
        return Optional.ofNullable(spares.get(record));
    }

    @Override
    public void dropSpare(UUID record) {
        call("dropSpare");
        spares.remove(record);
        stale.remove(record);
    }

    @Override
    public List<UUID> staleSpares(int limit) {
        call("staleSpares");
        return stale.stream().limit(limit).toList();
    }

    @Override
    public void freshSpare(UUID record, byte[] header) {
        call("freshSpare");
        SealedRecord row = records.get(record);
        if (row != null && Arrays.equals(Headers.sha256(row.header()), header)) {
            stale.remove(record);
        }
    }

    @Override
    public int repair(UUID id, long from, byte[] bytes, boolean last) {
        call("repair");
        SealedRecord row = records.get(id);
        if (row != null && (row.state() == RecordState.RECEIVING || row.state() == RecordState.DELETED)) {
            throw new StoreConflictException(id);
        }
        byte[] stored = contents.getOrDefault(id, new byte[0]);
        int at = Math.toIntExact(from);
        byte[] next = Arrays.copyOf(stored, last ? at + bytes.length : Math.max(stored.length, at + bytes.length));
        System.arraycopy(bytes, 0, next, at, bytes.length);
        contents.put(id, next);
        return Arrays.equals(stored, next) ? 0 : 1;
    }

    @Override
    public long restoreRecord(SealedRecord record, AuditEvent audit) {
        call("restoreRecord");
        SealedRecord stored = records.get(record.id());
        boolean taken = stored != null
                && (stored.state() == RecordState.RECEIVING
                        || stored.state() == RecordState.DELETED
                        || Headers.isNewer(stored, record, certificates.get("")));
        if (taken || contents.getOrDefault(record.id(), new byte[0]).length != record.heldBytes()) {
            throw new StoreConflictException(record.id());
        }
        requireInUse(Headers.check(record, certificates.get("")));
        records.put(record.id(), record);
        return append(audit, List.of());
    }

    @Override
    public void restorePiece(SealedRecord piece) {
        call("restorePiece");
        SealedRecord stored = records.get(piece.id());
        boolean free = stored == null || stored.state() == RecordState.PIECE || stored.state() == RecordState.BOUND;
        if (!free || contents.getOrDefault(piece.id(), new byte[0]).length != piece.sealedBytes()) {
            throw new StoreConflictException(piece.id());
        }
        records.put(piece.id(), piece.in(RecordState.BOUND, clock.instant()));
    }

    /** Loses a row and leaves what lies beside it. */
    public void loseRow(UUID id) {
        records.remove(id);
    }

    /** The second shares kept here, whole or arriving, in the order in which they came. */
    public List<SealedRecord> pieces() {
        return records.values().stream().filter(row -> row.owner().isEmpty()).toList();
    }

    @Override
    public SealedSource content(UUID record) {
        call("content");
        byte[] stored = contents.getOrDefault(record, new byte[0]);
        return new SealedSource() {
            @Override
            public long length() {
                return stored.length;
            }

            @Override
            public InputStream read(long from, long length) {
                int start = (int) Math.min(from, stored.length);
                return new ByteArrayInputStream(stored, start, (int) Math.min(length, stored.length - start));
            }
        };
    }

    @Override
    public void deleteRecord(UUID id, AuditEvent audit, List<Task> orders) {
        call("deleteRecord");
        records.computeIfPresent(id, (same, row) -> row.emptied(clock.instant()));
        contents.remove(id);
        grants.replaceAll((same, grant) -> grant.record().equals(id) ? revoked(grant) : grant);
        append(audit, orders);
    }

    @Override
    public List<UUID> staleUploads(Instant olderThan) {
        call("staleUploads");
        return records.values().stream()
                .filter(row ->
                        row.state() == RecordState.RECEIVING && row.updatedAt().isBefore(olderThan))
                .map(SealedRecord::id)
                .toList();
    }

    // ------------------------------------------------------------------------------------------------------- requests

    @Override
    public void saveRequest(AccessRequest request, AuditEvent audit) {
        call("saveRequest");
        decide(request);
        append(audit, List.of());
    }

    private void decide(AccessRequest request) {
        AccessRequest stored = requests.get(request.id());
        if (stored != null && stored.state() != RequestState.PENDING && stored.state() != request.state()) {
            throw new StoreConflictException(request.id());
        }
        requests.put(request.id(), request);
    }

    @Override
    public Optional<AccessRequest> request(UUID id) {
        call("request");
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public List<AccessRequest> requests(RequestFilter filter) {
        call("requests");
        return page(
                requests.values().stream()
                        .filter(matches(filter.owner(), AccessRequest::owner))
                        .filter(matches(filter.requester(), AccessRequest::requester))
                        .filter(matches(filter.record(), AccessRequest::record))
                        .filter(matches(filter.state(), AccessRequest::state))
                        .toList(),
                row -> new Cursor(row.createdAt(), row.id()),
                filter.after(),
                filter.limit());
    }

    // --------------------------------------------------------------------------------------------------------- grants

    /** Every grant, in whatever state. */
    List<GrantHalfRow> halves() {
        return List.copyOf(grants.values());
    }

    @Override
    public void keep(GrantHalfRow grant, AccessRequest approved, AuditEvent audit) {
        call("keep");
        AccessRequest stored = requests.get(approved.id());
        if (stored != null && stored.state() != RequestState.PENDING) {
            throw new StoreConflictException(approved.id());
        }
        requests.put(approved.id(), approved);
        grants.put(grant.id(), grant);
        append(audit, List.of());
    }

    @Override
    public Optional<Computed> convert(UUID grant, String grantee, UUID record, byte[] header, Instant now) {
        call("convert");
        return Optional.ofNullable(grants.get(grant))
                .filter(kept -> kept.kind() == GrantKind.HALF && kept.opens(grantee, record, now))
                .map(kept -> {
                    Header sound = Headers.verified(header, everyCertificate());
                    requireOpen("", sound);
                    return answered(Headers.convert(kept, sound, operatorFor(""), clock.instant()));
                });
    }

    @Override
    public Reencrypted refer(GrantHalfRow referral, byte[] reKey, AccessRequest approved, AuditEvent audit) {
        call("refer");
        SealedRecord record =
                record(referral.record()).orElseThrow(() -> new StoreConflictException(referral.record()));
        Headers.requireSigned(reKey, certificates.get(""));
        Reencrypted done = Headers.reEncrypt(reKey, record.header(), everyCertificate());
        UnaryOperator<Reencrypted> told = turned;
        Reencrypted answer = told == null ? done : told.apply(done);
        keep(referral.with(answer.lock()), approved, audit);
        return answer;
    }

    @Override
    public Optional<byte[]> lock(UUID referral, String grantee, UUID record, Instant now) {
        call("lock");
        UUID other = swapped;
        return Optional.ofNullable(grants.get(referral))
                .filter(kept -> kept.kind() == GrantKind.LOCK && kept.opens(grantee, record, now))
                .map(kept -> (other == null ? kept : Objects.requireNonNull(grants.get(other))).half());
    }

    @Override
    public Optional<GrantHalfRow> approvalFor(String grantee, UUID record, Instant now) {
        call("approvalFor");
        return grants.values().stream()
                .filter(grant -> grant.kind() == GrantKind.HALF && grant.opens(grantee, record, now))
                .max(Comparator.comparing(GrantHalfRow::expiresAt));
    }

    @Override
    public long revoke(UUID grant, AuditEvent audit) {
        call("revoke");
        grants.computeIfPresent(grant, (id, kept) -> revoked(kept));
        tags.values().forEach(kept -> kept.drop(grant));
        requests.replaceAll((id, request) -> grant.equals(request.grant()) && request.state() == RequestState.APPROVED
                ? takenBack(request)
                : request);
        return append(audit, List.of());
    }

    private static GrantHalfRow revoked(GrantHalfRow grant) {
        return grant.ended();
    }

    private static AccessRequest takenBack(AccessRequest request) {
        return new AccessRequest(
                request.id(),
                request.record(),
                request.patient(),
                request.requester(),
                request.owner(),
                RequestState.REVOKED,
                request.createdAt(),
                request.decidedAt(),
                request.expiresAt(),
                request.grant(),
                request.sealed());
    }

    @Override
    public void redeliver(UUID grant, byte[] before, byte[] after) {
        call("redeliver");
        grants.computeIfPresent(
                grant, (id, half) -> Arrays.equals(half.delivery(), before) ? half.delivered(after) : half);
    }

    @Override
    public Optional<GrantHalfRow> grant(UUID id) {
        call("grant");
        return Optional.ofNullable(grants.get(id));
    }

    // -------------------------------------------------------------------------------------------------------- mediator

    @Override
    public void keepTransformKey(String realm, String subject, byte[] parameters, byte[] key) {
        call("keepTransformKey");
        if (!isClosed(realm, parameters)) {
            transformKeys
                    .computeIfAbsent(realm + " " + subject, id -> new LinkedHashMap<>())
                    .put(hex(parameters), stripped(realm, subject, key));
        }
    }

    @Override
    public boolean renewTransformKey(String realm, String subject, byte[] parameters, byte[] key) {
        call("renewTransformKey");
        Map<String, byte[]> kept = transformKeys.get(realm + " " + subject);
        if (kept != null && !isClosed(realm, parameters)) {
            kept.remove("");
            kept.put(hex(parameters), stripped(realm, subject, key));
        }
        return kept != null;
    }

    @Override
    public void nameTransformKeys(String realm, byte[] parameters) {
        call("nameTransformKeys");
    }

    @Override
    public void closeParameters(String realm, byte[] parameters) {
        call("closeParametersOfRealm");
        closed.add(realm + " " + hex(parameters));
        transformKeys.forEach((who, keys) -> {
            if (who.startsWith(realm + " ")) {
                keys.remove(hex(parameters));
            }
        });
    }

    private void requireInUse(Header header) {
        IssueTable.requireInUse(header, List.copyOf(issues.values()));
        requireOpen("", header);
    }

    private boolean isClosed(String realm, byte[] parameters) {
        return closed.contains(realm + " " + hex(parameters));
    }

    private void requireOpen(String realm, Header header) {
        if (isClosed(realm, header.parametersDigest())) {
            throw new RefusedHeaderException();
        }
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    @Override
    public long dropAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit) {
        call("dropAttribute");
        for (String realm : realms) {
            losses.computeIfAbsent(realm + " " + subject, id -> new HashSet<>()).add(IssueTable.name(attribute));
            transformKeys
                    .getOrDefault(realm + " " + subject, Map.of())
                    .replaceAll((parameters, kept) -> stripped(realm, subject, kept));
        }
        return append(audit, List.of());
    }

    @Override
    public void giveBackAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit) {
        call("giveBackAttribute");
        realms.forEach(realm ->
                losses.getOrDefault(realm + " " + subject, new HashSet<>()).remove(IssueTable.name(attribute)));
        append(audit, List.of());
    }

    private byte[] stripped(String realm, String subject, byte[] key) {
        return Levers.without(key, List.copyOf(losses.getOrDefault(realm + " " + subject, Set.of())));
    }

    /** The encoded key that was kept last for somebody, as the mediator's operator could copy it. */
    public byte[] transformKey(String realm, String subject) {
        return transformKeys(realm, subject).values().stream()
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The encoded keys kept for somebody, by the digest of the parameters. */
    public Map<String, byte[]> transformKeys(String realm, String subject) {
        return Objects.requireNonNull(transformKeys.get(realm + " " + subject));
    }

    /** Puts a key in place of all others behind everybody's back, as the mediator's operator could. */
    public void plantTransformKey(String realm, String subject, byte[] key) {
        transformKeys.put(realm + " " + subject, new LinkedHashMap<>(Map.of("", key)));
    }

    @Override
    public void keepCertificate(String realm, byte[] certificate) {
        call("keepCertificate");
        certificates.put(realm, certificate);
    }

    @Override
    public Optional<Computed> transform(String realm, String subject, byte[] header) {
        call("transform");
        Header sound = Headers.verified(header, certificates.get(realm));
        requireOpen(realm, sound);
        return Optional.ofNullable(transformKeys.get(realm + " " + subject))
                .flatMap(keys -> Optional.ofNullable(keys.getOrDefault(hex(sound.parametersDigest()), keys.get(""))))
                .flatMap(key -> Headers.transform(key, sound, operatorFor(realm), clock.instant()))
                .map(this::answered);
    }

    @Override
    public void keepPad(String realm, UUID referral, String subject, byte[] pad, Instant expires) {
        call("keepPad");
        pads.put(realm + " " + referral, new Pad(subject, pad, expires));
    }

    @Override
    public Optional<byte[]> pad(String realm, String subject, UUID referral, Instant now) {
        call("pad");
        return Optional.ofNullable(pads.get(realm + " " + referral))
                .filter(pad -> pad.subject().equals(subject) && pad.expires().isAfter(now))
                .filter(pad -> transformKeys.containsKey(realm + " " + subject))
                .map(Pad::body);
    }

    @Override
    public void dropPad(String realm, UUID referral) {
        call("dropPad");
        pads.remove(realm + " " + referral);
        tags.values().forEach(kept -> kept.drop(referral));
    }

    // A row of this table of a test: never compared, never handed out.
    @SuppressWarnings("ArrayRecordComponent")
    private record Pad(String subject, byte[] body, Instant expires) {}

    @Override
    public void revoke(String realm, String subject) {
        call("revokeTransformKey");
        transformKeys.remove(realm + " " + subject);
    }

    // ------------------------------------------------------------------------------------------------ issues and jobs

    @Override
    public List<Issue> issues() {
        call("issues");
        return List.copyOf(issues.values());
    }

    @Override
    public Job beginIssue(Attribute attribute, Person before, Person after, Job job, AuditEvent audit) {
        call("beginIssue");
        replacePerson(before, after);
        Attribute plain = attribute.inEpoch(1);
        Issue known = issues.getOrDefault(plain, Issue.first(plain));
        Issue next = new Issue(plain, known.oldest(), known.newest(), known.next() + 1);
        issues.put(plain, next);
        Job kept = job.forEpoch(next.next());
        jobs.put(kept.id(), kept);
        append(audit, List.of());
        return kept;
    }

    @Override
    public void introduceIssue(Attribute attribute, int epoch) {
        call("introduceIssue");
        issues.computeIfPresent(
                attribute.inEpoch(1),
                (name, issue) -> new Issue(
                        name, issue.oldest(), Math.max(issue.newest(), Math.min(epoch, issue.next())), issue.next()));
    }

    @Override
    public boolean retireIssues(Attribute attribute, int oldest) {
        call("retireIssues");
        if (countNaming(attribute, oldest) > 0) {
            return false;
        }
        issues.computeIfPresent(
                attribute.inEpoch(1),
                (name, issue) -> new Issue(
                        name,
                        Math.min(issue.newest(), Math.max(issue.oldest(), oldest)),
                        issue.newest(),
                        issue.next()));
        return true;
    }

    @Override
    public long countNaming(Attribute attribute, int below) {
        call("countNaming");
        return naming(attribute, below).count();
    }

    @Override
    public List<NamingRecord> recordsNaming(Attribute attribute, int below, @Nullable UUID after, int limit) {
        call("recordsNaming");
        return page(naming(attribute, below), after, limit);
    }

    private Stream<SealedRecord> naming(Attribute attribute, int below) {
        return complete()
                .filter(row -> Headers.decoded(row.header()).orElseThrow().policy().attributes().stream()
                        .anyMatch(named -> named.inEpoch(1).equals(attribute.inEpoch(1)) && named.epoch() < below));
    }

    @Override
    public long countUnder(byte[] parameters) {
        call("countUnder");
        return under(parameters).count();
    }

    @Override
    public List<NamingRecord> recordsUnder(byte[] parameters, @Nullable UUID after, int limit) {
        call("recordsUnder");
        return page(under(parameters), after, limit);
    }

    @Override
    public boolean closeParameters(byte[] parameters) {
        call("closeParameters");
        if (under(parameters).findAny().isPresent()) {
            return false;
        }
        closed.add(" " + hex(parameters));
        return true;
    }

    private Stream<SealedRecord> under(byte[] parameters) {
        return complete()
                .filter(row ->
                        Arrays.equals(Headers.verified(row.header(), null).parametersDigest(), parameters));
    }

    private static List<NamingRecord> page(Stream<SealedRecord> rows, @Nullable UUID after, int limit) {
        return rows.filter(row -> after == null || row.id().toString().compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(row -> row.id().toString()))
                .limit(limit)
                .map(row -> new NamingRecord(row.id(), row.owner(), row.header()))
                .toList();
    }

    private Stream<SealedRecord> complete() {
        return records.values().stream()
                .filter(row -> row.state() == RecordState.SEALED || row.state() == RecordState.READY);
    }

    @Override
    public int replaceHeaders(List<NamingRecord.Rewrapped> headers, Job job) {
        call("replaceHeaders");
        requireTurn(job);
        int replaced = 0;
        for (NamingRecord.Rewrapped each : headers) {
            SealedRecord row = records.get(each.id());
            if (row != null && Arrays.equals(row.header(), each.before())) {
                SealedRecord next =
                        row.sealed(row.state(), row.sealedBytes(), row.metadata(), each.after(), row.updatedAt());
                requireInUse(Headers.check(next, certificates.get("")));
                records.put(each.id(), next);
                replaced++;
            }
        }
        jobs.put(job.id(), job);
        return replaced;
    }

    @Override
    public int listTerms(int limit) {
        call("listTerms");
        return 0;
    }

    @Override
    public void beginJob(Job job, AuditEvent audit) {
        call("beginJob");
        jobs.put(job.id(), job);
        append(audit, List.of());
    }

    @Override
    public Optional<Job> leaseJob(String kind) {
        call("leaseJob");
        return jobs.values().stream()
                .filter(job -> job.kind().equals(kind) && job.state() == JobState.RUNNING)
                .min(Comparator.comparing(job -> job.error() == null ? 0 : keptAt.getOrDefault(job.id(), 0)));
    }

    @Override
    public void keepJob(Job job) {
        call("keepJob");
        requireTurn(job);
        jobs.put(job.id(), job);
        keptAt.put(job.id(), ++keeps);
    }

    private void requireTurn(Job job) {
        if (Objects.requireNonNull(jobs.get(job.id())).state() != JobState.RUNNING) {
            throw new StoreConflictException(job.id());
        }
    }

    @Override
    public void releaseJob(Job job) {
        call("releaseJob");
    }

    @Override
    public Optional<Job> job(UUID id) {
        call("job");
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public List<Job> jobs(String kind, int limit) {
        call("jobs");
        List<Job> newest = new ArrayList<>(jobs.values());
        Collections.reverse(newest);
        return newest.stream()
                .filter(job -> job.kind().equals(kind))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Job> setJobState(UUID id, JobState wanted, AuditEvent audit) {
        call("setJobState");
        jobs.computeIfPresent(
                id,
                (same, job) ->
                        job.state() == JobState.DONE ? job : job.inState(wanted).inPhase(job.phase()));
        append(audit, List.of());
        return job(id);
    }

    // -------------------------------------------------------------------------------------------- persons and secrets

    @Override
    public Optional<Person> person(String subject) {
        call("person");
        return Optional.ofNullable(persons.get(subject));
    }

    @Override
    public void savePerson(Person person, AuditEvent audit) {
        call("savePerson");
        Runnable other = meanwhile;
        meanwhile = null;
        if (other != null) {
            other.run();
        }
        persons.put(person.subject(), person);
        append(audit, List.of());
    }

    @Override
    public void replacePerson(Person before, Person after, AuditEvent audit) {
        call("replacePerson");
        replacePerson(before, after);
        append(audit, List.of());
    }

    private void replacePerson(Person before, Person after) {
        Runnable other = meanwhile;
        meanwhile = null;
        if (other != null) {
            other.run();
        }
        if (!Arrays.equals(Objects.requireNonNull(persons.get(before.subject())).sealed(), before.sealed())) {
            throw new StoreConflictException(before.subject());
        }
        persons.put(after.subject(), after);
    }

    @Override
    public List<Person> persons(@Nullable String after, int limit) {
        call("persons");
        return persons.tailMap(after == null ? "" : after, after == null).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<SealedSecret> secret(String name) {
        call("secret");
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public boolean addSecret(SealedSecret secret) {
        call("addSecret");
        SealedSecret root = secrets.get("root");
        return (root == null || root.epoch() == secret.epoch()) && secrets.putIfAbsent(secret.name(), secret) == null;
    }

    @Override
    public List<SealedSecret> secrets() {
        call("secrets");
        return List.copyOf(secrets.values());
    }

    @Override
    public void replaceSecrets(List<SealedSecret> before, List<SealedSecret> after, boolean all, AuditEvent audit) {
        call("replaceSecrets");
        boolean changed = before.stream()
                .anyMatch(row -> !Arrays.equals(
                        Objects.requireNonNull(secrets.get(row.name())).sealed(), row.sealed()));
        if (changed || (all && before.size() != secrets.size())) {
            throw new StoreConflictException("secrets");
        }
        after.forEach(row -> secrets.put(row.name(), row));
        append(audit, List.of());
    }

    @Override
    public void keepReKey(UUID id, byte[] reKey, AuditEvent audit) {
        call("keepReKey");
        reKeys.putIfAbsent(id, reKey);
        append(audit, List.of());
    }

    @Override
    public void openPlea(Plea plea, AuditEvent audit) {
        call("openPlea");
        pleas.put(plea.id(), plea);
        append(audit, List.of());
    }

    @Override
    public Optional<Plea> plea(UUID id) {
        call("plea");
        return Optional.ofNullable(pleas.get(id));
    }

    @Override
    public List<Plea> pleas(Instant after) {
        call("pleas");
        return pleas.values().stream()
                .filter(plea -> plea.createdAt().isAfter(after))
                .sorted(Comparator.comparing(Plea::createdAt).reversed())
                .toList();
    }

    @Override
    public Optional<Reencrypted> turn(UUID plea, UUID reKey, UUID record, Instant now) {
        call("turn");
        Plea asked = pleas.get(plea);
        SealedRecord row = record(record).orElse(null);
        byte[] key = reKeys.get(reKey);
        if (asked == null
                || row == null
                || key == null
                || !asked.isLive(now)
                || !asked.patient().equals(row.patient())) {
            return Optional.empty();
        }
        return Optional.of(Headers.reEncrypt(key, row.header(), everyCertificate()));
    }

    @Override
    public void answerPlea(UUID plea, PleaAnswer answer, AuditEvent audit) {
        call("answerPlea");
        Plea asked = pleas.get(plea);
        List<PleaAnswer> given = answers.computeIfAbsent(plea, id -> new ArrayList<>());
        boolean again = given.stream().anyMatch(one -> one.trustee().equals(answer.trustee()));
        if (asked == null || again || !asked.isLive(answer.at())) {
            throw new StoreConflictException(plea);
        }
        given.add(answer);
        append(audit, List.of());
    }

    @Override
    public List<PleaAnswer> answers(UUID plea) {
        call("answers");
        return List.copyOf(answers.getOrDefault(plea, List.of()));
    }

    @Override
    public void endPlea(UUID plea, AuditEvent audit) {
        call("endPlea");
        pleas.computeIfPresent(
                plea,
                (id, asked) -> new Plea(
                        id,
                        asked.patient(),
                        asked.requester(),
                        asked.createdAt(),
                        asked.expiresAt(),
                        true,
                        asked.sealed()));
        answers.remove(plea);
        append(audit, List.of());
    }

    /** Puts an answer in the place of another, as an operator could. */
    public void plant(Plea row) {
        pleas.put(row.id(), row);
    }

    /** Puts answers in place of others, as an operator could. */
    public void plant(UUID plea, List<PleaAnswer> given) {
        answers.put(plea, new ArrayList<>(given));
    }

    /** What this cloud puts in place of an honest half of a lock, or null. */
    public @Nullable UnaryOperator<byte[]> halved;

    @Override
    public byte[] lockHalf(byte[] parameters, byte[] task) {
        call("lockHalf");
        byte[] honest = Headers.lockHalf(parameters, task);
        UnaryOperator<byte[]> told = halved;
        return told == null ? honest : told.apply(honest);
    }

    @Override
    public void placeCommission(Commission commission) {
        call("placeCommission");
        commissions.replaceAll((id, old) -> {
            boolean replaced = old.subject().equals(commission.subject()) && old.state() == CommissionState.WAITING;
            return replaced ? decided(old, CommissionState.REPLACED, commission.createdAt(), old.sealed()) : old;
        });
        commissions.values().stream()
                .filter(one -> one.state() != CommissionState.WAITING)
                .forEach(one -> parts.remove(one.id()));
        commissions.put(commission.id(), commission);
    }

    private static Commission decided(Commission old, CommissionState state, Instant at, byte[] sealed) {
        return new Commission(old.id(), old.subject(), old.kind(), state, old.createdAt(), at, sealed);
    }

    @Override
    public Optional<Commission> commission(UUID id) {
        call("commission");
        return Optional.ofNullable(commissions.get(id));
    }

    @Override
    public List<Commission> commissions(@Nullable String subject, @Nullable CommissionState state, int limit) {
        call("commissions");
        List<Commission> newestFirst = new ArrayList<>(commissions.values());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .filter(one -> subject == null || one.subject().equals(subject))
                .filter(one -> state == null || one.state() == state)
                .limit(limit)
                .toList();
    }

    @Override
    public long waitingCommissions() {
        return commissions(null, CommissionState.WAITING, 1_000).size();
    }

    @Override
    public void addCommissionPart(UUID commission, CommissionPart part, byte[] digest, AuditEvent audit) {
        call("addCommissionPart");
        Commission asked = commissions.get(commission);
        List<CommissionPart> given = parts.computeIfAbsent(commission, id -> new ArrayList<>());
        boolean again = given.stream().anyMatch(one -> one.giver().equals(part.giver()));
        if (asked == null
                || again
                || asked.state() != CommissionState.WAITING
                || !spent.add(HexFormat.of().formatHex(digest))) {
            throw new StoreConflictException(commission);
        }
        given.add(part);
        append(audit, List.of());
    }

    @Override
    public List<CommissionPart> commissionParts(UUID commission) {
        call("commissionParts");
        return List.copyOf(parts.getOrDefault(commission, List.of()));
    }

    /** Puts parts in the place of others, as an operator could. */
    public void plantParts(UUID commission, List<CommissionPart> given) {
        parts.put(commission, new ArrayList<>(given));
    }

    @Override
    public void rejectCommissionPart(UUID commission, String giver, AuditEvent audit) {
        call("rejectCommissionPart");
        parts.getOrDefault(commission, new ArrayList<>())
                .removeIf(one -> one.giver().equals(giver));
        append(audit, List.of());
    }

    @Override
    public long decideCommission(UUID commission, CommissionState state, Instant at, byte[] sealed, AuditEvent audit) {
        call("decideCommission");
        Commission asked = commissions.get(commission);
        if (asked == null || asked.state() != CommissionState.WAITING) {
            throw new StoreConflictException(commission);
        }
        commissions.put(commission, decided(asked, state, at, sealed));
        parts.remove(commission);
        return append(audit, List.of());
    }

    @Override
    public byte[] operators() {
        return operators("");
    }

    @Override
    public byte[] operators(String realm) {
        call("operators");
        return historyFor(realm).encode();
    }

    @Override
    public byte[] renewOperator(int known) {
        return renewOperator("", known);
    }

    @Override
    public byte[] renewOperator(String realm, int known) {
        call("renewOperator");
        if (historyFor(realm).terms().size() <= known) {
            OperatorKey next = OperatorKey.generate();
            try {
                histories.put(realm, historyFor(realm).followedBy(operatorFor(realm), next, clock.instant()));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
            operators.put(realm, next);
        }
        return historyFor(realm).encode();
    }

    /** Leads the history of the operator's keys elsewhere, as she could. */
    public void plantOperators(String realm, OperatorHistory history, OperatorKey newest) {
        histories.put(realm, history);
        operators.put(realm, newest);
    }

    private OperatorKey operatorFor(String realm) {
        return operators.getOrDefault(realm, operator);
    }

    private OperatorHistory historyFor(String realm) {
        return histories.computeIfAbsent(realm, none -> OperatorHistory.beginningWith(operator));
    }

    @Override
    public Optional<byte[]> certificate() {
        call("certificate");
        return Optional.ofNullable(certificates.get(""));
    }

    @Override
    public void keepCertificate(byte[] certificate) {
        keepCertificate("", certificate);
    }

    @Override
    public void keepFormerCertificates(byte[] certificates) {
        keepCertificate("former", certificates);
    }

    private byte @Nullable [] everyCertificate() {
        byte[] present = certificates.get("");
        byte[] former = certificates.get("former");
        return present == null || former == null
                ? present
                : Headers.authorities(present).and(Headers.authorities(former)).encode();
    }

    // ----------------------------------------------------------------------------------------------------------- audit

    @Override
    public long audit(AuditEvent event) {
        call("audit");
        return append(event, List.of());
    }

    private long append(AuditEvent event, List<Task> orders) {
        orders.forEach(order -> tasks.put(order.id(), order));
        byte[] previous = entries.isEmpty()
                ? AuditChain.root()
                : entries.get(entries.size() - 1).hash();
        long seq = entries.size() + 1L;
        Instant at = clock.instant();
        entries.add(new AuditEntry(
                seq,
                at,
                event.actor(),
                event.action(),
                event.object(),
                event.sealed(),
                previous,
                AuditChain.hash(seq, at, event.actor(), event.action(), event.object(), event.sealed(), previous)));
        return seq;
    }

    @Override
    public List<AuditEntry> auditEntries(long after, int limit) {
        call("auditEntries");
        return entries.stream()
                .filter(entry -> entry.seq() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public List<AuditEntry> auditEntriesBefore(long before, int limit) {
        call("auditEntriesBefore");
        List<AuditEntry> earlier = new ArrayList<>(
                entries.stream().filter(entry -> entry.seq() < before).toList());
        Collections.reverse(earlier);
        return earlier.subList(0, Math.min(limit, earlier.size()));
    }

    // ------------------------------------------------------------------------------------------------------- incidents

    @Override
    public UUID raiseIncident(Incident incident, AuditEvent audit, List<Task> orders) {
        call("raiseIncident");
        Optional<Incident> fresh = incidents.values().stream()
                .filter(kept -> incident.dedupe() != null && incident.dedupe().equals(kept.dedupe()))
                .filter(kept -> kept.firstAt().isAfter(incident.firstAt().minus(Duration.ofMinutes(15))))
                .findFirst();
        Incident kept = fresh.map(before -> new Incident(
                        before.id(),
                        before.dedupe(),
                        before.technique(),
                        Math.max(before.severity(), incident.severity()),
                        before.firstAt(),
                        incident.lastAt(),
                        before.count() + incident.count(),
                        before.state(),
                        before.sealed()))
                .orElse(incident);
        incidents.put(kept.id(), kept);
        append(audit, fresh.isPresent() ? List.of() : orders);
        return kept.id();
    }

    @Override
    public List<Incident> incidents(IncidentFilter filter) {
        call("incidents");
        return page(
                incidents.values().stream()
                        .filter(matches(filter.state(), Incident::state))
                        .filter(matches(filter.technique(), Incident::technique))
                        .toList(),
                row -> new Cursor(row.firstAt(), row.id()),
                filter.after(),
                filter.limit());
    }

    @Override
    public Optional<Incident> incident(UUID id) {
        call("incident");
        return Optional.ofNullable(incidents.get(id));
    }

    @Override
    public void updateIncident(Incident incident, AuditEvent audit) {
        call("updateIncident");
        incidents.put(incident.id(), incident);
        append(audit, List.of());
    }

    // -------------------------------------------------------------------------------------------------------- sessions

    @Override
    public Optional<SessionMark> mark(String session) {
        call("mark");
        return Optional.ofNullable(marks.get(session));
    }

    @Override
    public SessionMark recordWrongTry(String session, int deceivedAt, AuditEvent audit) {
        call("recordWrongTry");
        SessionMark before = marks.getOrDefault(session, new SessionMark(session, 0, false, clock.instant()));
        int tries = before.wrongTries() + 1;
        SessionMark after = new SessionMark(session, tries, before.deceived() || tries >= deceivedAt, clock.instant());
        marks.put(session, after);
        append(audit, List.of());
        return after;
    }

    @Override
    public void deceive(String session, AuditEvent audit) {
        call("deceive");
        marks.put(session, new SessionMark(session, 0, true, clock.instant()));
        append(audit, List.of());
    }

    // ----------------------------------------------------------------------------------------------------------- tasks

    @Override
    public boolean withNextTask(String kind, Function<Task, Outcome> work) {
        call("withNextTask");
        Optional<Task> due = tasks.values().stream()
                .filter(task -> task.kind().equals(kind) && !task.dueAt().isAfter(clock.instant()))
                .min(Comparator.comparing(Task::dueAt));
        return due.isPresent() && work(due.get(), work);
    }

    @Override
    public boolean withTask(UUID task, Function<Task, Outcome> work) {
        call("withTask");
        Task known = tasks.get(task);
        return known != null && work(known, work);
    }

    private boolean work(Task task, Function<Task, Outcome> work) {
        Outcome outcome;
        try {
            outcome = work.apply(task);
        } catch (RuntimeException failed) {
            outcome = Outcome.RETRY;
        }
        if (outcome == Outcome.DONE) {
            tasks.remove(task.id());
        } else {
            tasks.put(task.id(), task.dueAt(clock.instant().plusSeconds(2)));
        }
        return true;
    }

    // ---------------------------------------------------------------------------------------------------------- words

    private EntryServer entryServer(WordReader who) {
        return WordTables.entries(
                wordEntries,
                entryHalves,
                (owner, caller, right) -> who.isOwner() || (right == Right.SEARCH && holdsGrantOf(who)),
                who);
    }

    private boolean holdsGrantOf(WordReader who) {
        return grants.values().stream()
                .anyMatch(grant -> grant.opens(who.caller(), grant.record(), clock.instant())
                        && record(grant.record())
                                .filter(row -> row.owner().equals(who.owner()))
                                .isPresent());
    }

    private CounterServer countServer(WordReader who) {
        boolean known = transformKeys.containsKey(who.realm() + " " + who.caller());
        return WordTables.counts(
                wordCounts,
                countHalves,
                (owner, caller, right) -> who.isOwner() || (right == Right.SEARCH && known),
                who);
    }

    @Override
    public List<byte[]> evaluateForEntries(WordReader who, List<byte[]> blinded) {
        call("evaluateForEntries");
        return WordTables.evaluate(() -> entryServer(who).evaluate(blinded));
    }

    @Override
    public void addEntries(WordReader who, Map<UUID, byte[]> added) {
        call("addEntries");
        if (!WordTables.ask(() -> entryServer(who).add(WordTables.entries(added)))) {
            throw new StoreConflictException(who.owner());
        }
    }

    @Override
    public Map<UUID, byte[]> findEntries(WordReader who, Collection<UUID> labels) {
        call("findEntries");
        return WordTables.values(WordTables.ask(() -> entryServer(who).find(labels)));
    }

    @Override
    public void deleteEntries(WordReader who, Collection<UUID> labels) {
        call("deleteEntries");
        var unused = WordTables.ask(() -> {
            entryServer(who).delete(labels);
            return true;
        });
    }

    @Override
    public List<byte[]> evaluateForCounts(WordReader who, List<byte[]> blinded) {
        call("evaluateForCounts");
        return WordTables.evaluate(() -> countServer(who).evaluate(blinded));
    }

    @Override
    public List<WordCount> readCounts(WordReader who, List<UUID> slots) {
        call("readCounts");
        return WordTables.counts(slots, WordTables.ask(() -> countServer(who).read(slots)));
    }

    @Override
    public void advanceCounts(WordReader who, List<WordCount> counts) {
        call("advanceCounts");
        if (!WordTables.ask(() -> countServer(who).advance(WordTables.counters(counts)))) {
            throw new StoreConflictException(who.owner());
        }
    }

    // ----------------------------------------------------------------------------------------------------------- tags

    private MemoryTags tags(TagRole role, String realm) {
        return tags.computeIfAbsent(
                role + " " + realm,
                name -> new MemoryTags(
                        clock,
                        role == TagRole.FRONT
                                ? (referral, receiver) -> lockInForce(referral, receiver)
                                : (referral, receiver) -> padInForce(realm, referral, receiver)));
    }

    private boolean lockInForce(UUID referral, String receiver) {
        GrantHalfRow kept = grants.get(referral);
        return kept != null && kept.kind() == GrantKind.LOCK && kept.opens(receiver, kept.record(), clock.instant());
    }

    private boolean padInForce(String realm, UUID referral, String receiver) {
        Pad pad = pads.get(realm + " " + referral);
        return pad != null
                && pad.subject().equals(receiver)
                && pad.expires().isAfter(clock.instant())
                && transformKeys.containsKey(realm + " " + receiver);
    }

    private TagTester tester(TagRole role, String realm) {
        return new TagTester(tags(role, realm), realm, mostTestsAnHour);
    }

    private @Nullable Authorities authority(String realm) {
        return Optional.ofNullable(certificates.get(realm))
                .map(Headers::authorities)
                .orElse(null);
    }

    @Override
    public byte[] testKey(TagRole role) {
        call("testKey");
        return tags(role, "").key.publicKey(role.ofKey()).encode();
    }

    @Override
    public void keepTags(TagRole role, String realm, Tagging about, List<SealedTag> sealed) {
        call("keepTags");
        tester(role, realm).keep(about, sealed);
    }

    @Override
    public List<Tagged> tagged(String realm, String receiver, @Nullable Cursor after, int limit) {
        call("tagged");
        return tags(TagRole.FRONT, realm).tagged(receiver, after, limit);
    }

    @Override
    public Set<UUID> tagsAmong(String realm, String receiver, Collection<UUID> wanted) {
        call("tagsAmong");
        return tags(TagRole.BACK, realm).inForce(receiver, wanted).keySet();
    }

    @Override
    public BlindedTags blind(String realm, byte[] trapdoor, List<UUID> wanted) {
        call("blind");
        return tester(TagRole.FRONT, realm).blind(tags(TagRole.FRONT, "").key, authority(""), trapdoor, wanted);
    }

    @Override
    public byte[] test(String realm, byte[] trapdoor, byte[] batch) {
        call("test");
        return tester(TagRole.BACK, realm).test(tags(TagRole.BACK, "").key, authority(realm), trapdoor, batch);
    }

    // ---------------------------------------------------------------------------------------------------------- gists

    @Override
    public void keepGist(UUID record, byte[] sealed) {
        call("keepGist");
        gists.put(record, sealed);
    }

    @Override
    public Optional<byte[]> gist(UUID record) {
        call("gist");
        return Optional.ofNullable(gists.get(record));
    }

    @Override
    public void dropGist(UUID record) {
        call("dropGist");
        gists.remove(record);
    }

    @Override
    public List<SealedRecord> recordsAmong(Collection<UUID> ids) {
        call("recordsAmong");
        return records.values().stream()
                .filter(row -> ids.contains(row.id()) && row.state() == RecordState.READY)
                .toList();
    }

    @Override
    public Optional<Desk> desk(String subject) {
        call("desk");
        return Optional.ofNullable(desks.get(subject));
    }

    @Override
    public void keepDesk(Desk desk) {
        call("keepDesk");
        Desk kept = desks.get(desk.subject());
        if (desk.revision() != (kept == null ? 0 : kept.revision()) + 1) {
            throw new StoreConflictException(desk.subject());
        }
        desks.put(desk.subject(), desk);
    }

    @Override
    public long pendingTasks() {
        call("pendingTasks");
        return tasks.size();
    }

    @Override
    public boolean alive() {
        return !away;
    }

    // ---------------------------------------------------------------------------------------------------------- lists

    private static <T, V> Predicate<T> matches(@Nullable V wanted, Function<T, V> value) {
        return row -> wanted == null || wanted.equals(value.apply(row));
    }

    private static <T> List<T> page(List<T> rows, Function<T, Cursor> place, @Nullable Cursor after, int limit) {
        Comparator<Cursor> byAge = Comparator.comparing(Cursor::at).thenComparing(Cursor::id);
        Comparator<Cursor> order = after != null && after.oldestFirst() ? byAge : byAge.reversed();
        return rows.stream()
                .filter(row -> after == null || order.compare(place.apply(row), after) > 0)
                .sorted(Comparator.comparing(place, order))
                .limit(limit)
                .toList();
    }
}
