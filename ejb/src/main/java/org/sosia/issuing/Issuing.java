package org.sosia.issuing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.CheatingAuthorityException;
import org.sosia.crypto.abe.PartialTransformKey;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.issuing.OrderRefusedException.Why;
import org.sosia.keys.Council;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.IssuedKey;
import org.sosia.keys.KeyOrder;
import org.sosia.keys.KeyReason;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Commission;
import org.sosia.persistence.CommissionPart;
import org.sosia.persistence.CommissionState;
import org.sosia.persistence.StoreConflictException;
import org.sosia.refusal.InvalidValueException;

/** Lets key authorities make persons' keys together. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Issuing {
    static final int TEXT_CHARACTERS = 300;

    private static final int LISTED = 200;
    private static final int WORD_BYTES = 32;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    Clock clock = Clock.systemUTC();

    /** Orders that wait, newest first, at most 200. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public List<OrderView> waiting() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        List<OrderView> views = new ArrayList<>();
        try {
            for (Commission each : hospital.store().commissions(null, CommissionState.WAITING, LISTED)) {
                views.add(Orders.view(hospital, each, caller.subject()));
            }
            return views;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Whether a council makes keys, so that a part needs its seat key. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public boolean isByCouncil() throws IntegrityException {
        try {
            return lanes.hospital().keys().council().isPresent();
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * One order.
     *
     * @throws NoSuchOrderException if there is none
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public OrderView get(UUID id) throws NoSuchOrderException, IntegrityException {
        try {
            Hospital hospital = lanes.hospital();
            return Orders.view(hospital, known(hospital, id), caller.subject());
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Gives the caller's part of a key, or her word where the hospital itself makes keys. With enough of them the key is made before this
     * returns.
     *
     * @param id the order
     * @param seatKey opens her share, with which the part is made here; null where the hospital makes keys
     * @param identity for a recovery: how she made sure of who asks, 1 to 300 characters
     * @throws NoSuchOrderException if there is none
     * @throws OrderRefusedException if it is not hers to give, or not any more
     * @throws TypingErrorException if the seat key was mistyped
     * @throws InvalidValueException if a recovery comes without saying how identity was verified
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public OrderView give(UUID id, @Nullable String seatKey, String identity)
            throws NoSuchOrderException, OrderRefusedException, TypingErrorException, InvalidValueException,
                    StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Optional<Council> council = hospital.keys().council();
            SeatKey key = council.isPresent() ? SeatKey.parse(seatKey == null ? "" : seatKey) : null;
            Commission commission = known(hospital, id);
            KeyOrder order = mine(hospital, commission, identity);
            byte[] part = key == null || council.isEmpty()
                    ? new byte[0]
                    : made(council.get(), key, order).encode();
            return taken(hospital, commission, order, part, identity);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Gives the caller's part to every order that waits for it, except recoveries, of which each is looked at by itself.
     *
     * @param seatKey opens her share
     * @return how many orders took it
     * @throws OrderRefusedException if she has no seat, or that is not its key
     * @throws TypingErrorException if the seat key was mistyped
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public int giveAll(String seatKey)
            throws OrderRefusedException, TypingErrorException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        SeatKey key = SeatKey.parse(seatKey);
        Hospital hospital = lanes.hospital();
        int given = 0;
        try {
            Council council = hospital.keys().council().orElseThrow(() -> new OrderRefusedException(Why.NO_SEAT));
            requireOpens(council, key);
            for (Commission each : hospital.store().commissions(null, CommissionState.WAITING, LISTED)) {
                boolean asked = each.kind().equals(KeyReason.RECOVERY.name());
                if (!asked && !each.subject().equals(caller.subject()) && isGiven(hospital, council, each, key)) {
                    given++;
                }
            }
            return given;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private boolean isGiven(Hospital hospital, Council council, Commission each, SeatKey key)
            throws OrderRefusedException, GeneralSecurityException, IntegrityException {
        try {
            KeyOrder order = mine(hospital, each, "");
            taken(hospital, each, order, made(council, key, order).encode(), "");
            return true;
        } catch (InvalidValueException impossible) {
            throw new IllegalStateException(impossible);
        } catch (OrderRefusedException refused) {
            if (refused.why() == Why.DECIDED || refused.why() == Why.OUTDATED) {
                return false;
            }
            throw refused;
        }
    }

    private void requireOpens(Council council, SeatKey key) throws OrderRefusedException {
        share(council, key);
    }

    private AuthorityShare share(Council council, SeatKey key) throws OrderRefusedException {
        Council.Seat seat = council.seatOf(caller.subject()).orElseThrow(() -> new OrderRefusedException(Why.NO_SEAT));
        try {
            return council.open(seat, key);
        } catch (GeneralSecurityException anotherKey) {
            throw new OrderRefusedException(Why.WRONG_SEAT_KEY);
        }
    }

    private PartialTransformKey made(Council council, SeatKey key, KeyOrder order) throws OrderRefusedException {
        return share(council, key).issue(order.image(), order.attributes());
    }

    /**
     * Gives a part that the caller made in a program of her own, with a share that never came here.
     *
     * @param part an encoded {@link PartialTransformKey} for the order's image and issues
     * @param identity as for {@link #give}
     * @throws NoSuchOrderException if there is none
     * @throws OrderRefusedException if it is not hers to give, or proves wrong
     * @throws InvalidValueException if a value cannot be taken
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public OrderView givePart(UUID id, byte[] part, String identity)
            throws NoSuchOrderException, OrderRefusedException, InvalidValueException, StepUpRequiredException,
                    IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Commission commission = known(hospital, id);
            KeyOrder order = mine(hospital, commission, identity);
            Council council = hospital.keys().council().orElseThrow(() -> new OrderRefusedException(Why.NO_SEAT));
            Council.Seat seat =
                    council.seatOf(caller.subject()).orElseThrow(() -> new OrderRefusedException(Why.NO_SEAT));
            PartialTransformKey given = decoded(part);
            boolean right = given.authority() == seat.number()
                    && given.attributes().equals(order.attributes())
                    && given.isRight(council.parameters(), order.image());
            if (!right) {
                cheated(hospital, commission, caller.subject());
                throw new OrderRefusedException(Why.WRONG_PART);
            }
            return taken(hospital, commission, order, given.encode(), identity);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static PartialTransformKey decoded(byte[] part) throws InvalidValueException {
        try {
            return PartialTransformKey.decode(part);
        } catch (GeneralSecurityException malformed) {
            throw new InvalidValueException("part", "must be an encoded part of a transform key");
        }
    }

    private static Commission known(Hospital hospital, UUID id) throws NoSuchOrderException {
        return hospital.store().commission(id).orElseThrow(NoSuchOrderException::new);
    }

    /** The order, if it is one that the caller may give her part to. */
    private KeyOrder mine(Hospital hospital, Commission commission, String identity)
            throws OrderRefusedException, InvalidValueException, GeneralSecurityException {
        if (commission.subject().equals(caller.subject())) {
            throw new OrderRefusedException(Why.OWN);
        }
        if (commission.state() != CommissionState.WAITING) {
            throw new OrderRefusedException(Why.DECIDED);
        }
        if (commission.kind().equals(KeyReason.RECOVERY.name())
                && (identity.isBlank() || identity.strip().length() > TEXT_CHARACTERS)) {
            throw new InvalidValueException("identity", "must say in 1 to 300 characters how identity was verified");
        }
        KeyOrder order = KeyOrder.open(hospital.keys(), commission);
        if (!hospital.persons().isCurrent(commission, order)) {
            throw new OrderRefusedException(Why.OUTDATED);
        }
        return order;
    }

    private OrderView taken(Hospital hospital, Commission commission, KeyOrder order, byte[] part, String identity)
            throws OrderRefusedException, GeneralSecurityException, IntegrityException {
        UUID id = commission.id();
        // A word is like no other: it is told apart by what nobody can repeat.
        byte[] spent = Digests.sha256(
                part.length > 0 ? part : SecretBytes.random(WORD_BYTES).exposeSecretBytes());
        byte[] sealed = Parts.seal(hospital.keys(), id, caller.subject(), part, identity.strip());
        AuditEvent audit = event(
                hospital,
                "PART",
                commission,
                Map.of("part", HexFormat.of().formatHex(spent), "identity", identity.strip()));
        try {
            hospital.store().addCommissionPart(id, new CommissionPart(caller.subject(), now(), sealed), spent, audit);
        } catch (StoreConflictException twice) {
            if (!isEnough(hospital, id)) {
                throw new OrderRefusedException(Why.DECIDED);
            }
        }
        settle(hospital, commission, order);
        return Orders.view(hospital, hospital.store().commission(id).orElse(commission), caller.subject());
    }

    private static boolean isEnough(Hospital hospital, UUID id) throws GeneralSecurityException {
        return hospital.store().commissionParts(id).size() >= Orders.threshold(hospital);
    }

    /** Makes the key if enough gave their parts. */
    private void settle(Hospital hospital, Commission commission, KeyOrder order)
            throws GeneralSecurityException, IntegrityException {
        Map<String, byte[]> parts =
                Parts.open(hospital.keys(), commission.id(), hospital.store().commissionParts(commission.id()));
        if (parts.size() < Orders.threshold(hospital)) {
            return;
        }
        List<IssuedKey> made;
        try {
            made = combined(hospital, order, parts);
        } catch (CheatingAuthorityException cheat) {
            String cheater = hospital.keys()
                    .council()
                    .map(council -> council.subjectAt(cheat.authority()))
                    .orElse("");
            cheated(hospital, commission, cheater);
            return;
        }
        issue(hospital, commission, order, made, List.copyOf(parts.keySet()));
    }

    private static List<IssuedKey> combined(Hospital hospital, KeyOrder order, Map<String, byte[]> parts)
            throws GeneralSecurityException {
        Optional<Council> council = hospital.keys().council();
        if (council.isEmpty()) {
            return hospital.persons().made(order);
        }
        List<PartialTransformKey> decoded = new ArrayList<>();
        for (byte[] part : parts.values()) {
            decoded.add(Parts.decode(part));
        }
        QuorumParameters parameters = council.get().parameters();
        TransformKey key = parameters.combine(order.image(), order.attributes(), decoded);
        return List.of(new IssuedKey(parameters.publicParameters(), key));
    }

    private void cheated(Hospital hospital, Commission commission, String cheater) {
        AuditEvent audit = event(hospital, "CHEAT", commission, Map.of("authority", cheater));
        hospital.store().rejectCommissionPart(commission.id(), cheater, audit);
        possession.reportCheatingAuthority(caller.credentials(), cheater);
    }

    private void issue(
            Hospital hospital, Commission commission, KeyOrder order, List<IssuedKey> made, List<String> approvers)
            throws GeneralSecurityException, IntegrityException {
        boolean recovery = commission.kind().equals(KeyReason.RECOVERY.name());
        String who = String.join(" ", approvers);
        Optional<RetrievalImage> before = hospital.persons().imageOf(commission.subject());
        // Before anything is released.
        long entry = hospital.store().audit(event(hospital, "ISSUE", commission, Map.of("approvers", who)));
        AuditEvent kept = event(hospital, "REKEY", commission, Map.of("approvers", who));
        boolean delivered = hospital.persons().deliver(commission, order, made, kept);
        Instant at = now();
        JsonObject came = recovery && delivered && before.isPresent()
                ? Orders.receipt(hospital, commission, before.get(), order, approvers, entry, at)
                : Json.createObjectBuilder().add("approvers", who).build();
        CommissionState state = delivered ? CommissionState.ISSUED : CommissionState.REFUSED;
        try {
            hospital.store()
                    .decideCommission(
                            commission.id(),
                            state,
                            at,
                            order.decided(came).seal(hospital.keys(), commission.id()),
                            event(hospital, "DECIDE", commission, Map.of("state", state.name())));
        } catch (StoreConflictException somebodyElseDid) {
            // The same parts make the same key: whoever was first has handed over nothing else.
        }
    }

    /**
     * Refuses a recovery.
     *
     * @throws NoSuchOrderException if there is none
     * @throws OrderRefusedException if it was decided, or nobody asked for it: what the hospital asks for it needs
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public OrderView refuse(UUID id)
            throws NoSuchOrderException, OrderRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Commission commission = known(hospital, id);
            if (!commission.kind().equals(KeyReason.RECOVERY.name())) {
                throw new OrderRefusedException(Why.NOT_REFUSABLE);
            }
            KeyOrder order = KeyOrder.open(hospital.keys(), commission);
            JsonObject came =
                    Json.createObjectBuilder().add("by", caller.subject()).build();
            hospital.store()
                    .decideCommission(
                            id,
                            CommissionState.REFUSED,
                            now(),
                            order.decided(came).seal(hospital.keys(), id),
                            event(hospital, "REFUSE", commission, Map.of()));
            return Orders.view(hospital, hospital.store().commission(id).orElse(commission), caller.subject());
        } catch (StoreConflictException decided) {
            throw new OrderRefusedException(Why.DECIDED);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private AuditEvent event(Hospital hospital, String action, Commission commission, Map<String, String> more) {
        Credentials who = caller.credentials();
        Map<String, String> details = new HashMap<>(more);
        details.put("person", commission.subject());
        details.put("reason", commission.kind());
        return hospital.event(who, action, commission.id(), details);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
