package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.emergency.Emergency;
import org.sosia.emergency.EmergencyRefusedException;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.Patients;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.PleasView;
import org.sosia.web.shell.Screen;

/** Backs the card on which a doctor breaks the glass for one patient. */
@Named("breakGlass")
@ViewScoped
public class BreakGlassView implements Serializable {
    @Inject
    Emergency emergency;

    @Inject
    Patients patients;

    @Inject
    PleasView pleas;

    @Inject
    Screen screen;

    private @Nullable String patient;
    private String patientName = "";
    private String reason = "";

    /** Reads whom it is about, if it is about somebody: nobody breaks the glass for the wrong patient. */
    public void load() throws NoSuchPatientException, IntegrityException {
        if (patient != null) {
            patientName = patients.get(identifier()).details().name();
        }
    }

    /** Pleads for the patient's records. */
    public void plead() throws NoSuchPatientException, IntegrityException {
        try {
            emergency.plead(identifier(), reason);
            screen.warn("emergency.asked");
            reason = "";
            pleas.refresh();
        } catch (InvalidValueException noReason) {
            screen.refuseAt("plead:reason", "emergency.rule.reason");
        } catch (EmergencyRefusedException refused) {
            pleas.refuse(refused);
        }
    }

    private UUID identifier() throws NoSuchPatientException {
        return Identifiers.parse(patient).orElseThrow(NoSuchPatientException::new);
    }

    public @Nullable String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient;
    }

    public String getPatientName() {
        return patientName;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
