package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.TransformedSlot;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.Delegation;
import org.sosia.crypto.reencryption.DelegationSecret;
import org.sosia.crypto.reencryption.Pad;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.identity.Credentials;
import org.sosia.incidents.Technique;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.AccessRequest;
import org.sosia.persistence.Computed;
import org.sosia.persistence.GrantHalfRow;
import org.sosia.persistence.RequestFilter;
import org.sosia.persistence.RequestState;

/**
 * The proofs about a record: that the person's attributes satisfy its policy, and that they possess the partial key its owner
 * released. Taken by the cryptography itself: a key that does not belong cannot open, whatever this class believes.
 */
@ApplicationScoped
public class Possession {

    private static final Logger LOG = Logger.getLogger(Possession.class.getName());

    /** Approvals of one record for one person that are tried: nobody holds more at a time. */
    private static final int APPROVALS_TRIED = 10;

    @Inject
    SessionMarks marks;

    @Inject
    Proofs proofs;

    @Inject
    Reports reports;

    Clock clock = Clock.systemUTC();

    /** What came of a partial key. */
    public sealed interface Attempt {}

    /**
     * The record is open. Nothing of it may leave before that is in the audit chain.
     *
     * @param envelope what opens the content; whoever gets it closes it
     * @param statements what the clouds signed about their shares in it, for the audit chain
     */
    public record Opened(OpenedEnvelope envelope, Map<String, String> statements) implements Attempt {}

    /**
     * The key opens nothing here.
     *
     * @param guessed whether it is counted as a guess: not when an approval of this person for this record has ended, or the policy
     *     is not satisfied, for then an honest person is at a loss
     */
    public record Shut(boolean guessed) implements Attempt {}

    /**
     * Tries a partial key.
     *
     * @param hospital the hospital the person is in
     * @param header the record's verified header
     * @throws IntegrityException if a cloud answered with something that it did not sign, or that is provably wrong
     */
    public Attempt attempt(Hospital hospital, Credentials who, Header header, PartialKey key)
            throws IntegrityException {
        String subject = who.subject();
        Instant now = clock.instant();
        List<AccessRequest> answered = answered(hospital, subject, header.record());
        List<UUID> alive = answered.stream()
                .filter(request -> isAlive(request, now))
                .map(AccessRequest::grant)
                .toList();
        if (alive.isEmpty()) {
            return new Shut(answered.isEmpty());
        }
        byte[] encoded = header.encode();
        Optional<Computed> slot = hospital.mediator().transform(hospital.realm(), subject, encoded);
        if (slot.isPresent()) {
            require(hospital.mediates(), Work.TRANSFORMATION, header, slot.get(), who);
        }
        boolean tried = false;
        for (UUID grant : alive) {
            Optional<Attempt> attempt =
                    slot.isPresent() ? approved(hospital, who, header, key, slot.get(), grant, now) : Optional.empty();
            if (attempt.isEmpty()) {
                attempt = referred(hospital, who, header, key, grant, now);
            }
            if (attempt.isPresent() && attempt.get() instanceof Opened) {
                return attempt.get();
            }
            tried |= attempt.isPresent() && ((Shut) attempt.get()).guessed();
        }
        return new Shut(tried);
    }

    /** An approval: cloud B's transformed slot, cloud A's half, the person's retrieval key and the partial key. */
    private Optional<Attempt> approved(
            Hospital hospital, Credentials who, Header header, PartialKey key, Computed slot, UUID grant, Instant now)
            throws IntegrityException {
        Optional<Computed> half =
                hospital.grants().convert(grant, who.subject(), header.record(), header.encode(), now);
        if (half.isEmpty()) {
            return Optional.empty();
        }
        require(hospital.keeper(), Work.CONVERSION, header, half.get(), who);
        Optional<RetrievalKey> z = retrievalKey(hospital, who);
        if (z.isEmpty()) {
            // She keeps her retrieval key herself and has not shown it in this session: nobody guesses here.
            return Optional.of(new Shut(false));
        }
        Optional<OpenedEnvelope> opened =
                open(hospital, header, key, slot.result(), z.get(), half.get().result());
        if (opened.isPresent()) {
            return Optional.of(new Opened(opened.get(), statements(slot, half.get())));
        }
        requireRight(hospital, header, half.get(), grant, who);
        requireRightTransformation(hospital, header, slot, z.get(), who);
        return Optional.of(new Shut(true));
    }

