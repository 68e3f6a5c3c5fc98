package org.sosia.web.authority;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.ceremony.AuthoritiesView;
import org.sosia.ceremony.Candidate;
import org.sosia.ceremony.Ceremonies;
import org.sosia.ceremony.CeremonyRefusedException;
import org.sosia.ceremony.CeremonyState;
import org.sosia.ceremony.CeremonyView;
import org.sosia.ceremony.NoSuchCeremonyException;
import org.sosia.ceremony.SeatTicket;
import org.sosia.crypto.grant.TypingErrorException;
import org.sosia.identity.Caller;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.shell.Screen;
import org.sosia.web.shell.Words;

/** Backs the page on which key authorities come together as a council. */
@Named("council")
@ViewScoped
public class CouncilView implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Ceremonies ceremonies;

    @Inject
    Screen screen;

    @Inject
    Words words;

    @Inject
    Caller caller;

    @Inject
    SeatRevealed revealed;

    private transient @Nullable AuthoritiesView now;
    private transient @Nullable List<Candidate> candidates;
    private int threshold = 2;
    private List<String> members = List.of();
    private List<String> dealers = List.of();
    private @Nullable String seatKey;

    /** One step of a ceremony. */
    @FunctionalInterface
    private interface Step {
        void take(CeremonyView ceremony)
                throws NoSuchCeremonyException, CeremonyRefusedException, TypingErrorException, StepUpRequiredException,
                        IntegrityException;
    }

    /** Begins a ceremony with the chosen members. */
    public void begin() throws StepUpRequiredException, IntegrityException {
        try {
            ceremonies.begin(threshold, members, dealers);
            screen.done("council.begun");
        } catch (InvalidValueException refused) {
            screen.refuse("council.rule." + refused.field());
        } catch (CeremonyRefusedException refused) {
            screen.refuse(word(refused));
        }
        refresh();
    }

    /** Takes the reader's seat; its key is in {@link SeatRevealed}. */
    public void takeSeat() throws StepUpRequiredException, IntegrityException {
        step(ceremony -> {
            SeatTicket ticket = ceremonies.takeSeat(ceremony.id());
            revealed.show(ticket.revealSeatKey());
        });
    }

    /** Passes the reader's present share on. */
    public void deal() throws StepUpRequiredException, IntegrityException {
        step(ceremony -> ceremonies.deal(ceremony.id(), typed()));
    }

    /** Puts the reader's share together. */
    public void receive() throws StepUpRequiredException, IntegrityException {
        step(ceremony -> {
            CeremonyView after = ceremonies.receive(ceremony.id(), typed());
            if (after.state() == CeremonyState.FAILED) {
                screen.warn("council.failed", after.cheater() == null ? "" : after.cheater());
            } else {
                screen.done(after.state() == CeremonyState.DONE ? "council.done" : "council.received");
            }
        });
    }

    /** Gives the ceremony up. */
    public void abandon() throws StepUpRequiredException, IntegrityException {
        step(ceremony -> ceremonies.abandon(ceremony.id()));
    }

    private void step(Step step) throws StepUpRequiredException, IntegrityException {
        CeremonyView ceremony = getCeremony();
        try {
            if (ceremony != null) {
                step.take(ceremony);
            }
        } catch (TypingErrorException slip) {
            screen.refuse("council.typing-error");
        } catch (CeremonyRefusedException refused) {
            screen.refuse(word(refused));
        } catch (NoSuchCeremonyException changed) {
            screen.refuse("council.why.changed");
        }
        seatKey = null;
        refresh();
    }

    private static String word(CeremonyRefusedException refused) {
        return "council.why." + Words.code(refused.why());
    }

    private String typed() {
        return seatKey == null ? "" : seatKey;
    }

    /** Looks again at what may have changed by itself. */
    public void refresh() {
        now = null;
    }

    /** The same for a page that is open; what somebody types into a step is left alone while that is the step to take. */
    public void look() throws IntegrityException {
        String before = step();
        refresh();
        if (!step().equals(before)) {
            FacesContext.getCurrentInstance()
                    .getPartialViewContext()
                    .getRenderIds()
                    .addAll(List.of("step", "begin"));
        }
    }

    /** Which step the page offers. */
    private String step() throws IntegrityException {
        return isToSit() ? "sit" : isToDeal() ? "deal" : isToReceive() ? "receive" : isUnderWay() ? "wait" : "begin";
    }

    /** What comes next, and whom it waits for. */
    public String getNext() throws IntegrityException {
        CeremonyView ceremony = getCeremony();
        if (ceremony == null) {
            return "";
        }
        return switch (step()) {
            case "wait" -> words.get("council.next.wait", waitedFor(ceremony));
            case "begin" -> words.get("council.next." + ceremony.state().name().toLowerCase(Locale.ROOT));
            default -> words.get("council.next." + step());
        };
    }

    private static String waitedFor(CeremonyView ceremony) {
        return switch (ceremony.state()) {
            case SEATING -> names(ceremony, member -> !member.seated());
            case DEALING ->
                ceremony.dealers().stream()
                        .filter(dealer -> dealer.dealing() == null)
                        .map(dealer -> name(ceremony, dealer.subject()))
                        .collect(Collectors.joining(", "));
            default -> names(ceremony, member -> !member.received());
        };
    }

    private static String names(CeremonyView ceremony, Predicate<CeremonyView.Member> which) {
        return ceremony.members().stream()
                .filter(which)
                .map(CeremonyView.Member::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(CeremonyView ceremony, String subject) {
        return ceremony.members().stream()
                .filter(member -> member.subject().equals(subject))
                .findFirst()
                .map(CeremonyView.Member::name)
                .orElse(subject);
    }

    /** Who issues keys. */
    public AuthoritiesView getNow() throws IntegrityException {
        AuthoritiesView known = now;
        if (known == null) {
            known = ceremonies.view();
            now = known;
        }
        return known;
    }

    /** The newest ceremony, or null. */
    public @Nullable CeremonyView getCeremony() throws IntegrityException {
        return getNow().ceremony();
    }

    /** Whether a ceremony is under way. */
    public boolean isUnderWay() throws IntegrityException {
        return isIn(CeremonyState.SEATING) || isIn(CeremonyState.DEALING) || isIn(CeremonyState.RECEIVING);
    }

    /** Whether it is the reader's turn to take a seat. */
    public boolean isToSit() throws IntegrityException {
        CeremonyView ceremony = getCeremony();
        return ceremony != null
                && isIn(CeremonyState.SEATING)
                && ceremony.members().stream()
                        .anyMatch(member -> member.subject().equals(caller.subject()) && !member.seated());
    }

    /** Whether it is the reader's turn to deal. */
    public boolean isToDeal() throws IntegrityException {
        CeremonyView ceremony = getCeremony();
        return ceremony != null
                && isIn(CeremonyState.DEALING)
                && ceremony.dealers().stream()
                        .anyMatch(dealer -> dealer.subject().equals(caller.subject()) && dealer.dealing() == null);
    }

    /** Whether it is the reader's turn to receive. */
    public boolean isToReceive() throws IntegrityException {
        CeremonyView ceremony = getCeremony();
        return ceremony != null
                && isIn(CeremonyState.RECEIVING)
                && ceremony.members().stream()
                        .anyMatch(member -> member.subject().equals(caller.subject()) && !member.received());
    }

    private boolean isIn(CeremonyState state) throws IntegrityException {
        CeremonyView ceremony = getCeremony();
        return ceremony != null && ceremony.state() == state;
    }

    /** Who could sit in a council. */
    public List<Candidate> getCandidates() throws IntegrityException {
        List<Candidate> known = candidates;
        if (known == null) {
            known = ceremonies.candidates();
            candidates = known;
        }
        return known;
    }

    /** What somebody is called who sits in the council, or the account when nobody of that account is a key authority any more. */
    public String name(String subject) throws IntegrityException {
        return getCandidates().stream()
                .filter(each -> each.subject().equals(subject))
                .map(Candidate::name)
                .findFirst()
                .orElse(subject);
    }

    public int getThreshold() {
        return threshold;
    }

    public void setThreshold(int threshold) {
        this.threshold = threshold;
    }

    public List<String> getMembers() {
        return members;
    }

    public void setMembers(List<String> members) {
        this.members = List.copyOf(members);
    }

    public List<String> getDealers() {
        return dealers;
    }

    public void setDealers(List<String> dealers) {
        this.dealers = List.copyOf(dealers);
    }

    /** Never written back into the page. */
    public @Nullable String getSeatKey() {
        return null;
    }

    public void setSeatKey(@Nullable String seatKey) {
        this.seatKey = seatKey;
    }
}
