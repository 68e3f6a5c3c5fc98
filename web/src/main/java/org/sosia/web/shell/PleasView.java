package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.emergency.Emergency;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.emergency.EmergencyState;
import org.sosia.emergency.EmergencyView;
import org.sosia.emergency.NoSuchEmergencyException;
import org.sosia.identity.Caller;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;

/**
 * Backs the list of emergencies: a doctor's own, those that a trustee can answer, those that a patient, an owner or the security
 * desk has to know of.
 *
 * <p>A button names the plea that it stands beside: one that came in between must not be answered in the place of the one that
 * somebody read.
 */
@Named("pleas")
@ViewScoped
public class PleasView implements Serializable {
    /** As many as an emergency opens. */
    private static final int RECORDS = 100;

    @Inject
    Emergency emergency;

    @Inject
    Retrieval retrieval;

    @Inject
    Caller caller;

    @Inject
    Screen screen;

    @Inject
    Words words;

    private transient @Nullable List<EmergencyView> rows;

    /** Agrees to the plea of this number, wherever it stands in the list by now. */
    public void answer(String plea) throws NoSuchEmergencyException, StepUpRequiredException, IntegrityException {
        try {
            EmergencyView answered = emergency.answer(numbered(plea));
            screen.done("emergency.answered", answered.requesterName());
        } catch (EmergencyRefusedException refused) {
            refuse(refused);
        }
        refresh();
    }

    /** Says why a plea or an answer was not taken, and whom to call. */
    public void refuse(EmergencyRefusedException refused) {
        screen.refuse(
                "emergency.refused." + Words.code(refused.why()),
                contact(refused.contact().orElse(null)));
    }

    /** Whom to call, in the reader's language where the hospital names nobody. */
    public String contact(@Nullable String named) {
        return named == null ? words.get("emergency.switchboard") : named;
    }

    private static UUID numbered(String plea) throws NoSuchEmergencyException {
        return Identifiers.parse(plea).orElseThrow(NoSuchEmergencyException::new);
    }

    /** Ends the plea of this number before its time. */
    public void end(String plea) throws NoSuchEmergencyException {
        emergency.end(numbered(plea));
        screen.done("emergency.ended");
        refresh();
    }

    /** Looks again. */
    public void refresh() {
        rows = null;
    }

    /** Pleas that concern the caller, newest first. */
    public List<EmergencyView> getRows() throws IntegrityException {
        List<EmergencyView> known = rows;
        if (known == null) {
            known = emergency.list();
            rows = known;
        }
        return known;
    }

    /** Whether the caller's session reads by this plea. */
    public boolean opens(EmergencyView plea) {
        return plea.state() == EmergencyState.OPEN && plea.requester().equals(caller.subject());
    }

    /** What a plea opens: the newest records of its patient. */
    public List<RecordView> records(EmergencyView plea) throws InvalidValueException {
        UUID patient = plea.patient();
        return retrieval.list(patient, null, null, RECORDS).items();
    }
}