    /** The person's retrieval key: what the hospital keeps for her, or what she showed in this session. */
    private Optional<RetrievalKey> retrievalKey(Hospital hospital, Credentials who) throws IntegrityException {
        try {
            Optional<RegisteredPerson> person = hospital.persons().find(who.subject());
            boolean hers = person.isPresent() && person.get().keepsHerKey();
            return hers ? proofs.retrievalKey(who) : person.flatMap(RegisteredPerson::retrievalKey);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** A referral: cloud A's lock, cloud B's pad, the person's own key and the partial key. Empty if either cloud refuses. */
    private Optional<Attempt> referred(
            Hospital hospital, Credentials who, Header header, PartialKey key, UUID referral, Instant now)
            throws IntegrityException {
        String subject = who.subject();
        Optional<byte[]> lock = hospital.grants().lock(referral, subject, header.record(), now);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> pad = hospital.mediator().pad(hospital.realm(), subject, referral, now);
        if (pad.isEmpty()) {
            return Optional.empty();
        }
        Delegation delegation;
        try {
            delegation = Pad.open(key, referral, header.record(), pad.get());
        } catch (GeneralSecurityException doesNotOpen) {
            LOG.log(Level.FINE, "a partial key does not open a referral of record {0}", header.record());
            return Optional.of(new Shut(true));
        }
        return referred(hospital, who, header, delegation, lock.get());
    }

    /** The pad opened, so the partial key is right: what fails from here on is no guess of hers. */
    private Optional<Attempt> referred(
            Hospital hospital, Credentials who, Header header, Delegation delegation, byte[] lock)
            throws IntegrityException {
        try {
            ConvertedLock converted = ConvertedLock.decode(lock);
            List<PersonKey> own = hospital.persons()
                    .find(who.subject())
                    .map(RegisteredPerson::personKeys)
                    .orElse(List.of());
            if (own.isEmpty() || !Arrays.equals(converted.coreDigest(), header.coreDigest())) {
                // A header of the first format got another core with a new policy; the record has to be referred anew.
                return Optional.empty();
            }
            delegation.verify(hospital.keys().authorities());
            OpenedEnvelope opened = secret(delegation, own).open(header, converted);
            return Optional.of(
                    new Opened(opened, Map.of("referral", delegation.id().toString())));
        } catch (GeneralSecurityException wrong) {
            reportWrongReencryption(who, header.record());
            throw new IntegrityException(wrong);
        }
    }

    /** She may have had another key when she was referred to. */
    private static DelegationSecret secret(Delegation delegation, List<PersonKey> own) throws GeneralSecurityException {
        for (PersonKey key : own.subList(0, own.size() - 1)) {
            try {
                return delegation.open(key);
            } catch (GeneralSecurityException anOlderPerhaps) {
                LOG.log(Level.FINE, "a referral is not for the present key", anOlderPerhaps);
            }
        }
        return delegation.open(own.get(own.size() - 1));
    }

    /** What a cloud answers counts only with its signature: without one, it could not be held to it. */
    private void require(Witness cloud, Work work, Header header, Computed answer, Credentials who)
            throws IntegrityException {
        try {
            cloud.require(work, header.encode(), answer, clock.instant());
        } catch (GeneralSecurityException notSigned) {
            reportLie(who, header.record(), cloud, answer);
            throw new IntegrityException(notSigned);
        }
    }

    /** Before a person is taken for a guesser, the cloud's work is done again. */
    private void requireRight(Hospital hospital, Header header, Computed answer, UUID grant, Credentials who)
            throws IntegrityException {
        byte[] half = hospital.grants().grant(grant).map(GrantHalfRow::half).orElse(new byte[0]);
        if (half.length == 0) {
            return;
        }
        try {
            Statement said = Statement.decode(answer.statement());
            if (said.proves(said.signer(hospital.keeperKeys()), header.encode(), half) == Statement.Proof.RIGHT) {
                return;
            }
        } catch (GeneralSecurityException unreadable) {
            LOG.log(Level.FINE, "a statement cannot be judged", unreadable);
        }
        reportLie(who, header.record(), hospital.keeper(), answer);
        throw new IntegrityException();
    }

    /**
     * Nor for a lie of the mediating cloud: the owner's own slot tells what its transformation must lead to, with the same retrieval
     * key, whatever the partial key is worth.
     */
    private void requireRightTransformation(
            Hospital hospital, Header header, Computed slot, RetrievalKey z, Credentials who)
            throws IntegrityException {
        try {
            CollectionKeys collection = hospital.keys().collection(header.owner(), header);
            TransformedSlot transformed = TransformedSlot.decode(slot.result());
            if (header.confirms(hospital.keys().parameters(header), collection, transformed, z)) {
                return;
            }
        } catch (GeneralSecurityException unreadable) {
            LOG.log(Level.FINE, "a transformation cannot be judged", unreadable);
        }
        reportLie(who, header.record(), hospital.mediates(), slot);
        throw new IntegrityException();
    }

    private static Map<String, String> statements(Computed slot, Computed half) {
        return Map.of("transformation", text(slot.statement()), "conversion", text(half.statement()));
    }

    private static String text(byte[] statement) {
        return Base64.getEncoder().encodeToString(statement);
    }

    private static List<AccessRequest> answered(Hospital hospital, String subject, UUID record) {
        return hospital.store().requests(new RequestFilter(null, subject, record, null, null, APPROVALS_TRIED)).stream()
                .filter(request -> request.grant() != null)
                .toList();
    }

    private static boolean isAlive(AccessRequest request, Instant now) {
        Instant expires = request.expiresAt();
        return request.state() == RequestState.APPROVED && expires != null && expires.isAfter(now);
    }

    private static Optional<OpenedEnvelope> open(
            Hospital hospital, Header header, PartialKey key, byte[] slot, RetrievalKey z, byte[] half) {
        try {
            return Optional.of(header.open(
                    hospital.keys().parameters(header),
                    TransformedSlot.decode(slot),
                    z,
                    ConvertedGrant.decode(half),
                    key));
        } catch (GeneralSecurityException doesNotOpen) {
            LOG.log(Level.FINE, "a partial key does not open record {0}", header.record());
            return Optional.empty();
        }
    }

    /** The key that this session has shown at the record's gate, if it is still kept. */
    public Optional<PartialKey> shown(Credentials who, UUID record) {
        return proofs.key(who, record);
    }

    /**
     * Counts a guess of a program and reports it at once.
     *
     * @return whether the session is deceived from now on
     */
    public boolean guessedByProgram(Credentials who, UUID record) {
        boolean deceived = marks.wrongTry(who);
        reports.raise(who, Technique.WRONG_PARTIAL_KEY, record);
        return deceived;
    }

    /**
     * Counts a guess at the gate. A person may err; whoever errs as often as the gate allows is reported and deceived.
     *
     * @return whether the session is deceived from now on
     */
    boolean guessedAtTheGate(Credentials who, UUID record) {
        boolean deceived = marks.wrongTry(who);
        if (deceived) {
            reports.raise(who, Technique.PARTIAL_KEY_GUESSING, record);
        }
        return deceived;
    }

    /** Reports that a cloud answered an opening with something that it did not sign or that is wrong, with what it signed. */
    private void reportLie(Credentials who, UUID record, Witness cloud, Computed answer) {
        LOG.log(Level.SEVERE, "WRONG ANSWER of the {0} cloud, record={1}", new Object[] {cloud.name(), record});
        try {
            reports.raise(
                    who,
                    Technique.TAMPERING,
                    record,
                    Map.of("cloud", cloud.name(), "statement", text(answer.statement())));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the incident about record {0} could not be kept", record);
        }
    }

    /** Reports that somebody pleads for an emergency: it is right or wrong, and somebody has to look. */
    public void reportEmergency(Credentials who) {
        reports.raise(who, Technique.BREAK_GLASS, null);
    }

    /** Reports a trustee whose answer is provably wrong. */
    public void reportCheatingTrustee(Credentials who, UUID record, String trustee) {
        LOG.log(Level.SEVERE, "WRONG ANSWER of trustee {0}, record={1}", new Object[] {trustee, record});
        reports.raise(who, Technique.TAMPERING, record, Map.of("trustee", trustee));
    }

    /** Reports a key authority whose contribution is provably wrong. */
    public void reportCheatingAuthority(Credentials who, String authority) {
        LOG.log(Level.SEVERE, "WRONG CONTRIBUTION of key authority {0}", authority);
        reports.raise(who, Technique.TAMPERING, null, Map.of("authority", authority));
    }

    /** Reports a cloud whose half of an outsourced encryption is provably wrong. */
    public void reportWrongHalf(Credentials who, String cloud) {
        LOG.log(Level.SEVERE, "WRONG HALF of a lock from the {0} cloud", cloud);
        reports.raise(who, Technique.TAMPERING, null, Map.of("cloud", cloud));
    }

    /** Reports that a cloud re-encrypted a record's lock wrongly, which its own proof shows. */
    public void reportWrongReencryption(Credentials who, UUID record) {
        LOG.log(Level.SEVERE, "WRONG RE-ENCRYPTION, record={0}", record);
        try {
            reports.raise(who, Technique.TAMPERING, record, Map.of("cloud", "original"));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the incident about record {0} could not be kept", record);
        }
    }

    /**
     * Reports that a share of a split record is not the one that was written.
     *
     * @param share {@code first}, which the record's own cloud keeps, or {@code second}, which the duplicate cloud keeps
     */
    public void reportDamagedShare(Credentials who, UUID record, String share) {
        LOG.log(Level.SEVERE, "TAMPERED record={0}, its {1} share", new Object[] {record, share});
        try {
            reports.raise(who, Technique.TAMPERING, record, Map.of("share", share));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the incident about record {0} could not be kept", record);
        }
    }

    /** Reports that a store returned something else than was put there. Best effort: the honest error must not wait for it. */
    public void reportTampering(Credentials who, UUID record) {
        LOG.log(Level.SEVERE, "TAMPERED record={0}", record);
        try {
            reports.raise(who, Technique.TAMPERING, record);
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the incident about record {0} could not be kept", record);
        }
    }
}
