package org.sosia.lane;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.SealedRecord;

/**
 * The gate that a person at the screens passes before a record: they show the partial key once, and the session may read the
 * record for a while. Somebody who guesses is let in after some tries, into the twin hospital, and not told.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Gate {

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    SessionMarks marks;

    @Inject
    Proofs proofs;

    @Inject
    Possession possession;

    /** Whether this session has passed the gate of any record lately. */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT, Roles.DATA_OWNER})
    public GateState state() {
        return proofs.any(caller.credentials()) ? GateState.OPEN : GateState.CLOSED;
    }

    /** Whether this session has passed the gate of this record lately. */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT, Roles.DATA_OWNER})
    public boolean isOpen(UUID record) {
        return proofs.key(caller.credentials(), record).isPresent();
    }

    /**
     * Shows a partial key for a record.
     *
     * @param record the record
     * @param partialKey the key as it was written down; case, spaces and hyphens do not matter
     * @throws NoSuchRecordException if there is no such record, or the caller may not know of it
     * @throws IntegrityException if the record is not what its owner signed
     */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT})
    public ProofResult prove(UUID record, String partialKey) throws NoSuchRecordException, IntegrityException {
        Credentials who = caller.credentials();
        Hospital hospital = lanes.hospital();
        Header header = verifiedHeader(hospital, record);
        PartialKey key;
        try {
            key = PartialKey.parse(partialKey);
        } catch (TypingErrorException slip) {
            return ProofResult.TYPING_ERROR;
        }
        if (hospital.lane() == Lane.DUPLICATE && marks.isDeceived(who, false)) {
            proofs.keep(who, record, key);
            return ProofResult.OPENED;
        }
        hospital.store().audit(hospital.event(who, "PROVE", record, Map.of()));
        Possession.Attempt attempt = possession.attempt(hospital, who, header, key);
        if (attempt instanceof Possession.Opened opened) {
            opened.envelope().close();
            proofs.keep(who, record, key);
            return ProofResult.OPENED;
        }
        if (attempt instanceof Possession.Shut shut && shut.guessed() && possession.guessedAtTheGate(who, record)) {
            proofs.keep(who, record, key);
            return ProofResult.OPENED;
        }
        return ProofResult.REFUSED;
    }

    /**
     * Shows the retrieval key that the caller keeps herself, for the records that she opens in this session. Where the hospital keeps it for
     * her, whatever is shown counts for nothing.
     *
     * @param encoded the key's bytes
     * @return whether it is hers; a mistyped one is a {@link ProofResult#TYPING_ERROR}
     */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT})
    public ProofResult showRetrievalKey(byte[] encoded) throws IntegrityException {
        Credentials who = caller.credentials();
        Hospital hospital = lanes.hospital();
        RetrievalKey key;
        try (SecretBytes secret = SecretBytes.copyOf(encoded)) {
            key = RetrievalKey.decode(secret);
        } catch (GeneralSecurityException slip) {
            return ProofResult.TYPING_ERROR;
        }
        try {
            RegisteredPerson person = hospital.persons().find(who.subject()).orElse(null);
            if (person == null || !person.keepsHerKey()) {
                return ProofResult.OPENED;
            }
            RetrievalImage shown = key.image(hospital.keys().parameters());
            if (person.image().filter(shown::isOfSameKey).isEmpty()) {
                return ProofResult.REFUSED;
            }
            proofs.keep(who, key);
            return ProofResult.OPENED;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Leaves: forgets every key this session has shown. */
    @RolesAllowed({Roles.DOCTOR, Roles.PATIENT, Roles.DATA_OWNER})
    public void leave() {
        proofs.forget(caller.credentials());
    }

    private Header verifiedHeader(Hospital hospital, UUID record) throws NoSuchRecordException, IntegrityException {
        SealedRecord row = hospital.store().record(record).orElseThrow(NoSuchRecordException::new);
        try {
            if (!mayKnow(hospital, row)) {
                throw new NoSuchRecordException();
            }
            Header header = Header.decode(row.header());
            header.verify(hospital.keys().authorities());
            if (!header.record().equals(record)) {
                throw new IntegrityException();
            }
            return header;
        } catch (GeneralSecurityException tampered) {
            possession.reportTampering(caller.credentials(), record);
            throw new IntegrityException(tampered);
        }
    }

    private boolean mayKnow(Hospital hospital, SealedRecord row) throws GeneralSecurityException {
        Credentials who = caller.credentials();
        return who.has(Roles.DOCTOR)
                || hospital.persons()
                        .find(who.subject())
                        .filter(person -> person.patients().contains(row.patient()))
                        .isPresent();
    }
}
