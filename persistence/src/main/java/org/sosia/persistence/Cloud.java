package org.sosia.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;

/**
 * One operator's store. Each call is one transaction there, whatever transaction the caller may have, and no call can
 * express a request for a secret: everything handed over is opaque, a time, a state, a count or already sealed.
 *
 * <p>An audit event and tasks handed to a call are committed with what they belong to, or not at all.
 *
 * <p>When the store cannot be reached, or fails, calls throw unchecked exceptions of the container; nothing of the call is
 * kept then, or, if only the answer was lost, all of it. A call may be repeated: what would do harm twice ({@link #savePatient},
 * {@link #commitRecord}, {@link GrantKeeper#keep} with the same arguments) is recognised and done once.
 */
public interface Cloud extends Commissions, Issues, Jobs, Desks, Spares {

    // ------------------------------------------------------------------------------------------------------ patients

    /**
     * Keeps a patient, replacing the row of the same id as a whole.
     *
     * @throws StoreConflictException if the stored version is higher; if it is the same, above 1 and already {@code READY}
     *     (another change of the same content came first); or if the patient was deleted
     */
    void savePatient(SealedPatient patient, AuditEvent audit, List<Task> tasks);

    /** A patient in state {@code PENDING} or {@code READY}. */
    Optional<SealedPatient> patient(UUID id);

    /** Patients in state {@code READY}, newest first. */
    List<SealedPatient> patients(PatientFilter filter);

    /** Forgets a patient's content and keeps only the id. Unknown or deleted already: keeps audit and tasks, no more. */
    void deletePatient(UUID id, AuditEvent audit, List<Task> tasks);

    // ------------------------------------------------------------------------------------------------------- records

    /**
     * Begins to receive a record, or the second share of one. A record of this id that is still {@code RECEIVING} loses what had arrived, and whoever was
     * sending it can no longer complete it.
     *
     * @param receiving made by {@link SealedRecord#receiving} or {@link SealedRecord#receivingPiece}
     * @throws StoreConflictException if the id is that of a complete or deleted record
     */
    void beginRecord(SealedRecord receiving);

    /**
     * Takes in the sealed content, from the first byte to {@code close()}. It is committed in groups of about 4 MiB, each a
     * transaction of its own. {@code close()} commits the rest; a stream left unclosed leaves a {@code RECEIVING} record for
     * the sweeper. What was committed is durable with {@link #commitRecord}, and not before.
     *
     * @return a stream for one thread whose methods throw {@link java.io.IOException} when the store fails, or when the record
     *     was abandoned or begun anew meanwhile
     * @throws StoreConflictException if the record is not {@code RECEIVING}
     */
    ContentSink appendContent(UUID record);

    /**
     * Completes a record: header, metadata and the new state, in one transaction with audit and tasks.
     *
     * @param record made by {@link SealedRecord#sealed} from the very object that {@link #beginRecord} was given
     * @throws StoreConflictException if the record is not {@code RECEIVING}, was begun anew meanwhile, or the bytes that
     *     arrived are not as many as {@code sealedBytes}
     * @throws RefusedHeaderException if the header is malformed, tells another id, version, owner, length or SHA-256 of the
     *     sealed metadata than the record, or is not signed under the certificate kept here
     */
    void commitRecord(SealedRecord record, AuditEvent audit, List<Task> tasks);

    /**
     * Puts another header in the place of a record's: the owner's next revision of it, with other slots for the same content. The
     * content is not touched.
     *
     * @param expected SHA-256 of the encoded header that is replaced
     * @param header the encoded header that takes its place
     * @return the number of the audit entry
     * @throws StoreConflictException if the record is neither {@code SEALED} nor {@code READY}, or another change of its header came first
     * @throws RefusedHeaderException if the header is malformed, tells other facts than the one it replaces, is not its next revision, or
     *     is not signed under the certificate kept here
     */
    long replaceHeader(UUID record, byte[] expected, byte[] header, AuditEvent audit);

    /** Makes a {@code SEALED} record visible. A record in another state stays as it is. */
    void markReady(UUID record);

