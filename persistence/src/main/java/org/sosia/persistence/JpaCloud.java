package org.sosia.persistence;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.equality.TestKey;
import org.sosia.crypto.keywords.EntryServer;
import org.sosia.crypto.keywords.KeyHalves;
import org.sosia.crypto.keywords.KeywordGrants.Right;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OperatorKey;

/**
 * A cloud over one persistence unit. Every public method runs in a transaction of its own, which the container gives to the
 * beans made of this; the few that do not say so, and take their steps through {@link #steps}.
 *
 * <p>Within a transaction the audit chain comes last: its single row orders all audited transactions of a store, so it is
 * held as briefly as can be, and nobody who holds it waits for anything else.
 */
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
abstract class JpaCloud implements Cloud, GrantKeeper, Pleas, EntryKeeper, TagServer, Steps {

    /** Evidence is counted in one incident for this long. */
    private static final Duration INCIDENT_WINDOW = Duration.ofMinutes(15);

    private static final int SWEPT_AT_ONCE = 100;
    private static final int ALIVE_SECONDS = 3;

    private static final String TAKE = """
            UPDATE task SET attempts = attempts + 1, lease = now() + make_interval(secs => ?)
            WHERE id = (
                SELECT id FROM task WHERE WHICH AND (lease IS NULL OR lease <= now())
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, created_at, due_at, attempts, sealed
            """;

    /** Whose certificates and closed parameters: those of the hospital whose store this is. A realm served has its own. */
    static final String OWN = "own";

    /** The certificates before that. */
    private static final String FORMER = "own former";

    private static final String PLEA =
            "SELECT id, subject_id, requester, created_at, expires_at, ended, sealed FROM plea";

    private static final Logger LOG = Logger.getLogger(JpaCloud.class.getName());

    /** The own half of the keys of words, for the entries: see {@link OwnSecret}. */
    private static final String ENTRIES = "line";

    private final Operators operators = new Operators();
    private volatile @Nullable KeyHalves entryHalves;
    private final Map<TagRole, TestKey> testKeys = new ConcurrentHashMap<>();

    /** The unit's entity manager of the transaction under way. */
    abstract EntityManager entities();

    /** Where to get a connection outside of any transaction. */
    abstract DataSource source();

    /** How many of one person's tests of words this server admits in an hour. */
    abstract int mostTestsAnHour();

    /** Where a step is taken while its caller goes on. */
    abstract Executor threads();

    /** This cloud as the container shows it, so that each call of a step is a transaction. */
    abstract Steps steps();

    // ------------------------------------------------------------------------------------------------------ patients

    @Override
    public void savePatient(SealedPatient patient, AuditEvent audit, List<Task> tasks) {
        SealedPatient stored = entities().find(SealedPatient.class, patient.id(), LockModeType.PESSIMISTIC_WRITE);
        if (stored != null && stored.sameAs(patient)) {
            return;
        }
        if (stored != null && !mayFollow(stored, patient)) {
            throw new StoreConflictException(patient.id());
        }
        entities().merge(patient);
        append(audit, tasks);
    }

    private static boolean mayFollow(SealedPatient stored, SealedPatient next) {
        if (stored.state() == PatientState.DELETED || stored.version() > next.version()) {
            return false;
        }
        boolean first = next.version() == 1;
        return stored.version() < next.version() || first || stored.state() == PatientState.PENDING;
    }

    @Override
    public Optional<SealedPatient> patient(UUID id) {
        return Optional.ofNullable(entities().find(SealedPatient.class, id))
                .filter(patient -> patient.state() != PatientState.DELETED);
    }

    @Override
    public List<SealedPatient> patients(PatientFilter filter) {
        return new Listing<>(SealedPatient.class, "createdAt")
                .where("state", PatientState.READY)
                .where("owner", filter.owner())
                .page(entities(), filter.after(), filter.limit());
    }

