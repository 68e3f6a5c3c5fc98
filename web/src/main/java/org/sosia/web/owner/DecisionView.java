package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.sharing.Handover;
import org.sosia.sharing.NoPersonKeyException;
import org.sosia.sharing.NoSuchGrantException;
import org.sosia.sharing.NoSuchRequestException;
import org.sosia.sharing.RequestDecidedException;
import org.sosia.sharing.RequestView;
import org.sosia.sharing.Sharing;
import org.sosia.web.shell.Screen;

/** Backs the dialogs in which an owner approves, denies or takes back; what is shown once goes to {@link Revealed} and not here. */
@Named("decision")
@ViewScoped
public class DecisionView implements Serializable {
    private static final List<Duration> TERMS = List.of(
            Duration.ofHours(1), Duration.ofHours(8), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

    @Inject
    Sharing sharing;

    @Inject
    Screen screen;

    @Inject
    Revealed revealed;

    private @Nullable UUID request;
    private @Nullable UUID grant;
    private String who = "";
    private Duration term = Duration.ofHours(8);
    private Handover handover = Handover.SHOW;
    private @Nullable String reason;

    /** The dialogs are about this request from now on. */
    public void choose(RequestView chosen) {
        request = chosen.id();
        grant = chosen.grant();
        who = chosen.requesterName();
        term = Duration.ofHours(8);
        handover = Handover.SHOW;
        reason = null;
    }

    /** Approves; a partial key to be shown is in {@link Revealed} for this one answer. */
    public void approve() throws NoSuchRequestException, StepUpRequiredException, IntegrityException {
        try {
            var approval = sharing.approve(chosen(), Instant.now().plus(term), handover);
            approval.partialKey().ifPresent(revealed::show);
            PrimeFaces.current().ajax().addCallbackParam("revealed", revealed.isKey());
            screen.done(
                    approval.partialKey().isPresent() ? "decision.approved-shown" : "decision.approved-sealed", who);
        } catch (RequestDecidedException decided) {
            screen.refuse("decision.decided");
        } catch (InvalidValueException refused) {
            screen.refuse("decision.refused");
        } catch (NoPersonKeyException unregistered) {
            screen.refuse("decision.no-key", who);
        }
    }

    /** Denies, with the reason given. */
    public void deny() throws NoSuchRequestException, IntegrityException {
        try {
            sharing.deny(chosen(), reason == null ? "" : reason);
            screen.done("decision.denied", who);
        } catch (RequestDecidedException decided) {
            screen.refuse("decision.decided");
        } catch (InvalidValueException refused) {
            screen.refuse("decision.refused");
        }
    }

    /** Takes the grant back; the receipt is in {@link Revealed}. */
    public void revoke() throws NoSuchGrantException, IntegrityException {
        var taken = grant;
        if (taken == null) {
            throw new NoSuchGrantException();
        }
        revealed.show(sharing.revoke(taken));
        screen.done("decision.revoked", who);
    }

    private UUID chosen() throws NoSuchRequestException {
        var id = request;
        if (id == null) {
            throw new NoSuchRequestException();
        }
        return id;
    }

    public List<Duration> getTerms() {
        return TERMS;
    }

    public Handover[] getHandovers() {
        return Handover.values();
    }

    public String getWho() {
        return who;
    }

    public String getTerm() {
        return term.toString();
    }

    public void setTerm(String term) {
        this.term = Duration.parse(term);
    }

    public Handover getHandover() {
        return handover;
    }

    public void setHandover(Handover handover) {
        this.handover = handover;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