    /** Forgets a {@code RECEIVING} record and all that had arrived. A record in another state stays as it is. */
    void abandonRecord(UUID record);

    /** A record in state {@code READY}. */
    Optional<SealedRecord> record(UUID id);

    /** A record in whatever state, a deleted one included. */
    Optional<SealedRecord> recordInAnyState(UUID id);

    /** Records in state {@code READY}, newest first. */
    List<SealedRecord> records(RecordFilter filter);

    /**
     * Completes the second share of a record that is split over two stores, so that it is durable. It was begun by {@link #beginRecord}
     * and sent by {@link #appendContent} as a record is; {@link #abandonRecord} and {@link #staleUploads} concern it until here.
     *
     * @param piece made by {@link SealedRecord#arrived}
     * @throws StoreConflictException if it is not {@code RECEIVING}, or the bytes that arrived are not as many as it says
     */
    void keepPiece(SealedRecord piece);

    /** Second shares in state {@code PIECE} since before the given moment, oldest first, at most 100. */
    List<SealedRecord> loosePieces(Instant olderThan);

    /** Notes that the record of a second share is there. One in another state than {@code PIECE} stays as it is. */
    void bindPiece(UUID piece);

    /** Takes {@link #bindPiece} back, before its record is deleted. One in another state than {@code BOUND} stays as it is. */
    void loosenPiece(UUID piece);

    /** Forgets a second share, in whatever state. A record of this id, or none, stays as it is. */
    void dropPiece(UUID piece);

    /**
     * The sealed content of a complete record, or what is kept here of it if it is split, or a complete second share. Reading fetches a few chunks at a time and holds nothing of the store in
     * between, so a slow reader costs no connection. Empty (length 0, which every decryption refuses) when there is no such
     * record.
     */
    SealedSource content(UUID record);

    /**
     * Forgets a record's content, header, metadata and every half of a grant for it; keeps only the id. Unknown or deleted
     * already: keeps audit and tasks, no more.
     */
    void deleteRecord(UUID id, AuditEvent audit, List<Task> tasks);

    /** Records that have been {@code RECEIVING} without progress since before the given moment, oldest first, at most 100. */
    List<UUID> staleUploads(Instant olderThan);

    // ------------------------------------------------------------------------------------------------------ requests

    /**
     * Keeps a request, or its decision.
     *
     * @throws StoreConflictException if the request was decided already (in another way), so that of two decisions one wins
     */
    void saveRequest(AccessRequest request, AuditEvent audit);

    /** One request. */
    Optional<AccessRequest> request(UUID id);

    /** Requests, newest first. */
    List<AccessRequest> requests(RequestFilter filter);

    // --------------------------------------------------------------------------------------------- persons and secrets

    /** A person registered here, in whatever state. */
    Optional<Person> person(String subject);

    /** Keeps a person, replacing the row of the same subject. */
    void savePerson(Person person, AuditEvent audit);

    /**
     * Puts a person's row in place of another: of two changes at the same moment none is lost.
     *
     * @param before as the caller read it
     * @param after of the same subject
     * @throws StoreConflictException if the row is no longer what the caller read
     */
    void replacePerson(Person before, Person after, AuditEvent audit);

    /**
     * Persons by ascending subject id.
     *
     * @param after the subject of the last row of the previous page, or null for the first page
     */
    List<Person> persons(@Nullable String after, int limit);

    /** A sealed secret of the hospital. */
    Optional<SealedSecret> secret(String name);

    /**
     * Keeps a secret unless one of that name is there: the first one wins. Also refuses one of another epoch than the secret named
     * {@code root}: it was sealed under a key that was replaced. Says whether this one was kept.
     */
    boolean addSecret(SealedSecret secret);

    /** Every sealed secret. */
    List<SealedSecret> secrets();

    /**
     * Puts secrets in place of others, all or none.
     *
     * @param before as the caller read them
     * @param after of the same names
     * @param all whether {@code before} must be all there are
     * @throws StoreConflictException if one of them, or their number, changed meanwhile
     */
    void replaceSecrets(List<SealedSecret> before, List<SealedSecret> after, boolean all, AuditEvent audit);

