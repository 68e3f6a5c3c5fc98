package org.sosia.issuing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.KeyRequest;
import org.sosia.crypto.abe.KeyRequestRefusedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.OrderRefusedException.Why;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.KeyReason;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.Commission;
import org.sosia.persistence.CommissionState;
import org.sosia.persistence.PersonState;
import org.sosia.refusal.InvalidValueException;

/**
 * Lets a person who lost her retrieval key, or no longer trusts it, have another one in its place. Key authorities make sure of who she is;
 * when enough of them agreed, the old key opens nothing any more, whoever has it.
 */
@Stateless
@RolesAllowed({
    Roles.DOCTOR,
    Roles.PATIENT,
    Roles.DATA_OWNER,
    Roles.CLOUD_OPERATOR,
    Roles.KEY_AUTHORITY,
    Roles.SECURITY_DESK
})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Recoveries {
    private static final Logger LOG = Logger.getLogger(Recoveries.class.getName());
    private static final int LISTED = 20;
    private static final String CONTEXT = "sosia-recovery-1\n";

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    Clock clock = Clock.systemUTC();

    /**
     * What a {@link KeyRequest} for a new key has to be made for: the caller's present sign-in, so that a request seen once serves in no
     * other.
     *
     * @return text, whose UTF-8 bytes are the request's context
     */
    public String challenge() {
        return challenge(lanes.hospital());
    }

    private String challenge(Hospital hospital) {
        Credentials who = caller.credentials();
        return CONTEXT
                + hospital.keys()
                        .handle("recovery", who.subject() + "\n" + who.session() + "\n" + who.authenticatedAt());
    }

    /**
     * Asks for another retrieval key. One that was asked for before and waits is replaced.
     *
     * @param note what key authorities should know, at most 300 characters
     * @param request an encoded {@link KeyRequest} for {@link #challenge}, by a person who keeps her key herself; null if the hospital is
     *     to draw and keep it
     * @throws InvalidValueException if a value cannot be taken
     * @throws OrderRefusedException if the caller has no key yet, or the request is not for this sign-in
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    public OrderView ask(String note, byte @Nullable [] request)
            throws InvalidValueException, OrderRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        if (note.strip().length() > Issuing.TEXT_CHARACTERS) {
            throw new InvalidValueException("note", "must be at most 300 characters");
        }
        Hospital hospital = lanes.hospital();
        try {
            RegisteredPerson person = hospital.persons()
                    .find(caller.subject())
                    .filter(known -> known.state() == PersonState.APPROVED)
                    .orElseThrow(() -> new OrderRefusedException(Why.NO_KEY_YET));
            boolean firstWaits = hospital.store().commissions(caller.subject(), CommissionState.WAITING, 1).stream()
                    .anyMatch(one -> one.kind().equals(KeyReason.FIRST.name()));
            if (firstWaits) {
                throw new OrderRefusedException(Why.NO_KEY_YET);
            }
            RetrievalImage chosen = request == null ? null : verified(hospital, request);
            Optional<RetrievalImage> lost = hospital.persons().imageOf(caller.subject());
            if (chosen != null && lost.isPresent() && chosen.isOfSameKey(lost.get())) {
                throw new InvalidValueException("keyRequest", "must be for another key than the lost one");
            }
            hospital.store().audit(hospital.event(caller.credentials(), "RECOVER", null, Map.of()));
            UUID id = hospital.persons()
                    .commissionRecovery(
                            person, chosen, note.strip(), clock.instant().truncatedTo(ChronoUnit.MICROS));
            Commission placed = hospital.store().commission(id).orElseThrow(IntegrityException::new);
            return Orders.view(hospital, placed, caller.subject());
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private RetrievalImage verified(Hospital hospital, byte[] request)
            throws InvalidValueException, OrderRefusedException, GeneralSecurityException {
        KeyRequest decoded;
        try {
            decoded = KeyRequest.decode(request);
        } catch (GeneralSecurityException malformed) {
            throw new InvalidValueException("keyRequest", "must be an encoded key request");
        }
        byte[] context = challenge(hospital).getBytes(StandardCharsets.UTF_8);
        for (PublicParameters parameters : hospital.keys().allParameters()) {
            try {
                return decoded.verify(parameters, context);
            } catch (KeyRequestRefusedException notForThese) {
                LOG.log(Level.FINE, "a key request is for other parameters", notForThese);
            }
        }
        throw new OrderRefusedException(Why.WRONG_REQUEST);
    }

    /** The caller's recoveries, newest first, with their receipts. */
    public List<OrderView> mine() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        List<OrderView> views = new ArrayList<>();
        try {
            for (Commission each : hospital.store().commissions(caller.subject(), null, LISTED)) {
                if (each.kind().equals(KeyReason.RECOVERY.name())) {
                    views.add(Orders.view(hospital, each, caller.subject()));
                }
            }
            return views;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }
}
