package org.sosia.ceremony;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sosia.ceremony.CeremonyRefusedException.Why;
import org.sosia.crypto.abe.AuthorityShare;
import org.sosia.crypto.abe.CheatingDealerException;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.abe.DealtShare;
import org.sosia.crypto.abe.KeyCeremony;
import org.sosia.crypto.abe.QuorumParameters;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.grant.SeatKey;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.Council;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.StoreConflictException;
import org.sosia.refusal.InvalidValueException;

/** Lets key authorities come together as a council, and pass their seats on. Every step is in the audit chain, with what was published. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Ceremonies {
    private static final int PAGE = 200;
    private static final int LEAST_THRESHOLD = 2;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    Clock clock = Clock.systemUTC();

    /** Who issues keys, and how far the newest ceremony is. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public AuthoritiesView view() throws IntegrityException {
        Hospital hospital = lanes.hospital();
        try {
            Optional<Council> council = hospital.keys().council();
            Optional<Proceedings> newest =
                    Proceedings.decode(hospital.keys().draft(Proceedings.DRAFT).content());
            CeremonyView ceremony = newest.isPresent() ? view(hospital, newest.get()) : null;
            if (council.isEmpty()) {
                return new AuthoritiesView("ONE", 0, 1, List.of(), null, null, null, ceremony);
            }
            Council known = council.get();
            return new AuthoritiesView(
                    "SEVERAL",
                    known.generation(),
                    known.threshold(),
                    known.seats().stream()
                            .map(seat -> new AuthoritiesView.Seat(seat.number(), seat.subject()))
                            .toList(),
                    known.since(),
                    Base64.getEncoder().encodeToString(known.parameters().encode()),
                    digest(known.parameters()),
                    ceremony);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static CeremonyView view(Hospital hospital, Proceedings at) throws GeneralSecurityException {
        boolean shown = at.state() == CeremonyState.RECEIVING;
        return at.view(shown ? digest(ceremony(hospital, at).parameters()) : null);
    }

    private static String digest(QuorumParameters parameters) {
        return HexFormat.of().formatHex(parameters.digest());
    }

    /** Everybody who could sit in a council: approved key authorities, by account. */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public List<Candidate> candidates() throws IntegrityException {
        List<Candidate> found = new ArrayList<>();
        try {
            String after = null;
            List<RegisteredPerson> page;
            do {
                page = lanes.hospital().persons().list(after, PAGE);
                for (RegisteredPerson person : page) {
                    after = person.subject();
                    if (person.mayActAs(Roles.KEY_AUTHORITY)) {
                        found.add(new Candidate(person.subject(), person.name()));
                    }
                }
            } while (page.size() == PAGE);
            return found;
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * Begins a ceremony. Until it is done, everything stays as it is.
     *
     * @param threshold how many authorities will have to act together, at least 2
     * @param members the accounts that will sit in the council, at most 16, each an approved key authority
     * @param dealers where there is a council: which of its members pass their shares on, at least as many as its threshold; empty for the
     *     first so many
     * @throws InvalidValueException if a number or an account cannot be taken
     * @throws CeremonyRefusedException if one is under way
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public CeremonyView begin(int threshold, List<String> members, List<String> dealers)
            throws InvalidValueException, CeremonyRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
            if (isUnderWay(draft)) {
                throw new CeremonyRefusedException(Why.UNDER_WAY);
            }
            if (hospital.keys().leaving().isPresent()) {
                throw new CeremonyRefusedException(Why.ROTATING);
            }
            List<Chair> chairs = chairs(hospital, members);
            if (threshold < LEAST_THRESHOLD || threshold > chairs.size()) {
                throw new InvalidValueException("threshold", "must be from 2 to the number of members");
            }
            Optional<Council> present = hospital.keys().council();
            List<Hand> hands =
                    present.isPresent() ? hands(present.get(), dealers) : List.of(Hand.waiting(1, Hand.HOSPITAL));
            Proceedings begun =
                    Proceedings.begun(present.isPresent(), threshold, now(), caller.subject(), chairs, hands);
            write(
                    hospital,
                    draft,
                    begun,
                    "CONVENE",
                    Map.of(
                            "threshold", Integer.toString(threshold),
                            "members", String.join(" ", members),
                            "dealers",
                                    String.join(
                                            " ",
                                            hands.stream().map(Hand::subject).toList())));
            return begun.view(null);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /** Whether a ceremony of this hospital has begun and not ended: what it deals must stay as it is. */
    public static boolean isUnderWay(Hospital hospital) throws GeneralSecurityException {
        return isUnderWay(hospital.keys().draft(Proceedings.DRAFT));
    }

    private static boolean isUnderWay(Keyring.Draft draft) throws GeneralSecurityException {
        return Proceedings.decode(draft.content())
                .filter(one -> one.state().isUnderWay())
                .isPresent();
    }

    private static List<Chair> chairs(Hospital hospital, List<String> members)
            throws InvalidValueException, GeneralSecurityException {
        Set<String> distinct = new LinkedHashSet<>(members);
        if (distinct.size() != members.size() || distinct.size() > Council.MOST_SEATS) {
            throw new InvalidValueException("members", "must be at most 16, each once");
        }
        List<Chair> chairs = new ArrayList<>();
        for (String member : distinct) {
            RegisteredPerson person = hospital.persons().find(member).orElse(null);
            if (person == null || !person.mayActAs(Roles.KEY_AUTHORITY)) {
                throw new InvalidValueException("members", "must be approved key authorities");
            }
            chairs.add(Chair.empty(chairs.size() + 1, member, person.name()));
        }
        return chairs;
    }

    private static List<Hand> hands(Council present, List<String> dealers) throws InvalidValueException {
        List<Council.Seat> dealing = new ArrayList<>();
        for (String dealer : new LinkedHashSet<>(dealers)) {
            dealing.add(present.seatOf(dealer)
                    .orElseThrow(() -> new InvalidValueException("dealers", "must sit in the present council")));
        }
        if (dealing.isEmpty()) {
            dealing.addAll(present.seats().subList(0, present.threshold()));
        }
        if (dealing.size() < present.threshold()) {
            throw new InvalidValueException("dealers", "must be as many as the present council's threshold");
        }
        return dealing.stream()
                .map(seat -> Hand.waiting(seat.number(), seat.subject()))
                .toList();
    }

    /**
     * Takes the caller's seat. When all are taken and it is the hospital that gives its master key away, it deals before this returns.
     *
     * @return the seat's key, which is shown now and never again: the member needs it for her share and for every key she helps to issue
     * @throws NoSuchCeremonyException if it is not the newest
     * @throws CeremonyRefusedException if the caller is no member, or has her seat
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public SeatTicket takeSeat(UUID ceremony)
            throws NoSuchCeremonyException, CeremonyRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
            Proceedings at = at(draft, ceremony);
            Chair chair = at.chairOf(caller.subject()).orElseThrow(() -> new CeremonyRefusedException(Why.NOT_YOURS));
            if (at.state() != CeremonyState.SEATING || chair.isTaken()) {
                throw new CeremonyRefusedException(Why.NOT_NOW);
            }
            SeatKey key = SeatKey.random();
            Proceedings next = at.with(chair.taken(at.id(), key));
            if (next.allTaken()) {
                next = next.in(CeremonyState.DEALING);
            }
            write(hospital, draft, next, "SEAT", Map.of("seat", Integer.toString(chair.number())));
            if (next.state() == CeremonyState.DEALING && !next.isRenewal()) {
                next = dealtByTheHospital(hospital, next);
            }
            return new SeatTicket(view(hospital, next), key);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private Proceedings dealtByTheHospital(Hospital hospital, Proceedings seated)
            throws GeneralSecurityException, CeremonyRefusedException {
        Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
        Dealer dealer = hospital.keys().dealer(seated.quorum());
        Hand hand = seated.hands().get(0).dealt(seated.id(), dealer, seated.chairs());
        Proceedings dealt = seated.with(hand).in(CeremonyState.RECEIVING);
        write(hospital, draft, dealt, "DEAL", published(hand));
        return dealt;
    }

    private static Map<String, String> published(Hand hand) {
        return Map.of(
                "dealer", hand.subject(),
                "dealing", HexFormat.of().formatHex(Digests.sha256(hand.published())));
    }

    /**
     * Passes the caller's share on: as a member of the present council, she deals it to the next.
     *
     * @param seatKey the key of her present seat
     * @throws NoSuchCeremonyException if it is not the newest
     * @throws CeremonyRefusedException if it is not her turn, or not her key
     * @throws TypingErrorException if the key was mistyped
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public CeremonyView deal(UUID ceremony, String seatKey)
            throws NoSuchCeremonyException, CeremonyRefusedException, TypingErrorException, StepUpRequiredException,
                    IntegrityException {
        lanes.requireFreshSignIn();
        SeatKey key = SeatKey.parse(seatKey);
        Hospital hospital = lanes.hospital();
        try {
            Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
            Proceedings at = at(draft, ceremony);
            Hand hand = at.handOf(caller.subject()).orElseThrow(() -> new CeremonyRefusedException(Why.NOT_YOURS));
            Council present = hospital.keys().council().orElse(null);
            if (at.state() != CeremonyState.DEALING || hand.hasDealt() || present == null) {
                throw new CeremonyRefusedException(Why.NOT_NOW);
            }
            Council.Seat seat =
                    present.seatOf(caller.subject()).orElseThrow(() -> new CeremonyRefusedException(Why.NOT_YOURS));
            List<Integer> dealers = at.hands().stream().map(Hand::number).toList();
            Dealer dealer = Dealer.renewing(opened(present, seat, key), dealers, at.quorum());
            Hand dealt = hand.dealt(at.id(), dealer, at.chairs());
            Proceedings next = at.with(dealt);
            if (next.allDealt()) {
                next = next.in(CeremonyState.RECEIVING);
            }
            write(hospital, draft, next, "DEAL", published(dealt));
            return view(hospital, next);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static AuthorityShare opened(Council council, Council.Seat seat, SeatKey key)
            throws CeremonyRefusedException {
        try {
            return council.open(seat, key);
        } catch (GeneralSecurityException anotherKey) {
            throw new CeremonyRefusedException(Why.WRONG_SEAT_KEY);
        }
    }

    /**
     * Puts the caller's share together from what was dealt to her, after checking it against what the dealers committed to. When she is
     * the last, the council takes office: the master key, or the shares of the council before, count no more.
     *
     * @param seatKey the key of her seat to come
     * @throws NoSuchCeremonyException if it is not the newest
     * @throws CeremonyRefusedException if it is not her turn, or not her key
     * @throws TypingErrorException if the key was mistyped
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public CeremonyView receive(UUID ceremony, String seatKey)
            throws NoSuchCeremonyException, CeremonyRefusedException, TypingErrorException, StepUpRequiredException,
                    IntegrityException {
        lanes.requireFreshSignIn();
        SeatKey key = SeatKey.parse(seatKey);
        Hospital hospital = lanes.hospital();
        try {
            Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
            Proceedings at = at(draft, ceremony);
            Chair chair = at.chairOf(caller.subject()).orElseThrow(() -> new CeremonyRefusedException(Why.NOT_YOURS));
            if (at.state() != CeremonyState.RECEIVING || chair.hasReceived()) {
                throw new CeremonyRefusedException(Why.NOT_NOW);
            }
            PersonKey pair = opened(at, chair, key);
            try {
                KeyCeremony agreed = ceremony(hospital, at);
                AuthorityShare share = agreed.receive(chair.number(), dealt(at, chair, pair));
                return received(
                        hospital, draft, at.with(chair.holding(share, agreed.parameters(), key)), agreed.parameters());
            } catch (CheatingDealerException cheat) {
                return failed(hospital, draft, at, cheat);
            }
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static PersonKey opened(Proceedings at, Chair chair, SeatKey key) throws CeremonyRefusedException {
        try {
            return chair.open(at.id(), key);
        } catch (GeneralSecurityException anotherKey) {
            throw new CeremonyRefusedException(Why.WRONG_SEAT_KEY);
        }
    }

    private static List<DealtShare> dealt(Proceedings at, Chair chair, PersonKey pair) throws GeneralSecurityException {
        List<DealtShare> shares = new ArrayList<>();
        for (Hand hand : at.hands()) {
            try {
                shares.add(chair.opened(at.id(), pair, hand.number(), hand.sealedFor(chair)));
            } catch (GeneralSecurityException garbage) {
                throw new CheatingDealerException(hand.number());
            }
        }
        return shares;
    }

    private static KeyCeremony ceremony(Hospital hospital, Proceedings at) throws GeneralSecurityException {
        return at.ceremony(
                hospital.keys().parameters(), hospital.keys().council().orElse(null));
    }

    private CeremonyView received(Hospital hospital, Keyring.Draft draft, Proceedings next, QuorumParameters parameters)
            throws GeneralSecurityException, CeremonyRefusedException {
        String digest = digest(parameters);
        if (!next.allReceived()) {
            write(hospital, draft, next, "RECEIVE", Map.of("quorum", digest));
            return next.view(digest);
        }
        int generation = hospital.keys().council().map(Council::generation).orElse(0) + 1;
        Council council = new Council(
                parameters,
                generation,
                now(),
                next.chairs().stream().map(Chair::seat).toList());
        Proceedings done = next.ended(CeremonyState.DONE, "");
        AuditEvent audit = event(
                hospital, done, "CONSTITUTE", Map.of("quorum", digest, "generation", Integer.toString(generation)));
        try {
            hospital.keys().install(council, draft, done.encode(), audit);
        } catch (StoreConflictException changed) {
            throw new CeremonyRefusedException(Why.CHANGED);
        }
        return done.view(digest);
    }

    private CeremonyView failed(Hospital hospital, Keyring.Draft draft, Proceedings at, CheatingDealerException cheat)
            throws CeremonyRefusedException {
        String cheater = at.hands().stream()
                .filter(hand -> hand.number() == cheat.dealer())
                .findFirst()
                .map(Hand::subject)
                .orElse(Hand.HOSPITAL);
        Proceedings failed = at.ended(CeremonyState.FAILED, cheater);
        write(hospital, draft, failed, "CHEAT", Map.of("dealer", cheater));
        possession.reportCheatingAuthority(caller.credentials(), cheater);
        return failed.view(null);
    }

    /**
     * Gives a ceremony up. Nothing that counted before has changed.
     *
     * @throws NoSuchCeremonyException if it is not the newest
     * @throws CeremonyRefusedException if it has ended
     * @throws StepUpRequiredException if the caller's proof is too old
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public CeremonyView abandon(UUID ceremony)
            throws NoSuchCeremonyException, CeremonyRefusedException, StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        Hospital hospital = lanes.hospital();
        try {
            Keyring.Draft draft = hospital.keys().draft(Proceedings.DRAFT);
            Proceedings at = at(draft, ceremony);
            if (!at.state().isUnderWay()) {
                throw new CeremonyRefusedException(Why.NOT_NOW);
            }
            Proceedings given = at.ended(CeremonyState.ABANDONED, "");
            write(hospital, draft, given, "DISSOLVE", Map.of());
            return given.view(null);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    /**
     * The caller's share as it is kept for her, in base 64: with her seat key it opens in a program of her own (docs/SEALS.md).
     *
     * @throws NoSuchCeremonyException if she has no seat
     */
    @RolesAllowed(Roles.KEY_AUTHORITY)
    public String sealedShare() throws NoSuchCeremonyException, IntegrityException {
        try {
            byte[] sealed = lanes.hospital()
                    .keys()
                    .council()
                    .flatMap(council -> council.seatOf(caller.subject()))
                    .map(Council.Seat::sealedShare)
                    .orElseThrow(NoSuchCeremonyException::new);
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static Proceedings at(Keyring.Draft draft, UUID ceremony)
            throws NoSuchCeremonyException, GeneralSecurityException {
        return Proceedings.decode(draft.content())
                .filter(one -> one.id().equals(ceremony))
                .orElseThrow(NoSuchCeremonyException::new);
    }

    private void write(
            Hospital hospital, Keyring.Draft draft, Proceedings next, String action, Map<String, String> details)
            throws CeremonyRefusedException {
        try {
            hospital.keys().redraft(draft, next.encode(), event(hospital, next, action, details));
        } catch (StoreConflictException changed) {
            throw new CeremonyRefusedException(Why.CHANGED);
        }
    }

    private AuditEvent event(Hospital hospital, Proceedings at, String action, Map<String, String> details) {
        return hospital.event(caller.credentials(), action, at.id(), details);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
