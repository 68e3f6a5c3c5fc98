package org.sosia.web.owner;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.web.shell.Screen;

/** Backs the dialog in which an owner deletes a patient with everything about them. */
@Named("patientDeletion")
@RequestScoped
public class PatientDeletion {
    @Inject
    Patients patients;

    @Inject
    Screen screen;

    /** Deletes the patient and goes back to the list. */
    public void delete(PatientView patient) throws NoSuchPatientException, IntegrityException {
        patients.delete(patient.id());
        screen.done("owner.patient.deleted");
        screen.goTo("/owner/patients.xhtml");
    }
}
