package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.emergency.Emergency;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.emergency.EmergencyView;
import org.sosia.emergency.NoSuchEmergencyException;
import org.sosia.identity.Caller;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the page on which a doctor breaks the glass, and on which a colleague who is a trustee answers. */
@Named("breakGlass")
@ViewScoped
public class BreakGlassView implements Serializable {
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

    private @Nullable String patient;
    private String reason = "";

    /** Pleads for the patient's records. */
    public void plead() throws NoSuchPatientException, IntegrityException {
        UUID id = Identifiers.parse(patient).orElseThrow(NoSuchPatientException::new);
        try {
            emergency.plead(id, reason);
            screen.warn("emergency.asked");
            reason = "";
        } catch (EmergencyRefusedException refused) {
            screen.refuse("emergency.refused");
        }
    }

    /** Answers somebody's plea. */
    public void answer(UUID plea) throws NoSuchEmergencyException, StepUpRequiredException, IntegrityException {
        try {
            emergency.answer(plea);
            screen.done("emergency.answered");
        } catch (EmergencyRefusedException refused) {
            screen.refuse("emergency.refused");
        }
    }

    /** Ends one's own plea. */
    public void end(UUID plea) throws NoSuchEmergencyException {
        emergency.end(plea);
        screen.done("emergency.ended");
    }

    /** Whether a plea is the caller's own: she ends it, and cannot answer it. */
    public boolean isMine(EmergencyView plea) {
        return plea.requester().equals(caller.subject());
    }

    /** What a plea opens: the newest records of its patient. */
    public List<RecordView> records(EmergencyView plea) throws InvalidValueException {
        return retrieval.list(plea.patient(), null, null, RECORDS).items();
    }

    /** Pleas that concern the caller, newest first. */
    public List<EmergencyView> getPleas() throws IntegrityException {
        return emergency.list();
    }

    public @Nullable String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