    @Override
    public void deletePatient(UUID id, AuditEvent audit, List<Task> tasks) {
        SealedPatient stored = entities().find(SealedPatient.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (stored != null) {
            entities().merge(stored.emptied(now()));
        }
        append(audit, tasks);
    }

    // ------------------------------------------------------------------------------------------------------- records

    @Override
    public void beginRecord(SealedRecord receiving) {
        if (receiving.state() != RecordState.RECEIVING) {
            throw new StoreConflictException(receiving.id());
        }
        SealedRecord stored = locked(receiving.id());
        if (stored != null && stored.state() != RecordState.RECEIVING) {
            throw new StoreConflictException(receiving.id());
        }
        entities().merge(receiving);
        if (stored != null) {
            forgetContent(receiving.id());
        }
    }

    @Override
    public ContentSink appendContent(UUID record) {
        SealedRecord stored = entities().find(SealedRecord.class, record);
        if (stored == null || stored.state() != RecordState.RECEIVING) {
            throw new StoreConflictException(record);
        }
        return new ContentWriter(steps(), threads(), Clock.systemUTC(), record, stored.attempt());
    }

    @Override
    public void appendRows(UUID record, UUID attempt, int first, List<byte[]> rows) {
        // Nobody is told of a group before the record is complete, and commitRecord waits for its own log record, which
        // lies behind these. A crash before it takes the last groups, and commitRecord then finds them missing.
        sql().update("SET LOCAL synchronous_commit = off");
        // Takes the row's lock: from here on nobody abandons, completes or begins the record anew before this commits.
        int receiving = sql().update(
                        "UPDATE item SET updated_at = ? WHERE id = ? AND state = 'RECEIVING' AND attempt = ?",
                        now(),
                        record,
                        attempt);
        if (receiving == 0) {
            throw new StoreConflictException(record);
        }
        sql().run(connection -> BlobStore.append(connection, record, first, rows));
    }

    @Override
    public void commitRecord(SealedRecord record, AuditEvent audit, List<Task> tasks) {
        SealedRecord stored = locked(record.id());
        if (stored != null && stored.completes(record)) {
            return;
        }
        if (stored == null
                || stored.state() != RecordState.RECEIVING
                || !stored.attempt().equals(record.attempt())
                || !isComplete(record)) {
            throw new StoreConflictException(record.id());
        }
        Header header = Headers.check(record, certificate().orElse(null));
        entities().merge(record);
        list(record.id(), header);
        append(audit, tasks);
    }

    /** Holds the issues still: one that is being retired either waits for this record or is seen as retired here. */
    private void list(UUID record, Header header) {
        sql().list("SELECT name FROM issue FOR SHARE", row -> row.getString(1));
        IssueTable.requireInUse(header, issues());
        new BasisTable(sql()).requireOpenToTheEnd(OWN, header);
        new IssueTable(sql()).list(record, header);
        sql().update("UPDATE item SET listed = true WHERE id = ?", record);
    }

    private boolean isComplete(SealedRecord record) {
        boolean complete = record.state() == RecordState.SEALED || record.state() == RecordState.READY;
        return complete
                && record.heldBytes() == sql().<Long>with(connection -> BlobStore.length(connection, record.id()));
    }

    @Override
    public long replaceHeader(UUID record, byte[] expected, byte[] header, AuditEvent audit) {
        SealedRecord stored = locked(record);
        if (stored == null
                || (stored.state() != RecordState.SEALED && stored.state() != RecordState.READY)
                || !MessageDigest.isEqual(expected, Headers.sha256(stored.header()))) {
            throw new StoreConflictException(record);
        }
        Header next = Headers.checkNext(stored, header, certificate().orElse(null));
        entities().merge(stored.withHeader(header, now()));
        list(record, next);
        new SpareTable(sql()).outdate(record);
        return append(audit, List.of());
    }

    @Override
    public void markReady(UUID record) {
        sql().update(
                        "UPDATE item SET state = 'READY', updated_at = ? WHERE id = ? AND state = 'SEALED'",
                        now(),
                        record);
    }

    @Override
    public void abandonRecord(UUID record) {
        if (sql().update("DELETE FROM item WHERE id = ? AND state = 'RECEIVING'", record) > 0) {
            forgetContent(record);
        }
    }

    @Override
    public Optional<SealedRecord> record(UUID id) {
        return recordInAnyState(id).filter(record -> record.state() == RecordState.READY);
    }

    @Override
    public Optional<SealedRecord> recordInAnyState(UUID id) {
        return Optional.ofNullable(entities().find(SealedRecord.class, id));
    }

    @Override
    public List<SealedRecord> records(RecordFilter filter) {
        return new Listing<>(SealedRecord.class, "createdAt")
                .where("state", RecordState.READY)
                .where("patient", filter.patient())
                .where("owner", filter.owner())
                .page(entities(), filter.after(), filter.limit());
    }

    @Override
    public void keepPiece(SealedRecord piece) {
        SealedRecord stored = locked(piece.id());
        boolean complete = stored != null
                && stored.state() == RecordState.RECEIVING
                && stored.attempt().equals(piece.attempt())
                && piece.state() == RecordState.PIECE
                && piece.sealedBytes() == sql().<Long>with(connection -> BlobStore.length(connection, piece.id()));
        if (!complete) {
            throw new StoreConflictException(piece.id());
        }
        entities().merge(piece);
    }

    @Override
    public List<SealedRecord> loosePieces(Instant olderThan) {
        return entities()
                .createQuery(
                        "SELECT r FROM SealedRecord r WHERE r.state = :state AND r.updatedAt < :limit ORDER BY r.updatedAt",
                        SealedRecord.class)
                .setParameter("state", RecordState.PIECE)
                .setParameter("limit", olderThan)
                .setMaxResults(SWEPT_AT_ONCE)
                .getResultList();
    }

    @Override
    public void bindPiece(UUID piece) {
        sql().update("UPDATE item SET state = 'BOUND', updated_at = ? WHERE id = ? AND state = 'PIECE'", now(), piece);
    }

    @Override
    public void loosenPiece(UUID piece) {
        sql().update("UPDATE item SET state = 'PIECE', updated_at = ? WHERE id = ? AND state = 'BOUND'", now(), piece);
    }

    @Override
    public void dropPiece(UUID piece) {
        if (sql().update("DELETE FROM item WHERE id = ? AND state IN ('RECEIVING', 'PIECE', 'BOUND')", piece) > 0) {
            forgetContent(piece);
        }
    }

    @Override
    public SealedSource content(UUID record) {
        long length = recordInAnyState(record).map(SealedRecord::heldBytes).orElse(0L);
        return new ContentSource(steps(), threads(), record, length);
    }

    @Override
    public List<byte[]> readRows(UUID record, int first, int count) {
        return sql().with(connection -> BlobStore.read(connection, record, first, count));
    }

    @Override
    public void deleteRecord(UUID id, AuditEvent audit, List<Task> tasks) {
        SealedRecord stored = locked(id);
        if (stored != null) {
            entities().merge(stored.emptied(now()));
            forgetContent(id);
            new IssueTable(sql()).forget(id);
            sql().update("UPDATE half SET revoked = true, half = '', delivery = NULL WHERE item_id = ?", id);
        }
        append(audit, tasks);
    }

    // ---------------------------------------------------------------------------------------------------------- spares

    @Override
    public void keepSpare(Spare spare) {
        new SpareTable(sql()).keep(spare);
    }

    @Override
    public Optional<Spare> spare(UUID record) {
        return new SpareTable(sql()).find(record);
    }

    @Override
    public void dropSpare(UUID record) {
        new SpareTable(sql()).drop(record);
    }

    @Override
    public List<UUID> staleSpares(int limit) {
        return new SpareTable(sql()).stale(limit);
    }

    @Override
    public void freshSpare(UUID record, byte[] header) {
        new SpareTable(sql()).freshen(record, header);
    }

    @Override
    public int repair(UUID id, long from, byte[] bytes, boolean last) {
        SealedRecord stored = locked(id);
        if (stored != null && (stored.state() == RecordState.RECEIVING || stored.state() == RecordState.DELETED)) {
            throw new StoreConflictException(id);
        }
        if (from % REPAIR_BYTES != 0 || bytes.length > REPAIR_BYTES || (!last && bytes.length < REPAIR_BYTES)) {
            throw new IllegalArgumentException("not a group of rows");
        }
        int first = Math.toIntExact(from / BlobStore.ROW_BYTES);
        return sql().with(connection -> BlobStore.repair(connection, id, first, bytes, last));
    }

    @Override
    public long restoreRecord(SealedRecord record, AuditEvent audit) {
        SealedRecord stored = locked(record.id());
        boolean taken = stored != null
                && (stored.state() == RecordState.RECEIVING
                        || stored.state() == RecordState.DELETED
                        || Headers.isNewer(stored, record, certificate().orElse(null)));
        if (taken || !isComplete(record)) {
            throw new StoreConflictException(record.id());
        }
        Header header = Headers.check(record, certificate().orElse(null));
        entities().merge(record);
        list(record.id(), header);
        return append(audit, List.of());
    }

    @Override
    public void restorePiece(SealedRecord piece) {
        SealedRecord stored = locked(piece.id());
        boolean free = stored == null || stored.state() == RecordState.PIECE || stored.state() == RecordState.BOUND;
        if (!free || piece.sealedBytes() != sql().<Long>with(c -> BlobStore.length(c, piece.id()))) {
            throw new StoreConflictException(piece.id());
        }
        entities().merge(piece.in(RecordState.BOUND, now()));
    }

    @Override
    public List<UUID> staleUploads(Instant olderThan) {
        return entities()
                .createQuery(
                        "SELECT r.id FROM SealedRecord r WHERE r.state = :state AND r.updatedAt < :limit ORDER BY r.updatedAt",
                        UUID.class)
                .setParameter("state", RecordState.RECEIVING)
                .setParameter("limit", olderThan)
                .setMaxResults(SWEPT_AT_ONCE)
                .getResultList();
    }

    private @Nullable SealedRecord locked(UUID record) {
        return entities().find(SealedRecord.class, record, LockModeType.PESSIMISTIC_WRITE);
    }

    private void forgetContent(UUID record) {
        sql().run(connection -> BlobStore.forget(connection, record));
    }

    // ------------------------------------------------------------------------------------------------------ requests

    @Override
    public void saveRequest(AccessRequest request, AuditEvent audit) {
        decide(request);
        append(audit, List.of());
    }

    /** Of two decisions one wins; a decision may be repeated, and an approval taken back. */
    private void decide(AccessRequest request) {
        AccessRequest stored = entities().find(AccessRequest.class, request.id(), LockModeType.PESSIMISTIC_WRITE);
        boolean open = stored == null || stored.state() == RequestState.PENDING;
        if (!open && stored.state() != request.state() && !takesBack(stored, request)) {
            throw new StoreConflictException(request.id());
        }
        entities().merge(request);
    }

    private static boolean takesBack(AccessRequest stored, AccessRequest request) {
        return stored.state() == RequestState.APPROVED && request.state() == RequestState.REVOKED;
    }

    @Override
    public Optional<AccessRequest> request(UUID id) {
        return Optional.ofNullable(entities().find(AccessRequest.class, id));
    }

    @Override
    public List<AccessRequest> requests(RequestFilter filter) {
        return new Listing<>(AccessRequest.class, "createdAt")
                .where("owner", filter.owner())
                .where("requester", filter.requester())
                .where("record", filter.record())
                .where("state", filter.state())
                .page(entities(), filter.after(), filter.limit());
    }

    // ---------------------------------------------------------------------------------------------------------- grants

    @Override
    public void keep(GrantHalfRow grant, AccessRequest approved, AuditEvent audit) {
        AccessRequest stored = entities().find(AccessRequest.class, approved.id(), LockModeType.PESSIMISTIC_WRITE);
        if (stored != null && grant.id().equals(stored.grant())) {
            return;
        }
        if (stored != null && stored.state() != RequestState.PENDING) {
            throw new StoreConflictException(approved.id());
        }
        entities().merge(approved);
        entities().persist(grant);
        append(audit, List.of());
    }

    @Override
    public Optional<Computed> convert(UUID grant, String grantee, UUID record, byte[] header, Instant now) {
        return grant(grant)
                .filter(kept -> kept.kind() == GrantKind.HALF && kept.opens(grantee, record, now))
                .map(kept -> {
                    Header sound = Headers.verified(header, everyCertificate());
                    new BasisTable(sql()).requireOpen(OWN, sound.parametersDigest());
                    return Headers.convert(kept, sound, operator(OWN), now());
                });
    }

    @Override
    public Reencrypted refer(GrantHalfRow referral, byte[] reKey, AccessRequest approved, AuditEvent audit) {
        SealedRecord record = locked(referral.record());
        if (record == null || record.state() != RecordState.READY) {
            throw new StoreConflictException(referral.record());
        }
        Headers.requireSigned(reKey, certificate().orElse(null));
        Reencrypted done = Headers.reEncrypt(reKey, record.header(), everyCertificate());
        keep(referral.with(done.lock()), approved, audit);
        return done;
    }

    @Override
    public Optional<byte[]> lock(UUID referral, String grantee, UUID record, Instant now) {
        return grant(referral)
                .filter(kept -> kept.kind() == GrantKind.LOCK && kept.opens(grantee, record, now))
                .map(GrantHalfRow::half);
    }

    @Override
    public Optional<GrantHalfRow> approvalFor(String grantee, UUID record, Instant now) {
        return entities()
                .createQuery(
                        "SELECT g FROM GrantHalfRow g WHERE g.record = :record AND g.grantee = :grantee AND g.kind = :kind"
                                + " AND g.revoked = FALSE AND g.expiresAt > :now ORDER BY g.expiresAt DESC, g.id",
                        GrantHalfRow.class)
                .setParameter("record", record)
                .setParameter("grantee", grantee)
                .setParameter("kind", GrantKind.HALF)
                .setParameter("now", now)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    @Override
    public long revoke(UUID grant, AuditEvent audit) {
        sql().update("UPDATE half SET revoked = true, half = '', delivery = NULL WHERE id = ?", grant);
        sql().update("UPDATE ask SET state = 'REVOKED' WHERE half_id = ? AND state = 'APPROVED'", grant);
        TagTable.drop(sql(), grant);
        return append(audit, List.of());
    }

    @Override
    public void redeliver(UUID grant, byte[] before, byte[] after) {
        sql().update("UPDATE half SET delivery = ? WHERE id = ? AND delivery = ?", after, grant, before);
    }

    @Override
    public Optional<GrantHalfRow> grant(UUID id) {
        return Optional.ofNullable(entities().find(GrantHalfRow.class, id));
    }

    // --------------------------------------------------------------------------------------------- persons and secrets

    @Override
    public Optional<Person> person(String subject) {
        return Optional.ofNullable(entities().find(Person.class, subject));
    }

    @Override
    public void savePerson(Person person, AuditEvent audit) {
        entities().merge(person);
        append(audit, List.of());
    }

    @Override
    public void replacePerson(Person before, Person after, AuditEvent audit) {
        replacePerson(before, after);
        append(audit, List.of());
    }

    private void replacePerson(Person before, Person after) {
        int changed = sql().update(
                        "UPDATE member SET state = ?, since = ?, sealed = ? WHERE subject = ? AND sealed = ?",
                        after.state().name(),
                        after.since(),
                        after.sealed(),
                        before.subject(),
                        before.sealed());
        if (changed == 0) {
            throw new StoreConflictException(before.subject());
        }
    }

    @Override
    public List<Person> persons(@Nullable String after, int limit) {
        Limits.check(limit);
        return entities()
                .createQuery("SELECT p FROM Person p WHERE p.subject > :after ORDER BY p.subject", Person.class)
                .setParameter("after", after == null ? "" : after)
                .setMaxResults(limit)
                .getResultList();
    }

    @Override
    public Optional<SealedSecret> secret(String name) {
        return Optional.ofNullable(entities().find(SealedSecret.class, name));
    }

    /** Holds the root's row still meanwhile: it is not being replaced by one of another epoch. */
    @Override
    public boolean addSecret(SealedSecret secret) {
        Optional<Integer> root =
                sql().first("SELECT epoch FROM box WHERE name = 'root' FOR SHARE", row -> row.getInt(1));
        if (root.isPresent() && root.get() != secret.epoch()) {
            return false;
        }
        return sql().update(
                                "INSERT INTO box (name, epoch, sealed) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                                secret.name(),
                                secret.epoch(),
                                secret.sealed())
                > 0;
    }

    @Override
    public List<SealedSecret> secrets() {
        return entities()
                .createQuery("SELECT s FROM SealedSecret s ORDER BY s.name", SealedSecret.class)
                .getResultList();
    }

    @Override
    public void replaceSecrets(List<SealedSecret> before, List<SealedSecret> after, boolean all, AuditEvent audit) {
        if (all) {
            sql().first("SELECT name FROM box WHERE name = 'root' FOR UPDATE", row -> row.getString(1));
            long count = sql().first("SELECT count(*) FROM box", row -> row.getLong(1))
                    .orElse(0L);
            if (count != before.size()) {
                throw new StoreConflictException("secrets");
            }
        }
        for (int i = 0; i < before.size(); i++) {
            replaceSecret(before.get(i), after.get(i));
        }
        append(audit, List.of());
    }

    private void replaceSecret(SealedSecret before, SealedSecret after) {
        int replaced = sql().update(
                        "UPDATE box SET epoch = ?, sealed = ? WHERE name = ? AND sealed = ?",
                        after.epoch(),
                        after.sealed(),
                        before.name(),
                        before.sealed());
        if (replaced == 0) {
            throw new StoreConflictException(before.name());
        }
    }

    @Override
    public Optional<byte[]> certificate() {
        return certificateOf(OWN);
    }

    @Override
    public void keepCertificate(byte[] certificate) {
        keepCertificateOf(OWN, certificate);
    }

    @Override
    public void keepFormerCertificates(byte[] certificates) {
        keepCertificateOf(FORMER, certificates);
    }

    /** Under which what is kept here was signed: the present ones and those before. */
    private byte @Nullable [] everyCertificate() {
        byte[] present = certificate().orElse(null);
        byte[] former = certificateOf(FORMER).orElse(null);
        return present == null || former == null
                ? present
                : Headers.authorities(present).and(Headers.authorities(former)).encode();
    }

    Optional<byte[]> certificateOf(String whose) {
        return sql().first("SELECT body FROM stamp WHERE name = ?", row -> row.getBytes(1), whose);
    }

    void keepCertificateOf(String whose, byte[] certificate) {
        Headers.authorities(certificate);
        sql().update(
                        "INSERT INTO stamp (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                        whose,
                        certificate);
    }

    // ---------------------------------------------------------------------------------------------------------- pleas

    @Override
    public void keepReKey(UUID id, byte[] reKey, AuditEvent audit) {
        sql().update("INSERT INTO turn (id, body) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, reKey);
        append(audit, List.of());
    }

    @Override
    public void openPlea(Plea plea, AuditEvent audit) {
        sql().update(
                        """
                        INSERT INTO plea (id, subject_id, requester, created_at, expires_at, ended, sealed)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                        plea.id(),
                        plea.patient(),
                        plea.requester(),
                        plea.createdAt(),
                        plea.expiresAt(),
                        plea.ended(),
                        plea.sealed());
        append(audit, List.of());
    }

    @Override
    public Optional<Plea> plea(UUID id) {
        return sql().first(PLEA + " WHERE id = ?", JpaCloud::pleaOf, id);
    }

    @Override
    public List<Plea> pleas(Instant after) {
        return sql().list(
                        PLEA + " WHERE created_at > ? ORDER BY created_at DESC, id LIMIT 200", JpaCloud::pleaOf, after);
    }

    private static Plea pleaOf(ResultSet row) throws SQLException {
        return new Plea(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                instant(row, 4),
                instant(row, 5),
                row.getBoolean(6),
                row.getBytes(7));
    }

    @Override
    public Optional<Reencrypted> turn(UUID plea, UUID reKey, UUID record, Instant now) {
        Optional<SealedRecord> row = record(record);
        Optional<byte[]> key = sql().first("SELECT body FROM turn WHERE id = ?", found -> found.getBytes(1), reKey);
        boolean stands = plea(plea)
                .filter(found -> found.isLive(now))
                .filter(found ->
                        row.isPresent() && found.patient().equals(row.get().patient()))
                .isPresent();
        return stands && key.isPresent()
                ? Optional.of(Headers.reEncrypt(key.get(), row.get().header(), everyCertificate()))
                : Optional.empty();
    }

    @Override
    public void answerPlea(UUID plea, PleaAnswer answer, AuditEvent audit) {
        int kept = sql().update("""
                        INSERT INTO plea_part (plea_id, giver, at, sealed)
                        SELECT id, ?, ?, ? FROM plea WHERE id = ? AND NOT ended AND expires_at > ?
                        ON CONFLICT DO NOTHING
                        """, answer.trustee(), answer.at(), answer.sealed(), plea, answer.at());
        if (kept == 0) {
            throw new StoreConflictException(plea);
        }
        append(audit, List.of());
    }

    @Override
    public List<PleaAnswer> answers(UUID plea) {
        return sql().list(
                        "SELECT giver, at, sealed FROM plea_part WHERE plea_id = ? ORDER BY at, giver",
                        row -> new PleaAnswer(row.getString(1), instant(row, 2), row.getBytes(3)),
                        plea);
    }

    @Override
    public void endPlea(UUID plea, AuditEvent audit) {
        sql().update("UPDATE plea SET ended = true WHERE id = ?", plea);
        sql().update("DELETE FROM plea_part WHERE plea_id = ?", plea);
        append(audit, List.of());
    }

    // --------------------------------------------------------------------------------------------------------- helping

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public byte[] lockHalf(byte[] parameters, byte[] task) {
        return Headers.lockHalf(parameters, task);
    }

    // ---------------------------------------------------------------------------------------------------- commissions

    @Override
    public void placeCommission(Commission commission) {
        new CommissionTable(sql()).place(commission);
    }

    @Override
    public Optional<Commission> commission(UUID id) {
        return new CommissionTable(sql()).find(id);
    }

    @Override
    public List<Commission> commissions(@Nullable String subject, @Nullable CommissionState state, int limit) {
        return new CommissionTable(sql()).newest(subject, state, limit);
    }

    @Override
    public long waitingCommissions() {
        return new CommissionTable(sql()).waiting();
    }

    @Override
    public void addCommissionPart(UUID commission, CommissionPart part, byte[] digest, AuditEvent audit) {
        new CommissionTable(sql()).add(commission, part, digest);
        append(audit, List.of());
    }

    @Override
    public List<CommissionPart> commissionParts(UUID commission) {
        return new CommissionTable(sql()).parts(commission);
    }

    @Override
    public void rejectCommissionPart(UUID commission, String giver, AuditEvent audit) {
        new CommissionTable(sql()).reject(commission, giver);
        append(audit, List.of());
    }

    @Override
    public long decideCommission(UUID commission, CommissionState state, Instant at, byte[] sealed, AuditEvent audit) {
        new CommissionTable(sql()).decide(commission, state, at, sealed);
        return append(audit, List.of());
    }

    // ------------------------------------------------------------------------------------------------------- operator

    @Override
    public byte[] operators() {
        return operatorsFor(OWN);
    }

    @Override
    public byte[] renewOperator(int known) {
        return renewOperatorFor(OWN, known);
    }

    /** The key that work for a hospital is signed with. */
    OperatorKey operator(String whose) {
        return operators.present(sql(), whose);
    }

    byte[] operatorsFor(String whose) {
        return operators.history(sql(), whose).encode();
    }

    byte[] renewOperatorFor(String whose, int known) {
        return operators.renew(sql(), whose, known, now()).encode();
    }

    // --------------------------------------------------------------------------------------------------------- audit

    @Override
    public long audit(AuditEvent event) {
        return append(event, List.of());
    }

    @Override
    public List<AuditEntry> auditEntries(long after, int limit) {
        Limits.check(limit);
        return entities()
                .createQuery("SELECT e FROM AuditEntry e WHERE e.seq > :after ORDER BY e.seq", AuditEntry.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    @Override
    public List<AuditEntry> auditEntriesBefore(long before, int limit) {
        Limits.check(limit);
        return entities()
                .createQuery("SELECT e FROM AuditEntry e WHERE e.seq < :before ORDER BY e.seq DESC", AuditEntry.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The last thing a transaction does. */
    private long append(AuditEvent event, List<Task> tasks) {
        tasks.forEach(entities()::persist);
        AuditEntry entry = sql().first(
                        "SELECT seq, hash FROM tip FOR UPDATE", row -> next(event, row.getLong(1), row.getBytes(2)))
                .orElseThrow(() -> new IllegalStateException("the audit chain has no tip"));
        entities().persist(entry);
        sql().update("UPDATE tip SET seq = ?, hash = ?", entry.seq(), entry.hash());
        return entry.seq();
    }

    private static AuditEntry next(AuditEvent event, long lastSeq, byte[] lastHash) {
        long seq = lastSeq + 1;
        Instant at = now();
        byte[] hash = AuditChain.hash(seq, at, event.actor(), event.action(), event.object(), event.sealed(), lastHash);
        return new AuditEntry(seq, at, event.actor(), event.action(), event.object(), event.sealed(), lastHash, hash);
    }

    // ----------------------------------------------------------------------------------------------------- incidents

    @Override
    public UUID raiseIncident(Incident incident, AuditEvent audit, List<Task> tasks) {
        sql().update(
                        "UPDATE notice SET dedupe = NULL WHERE dedupe = ? AND first_at <= ?",
                        incident.dedupe(),
                        incident.firstAt().minus(INCIDENT_WINDOW));
        UUID kept = sql().first(
                        """
                        INSERT INTO notice (id, dedupe, technique, severity, first_at, last_at, count, state, sealed)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (dedupe) DO UPDATE SET
                            count = notice.count + excluded.count,
                            severity = greatest(notice.severity, excluded.severity),
                            last_at = greatest(notice.last_at, excluded.last_at)
                        RETURNING id
                        """,
                        row -> row.getObject(1, UUID.class),
                        incident.id(),
                        incident.dedupe(),
                        incident.technique(),
                        incident.severity(),
                        incident.firstAt(),
                        incident.lastAt(),
                        incident.count(),
                        incident.state(),
                        incident.sealed())
                .orElseThrow();
        append(audit, kept.equals(incident.id()) ? tasks : List.of());
        return kept;
    }

    @Override
    public List<Incident> incidents(IncidentFilter filter) {
        return new Listing<>(Incident.class, "firstAt")
                .where("state", filter.state())
                .where("technique", filter.technique())
                .page(entities(), filter.after(), filter.limit());
    }

    @Override
    public Optional<Incident> incident(UUID id) {
        return Optional.ofNullable(entities().find(Incident.class, id));
    }

    @Override
    public void updateIncident(Incident incident, AuditEvent audit) {
        sql().update(
                        "UPDATE notice SET state = ?, sealed = ? WHERE id = ?",
                        incident.state(),
                        incident.sealed(),
                        incident.id());
        append(audit, List.of());
    }

    // ------------------------------------------------------------------------------------------------------ sessions

    @Override
    public Optional<SessionMark> mark(String session) {
        return Optional.ofNullable(entities().find(SessionMark.class, session));
    }

    @Override
    public SessionMark recordWrongTry(String session, int deceivedAt, AuditEvent audit) {
        SessionMark mark = mark(session, 1, deceivedAt);
        append(audit, List.of());
        return mark;
    }

    @Override
    public void deceive(String session, AuditEvent audit) {
        mark(session, 0, 0);
        append(audit, List.of());
    }

    private SessionMark mark(String session, int tries, int deceivedAt) {
        return sql().first(
                        """
                        INSERT INTO mark (session, tries, flag, updated_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (session) DO UPDATE SET
                            tries = mark.tries + excluded.tries,
                            flag = mark.flag OR mark.tries + excluded.tries >= ?,
                            updated_at = excluded.updated_at
                        RETURNING session, tries, flag, updated_at
                        """,
                        row -> new SessionMark(row.getString(1), row.getInt(2), row.getBoolean(3), instant(row, 4)),
                        session,
                        tries,
                        tries >= deceivedAt,
                        now(),
                        deceivedAt)
                .orElseThrow();
    }

    // --------------------------------------------------------------------------------------------------------- tasks

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public boolean withNextTask(String kind, Function<Task, Outcome> work) {
        return work(steps().lease(kind, null), work);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public boolean withTask(UUID task, Function<Task, Outcome> work) {
        return work(steps().lease(null, task), work);
    }

    private boolean work(Optional<Task> leased, Function<Task, Outcome> work) {
        leased.ifPresent(task -> {
            Outcome outcome = LeaseKeeper.during(
                    () -> outcome(task, work), threads(), LEASE.dividedBy(3), () -> steps().renew(task));
            steps().finish(task, outcome);
        });
        return leased.isPresent();
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static Outcome outcome(Task task, Function<Task, Outcome> work) {
        try {
            return work.apply(task);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, failed, () -> "task " + task.id() + " failed, attempt " + task.attempts());
            return Outcome.RETRY;
        }
    }

    @Override
    public Optional<Task> lease(@Nullable String kind, @Nullable UUID id) {
        return sql().first(
                        TAKE.replace("WHICH", kind == null ? "id = ?" : "kind = ? AND due_at <= now()"),
                        row -> new Task(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                instant(row, 3),
                                instant(row, 4),
                                row.getInt(5),
                                row.getBytes(6)),
                        LEASE.toSeconds(),
                        kind == null ? id : kind);
    }

    /** Not one that was ended meanwhile. */
    @Override
    public void renew(Task leased) {
        sql().update(
                        "UPDATE task SET lease = now() + make_interval(secs => ?) WHERE id = ? AND attempts = ? AND lease IS NOT NULL",
                        LEASE.toSeconds(),
                        leased.id(),
                        leased.attempts());
    }

    /** The number of attempts tells this lease from a later one of somebody else. */
    @Override
    public void finish(Task leased, Outcome outcome) {
        if (outcome == Outcome.DONE) {
            sql().update("DELETE FROM task WHERE id = ? AND attempts = ?", leased.id(), leased.attempts());
            return;
        }
        sql().update("""
                        UPDATE task SET lease = NULL, due_at = now() + make_interval(secs => least(600, 2 ^ least(attempts, 20)))
                        WHERE id = ? AND attempts = ?
                        """, leased.id(), leased.attempts());
    }

    @Override
    public long pendingTasks() {
        return entities().createQuery("SELECT COUNT(t) FROM Task t", Long.class).getSingleResult();
    }

    // -------------------------------------------------------------------------------------------------- issues and
    // jobs

    @Override
    public List<Issue> issues() {
        return new IssueTable(sql()).all();
    }

    @Override
    public Job beginIssue(Attribute attribute, Person before, Person after, Job job, AuditEvent audit) {
        replacePerson(before, after);
        Job kept = job.forEpoch(new IssueTable(sql()).next(attribute));
        new JobTable(sql()).insert(kept);
        append(audit, List.of());
        return kept;
    }

    @Override
    public void introduceIssue(Attribute attribute, int epoch) {
        new IssueTable(sql()).introduce(attribute, epoch);
    }

    @Override
    public boolean retireIssues(Attribute attribute, int oldest) {
        return new IssueTable(sql()).retire(attribute, oldest);
    }

    @Override
    public long countNaming(Attribute attribute, int below) {
        return new IssueTable(sql()).countNaming(attribute, below);
    }

    @Override
    public List<NamingRecord> recordsNaming(Attribute attribute, int below, @Nullable UUID after, int limit) {
        return new IssueTable(sql()).naming(attribute, below, after, limit);
    }

    @Override
    public long countUnder(byte[] parameters) {
        return new BasisTable(sql()).count(parameters);
    }

    @Override
    public List<NamingRecord> recordsUnder(byte[] parameters, @Nullable UUID after, int limit) {
        return new BasisTable(sql()).under(parameters, after, limit);
    }

    @Override
    public boolean closeParameters(byte[] parameters) {
        return new BasisTable(sql()).closeUnlessUsed(OWN, parameters);
    }

    @Override
    public int replaceHeaders(List<NamingRecord.Rewrapped> headers, Job job) {
        new JobTable(sql()).keep(job);
        return new IssueTable(sql()).replace(headers, certificate().orElse(null));
    }

    @Override
    public int listTerms(int limit) {
        return new IssueTable(sql()).listOlder(limit);
    }

    @Override
    public void beginJob(Job job, AuditEvent audit) {
        new JobTable(sql()).insert(job);
        append(audit, List.of());
    }

    @Override
    public Optional<Job> leaseJob(String kind) {
        return new JobTable(sql()).lease(kind);
    }

    @Override
    public void keepJob(Job job) {
        new JobTable(sql()).keep(job);
    }

    @Override
    public void releaseJob(Job job) {
        new JobTable(sql()).release(job);
    }

    @Override
    public Optional<Job> job(UUID id) {
        return new JobTable(sql()).find(id);
    }

    @Override
    public List<Job> jobs(String kind, int limit) {
        return new JobTable(sql()).newest(kind, limit);
    }

    @Override
    public Optional<Job> setJobState(UUID id, JobState wanted, AuditEvent audit) {
        new JobTable(sql()).set(id, wanted);
        append(audit, List.of());
        return job(id);
    }

    // --------------------------------------------------------------------------------------------------------- words

    @Override
    public List<byte[]> evaluateForEntries(WordReader who, List<byte[]> blinded) {
        return WordTables.evaluate(() -> entryServer(who).evaluate(blinded));
    }

    @Override
    public void addEntries(WordReader who, Map<UUID, byte[]> entries) {
        if (!WordTables.ask(() -> entryServer(who).add(WordTables.entries(entries)))) {
            throw new StoreConflictException(who.owner());
        }
    }

    @Override
    public Map<UUID, byte[]> findEntries(WordReader who, Collection<UUID> labels) {
        return WordTables.values(WordTables.ask(() -> entryServer(who).find(labels)));
    }

    @Override
    public void deleteEntries(WordReader who, Collection<UUID> labels) {
        EntryServer server = entryServer(who);
        WordTables.ask(() -> {
            server.delete(labels);
            return true;
        });
    }

    private EntryServer entryServer(WordReader who) {
        KeyHalves halves = entryHalves;
        if (halves == null) {
            OwnSecret own = OwnSecret.of(sql(), ENTRIES);
            halves = new KeyHalves(own.bytes());
            entryHalves = own.isLasting() ? halves : null;
        }
        return WordTables.entries(
                new WordTables(sql()),
                halves,
                (owner, caller, right) -> who.isOwner() || (right == Right.SEARCH && holdsGrantOf(who)),
                who);
    }

    /** Whether a grant of this owner is in force for this caller, whatever record it is for. */
    private boolean holdsGrantOf(WordReader who) {
        return sql().first("""
                        SELECT 1 FROM half h JOIN item i ON i.id = h.item_id
                        WHERE h.grantee = ? AND NOT h.revoked AND h.expires_at > now() AND i.owner = ? AND i.state = 'READY' LIMIT 1
                        """, row -> true, who.caller(), who.owner()).isPresent();
    }

    // ----------------------------------------------------------------------------------------------------------- tags

    @Override
    public byte[] testKey(TagRole role) {
        return key(role).publicKey(role.ofKey()).encode();
    }

    private TestKey key(TagRole role) {
        TestKey known = testKeys.get(role);
        if (known == null) {
            OwnSecret own = OwnSecret.of(sql(), "tag " + role.name().toLowerCase(Locale.ROOT));
            known = TestKey.from(own.bytes());
            if (own.isLasting()) {
                testKeys.put(role, known);
            }
        }
        return known;
    }

    @Override
    public void keepTags(TagRole role, String realm, Tagging about, List<SealedTag> tags) {
        tester(role, realm).keep(about, tags);
    }

    @Override
    public List<Tagged> tagged(String realm, String receiver, @Nullable Cursor after, int limit) {
        return tags(TagRole.FRONT, realm).tagged(receiver, after, limit);
    }

    @Override
    public Set<UUID> tagsAmong(String realm, String receiver, Collection<UUID> tags) {
        return tags(TagRole.BACK, realm).inForce(receiver, tags).keySet();
    }

    @Override
    public BlindedTags blind(String realm, byte[] trapdoor, List<UUID> tags) {
        Authorities ours = certificate().map(Headers::authorities).orElse(null);
        return tester(TagRole.FRONT, realm).blind(key(TagRole.FRONT), ours, trapdoor, tags);
    }

    @Override
    public byte[] test(String realm, byte[] trapdoor, byte[] batch) {
        Authorities theirs =
                certificateOf("realm " + realm).map(Headers::authorities).orElse(null);
        return tester(TagRole.BACK, realm).test(key(TagRole.BACK), theirs, trapdoor, batch);
    }

    private TagTester tester(TagRole role, String realm) {
        return new TagTester(tags(role, realm), realm, mostTestsAnHour());
    }

    private TagTable tags(TagRole role, String realm) {
        return new TagTable(sql(), role, realm);
    }

    // ---------------------------------------------------------------------------------------------------------- gists

    @Override
    public void keepGist(UUID record, byte[] sealed) {
        sql().update(
                        "INSERT INTO gist (item_id, sealed) VALUES (?, ?) ON CONFLICT (item_id) DO UPDATE SET sealed = excluded.sealed",
                        record,
                        sealed);
    }

    @Override
    public Optional<byte[]> gist(UUID record) {
        return sql().first("SELECT sealed FROM gist WHERE item_id = ?", row -> row.getBytes(1), record);
    }

    @Override
    public void dropGist(UUID record) {
        sql().update("DELETE FROM gist WHERE item_id = ?", record);
    }

    @Override
    public List<SealedRecord> recordsAmong(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Limits.check(ids.size());
        return entities()
                .createQuery("SELECT r FROM SealedRecord r WHERE r.id IN :ids AND r.state = :state", SealedRecord.class)
                .setParameter("ids", ids)
                .setParameter("state", RecordState.READY)
                .getResultList();
    }

    @Override
    public Optional<Desk> desk(String subject) {
        return sql().first(
                        "SELECT subject, revision, sealed FROM desk WHERE subject = ?",
                        row -> new Desk(row.getString(1), row.getLong(2), row.getBytes(3)),
                        subject);
    }

    @Override
    public void keepDesk(Desk desk) {
        int kept = sql().update("""
                        INSERT INTO desk (subject, revision, sealed) VALUES (?, ?, ?) ON CONFLICT (subject) DO UPDATE
                        SET revision = excluded.revision, sealed = excluded.sealed WHERE desk.revision = excluded.revision - 1
                        """, desk.subject(), desk.revision(), desk.sealed());
        if (kept == 0) {
            throw new StoreConflictException(desk.subject());
        }
    }

    // -------------------------------------------------------------------------------------------------------- health

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public boolean alive() {
        try (Connection connection = source().getConnection()) {
            return connection.isValid(ALIVE_SECONDS);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    // ------------------------------------------------------------------------------------------------------------------

    private Sql sql() {
        return Sql.in(entities());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