    /** The certificate under which owners' signatures on what is handed in verify, as {@link #keepCertificate} was given it. */
    Optional<byte[]> certificate();

    /**
     * Keeps the certificate under which owners' signatures verify, replacing any: encoded {@link org.sosia.crypto.signature.Authorities}, one,
     * or two while one takes the other's place.
     */
    void keepCertificate(byte[] certificate);

    /** Keeps the certificates before those, replacing any: what is kept here already verifies under them, and nothing that is handed in. */
    void keepFormerCertificates(byte[] certificates);

    /**
     * The keys with which this cloud's operator signs what is computed here for the hospital whose store this is, an encoded {@link
     * org.sosia.crypto.signature.OperatorHistory}. The cloud makes its keys for itself.
     */
    byte[] operators();

    /**
     * Has this cloud's operator take a new key, unless she did so already.
     *
     * @param known how many keys the caller knows of; if there are more, nothing is done
     * @return what {@link #operators} answers from now on
     */
    byte[] renewOperator(int known);

    // --------------------------------------------------------------------------------------------------------- audit

    /**
     * Appends an entry to the audit chain. Committed when this returns.
     *
     * @return the entry's number
     */
    long audit(AuditEvent event);

    /** Audit entries by ascending number, starting behind {@code after} (0 for the beginning). */
    List<AuditEntry> auditEntries(long after, int limit);

    /** Audit entries by descending number, starting before {@code before} ({@link Long#MAX_VALUE} for the end). */
    List<AuditEntry> auditEntriesBefore(long before, int limit);

    // ----------------------------------------------------------------------------------------------------- incidents

    /**
     * Reports evidence. If an incident with the same {@code dedupe} key began less than 15 minutes before {@code firstAt} of
     * this one, the evidence is counted there: its count, last time and, if graver, severity change, and the tasks are not
     * kept (they were, with the first). Otherwise this becomes an incident of its own. The audit event is kept in both cases.
     *
     * @param incident with the {@code dedupe} key set
     * @return the id of the incident in which the evidence is
     */
    UUID raiseIncident(Incident incident, AuditEvent audit, List<Task> tasks);

    /** Incidents, newest first evidence first. */
    List<Incident> incidents(IncidentFilter filter);

    /** One incident. */
    Optional<Incident> incident(UUID id);

    /** Keeps what the desk made of an incident: state and sealed details. What is counted is left alone. */
    void updateIncident(Incident incident, AuditEvent audit);

    // ------------------------------------------------------------------------------------------------------ sessions

    /** What a session has been seen doing, if anything. */
    Optional<SessionMark> mark(String session);

    /**
     * Counts one wrong try of a session; from the given count on the session is deceived.
     *
     * @return the session's mark with this try counted: of two tries at the same moment one returns 1 and the other 2
     */
    SessionMark recordWrongTry(String session, int deceivedAt, AuditEvent audit);

    /** Marks a session as deceived, for good. */
    void deceive(String session, AuditEvent audit);

    // --------------------------------------------------------------------------------------------------------- tasks

    /**
     * Gives the longest due task of a kind to the work, outside of any transaction. Meanwhile no other worker gets it, on
     * whatever node: it is leased for {@link #LEASE} and the lease renewed as the work goes on, so that a crashed worker's task comes back. {@link Outcome#RETRY} and
     * exceptions of the work make it come back later, each time twice as much later, up to 10 minutes.
     *
     * @return whether there was a task
     */
    boolean withNextTask(String kind, Function<Task, Outcome> work);

    /** Like {@link #withNextTask}, for the very task given, due or not. False when it is done, or another worker has it. */
    boolean withTask(UUID task, Function<Task, Outcome> work);

    /** How many tasks are not done. */
    long pendingTasks();

    /** How long a worker has a task for itself after it gave its last sign of life; while it works it gives one every third of it. */
    Duration LEASE = Duration.ofMinutes(1);

    // -------------------------------------------------------------------------------------------------------- health

    /** Whether the store answers, asked with a time-out of a few seconds. Never throws. */
    boolean alive();
}
