package org.sosia.web.doctor;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.web.shell.CursorModel;

/** Backs the doctor's list of patients. */
@Named("doctorPatients")
@ViewScoped
public class PatientsView implements Serializable {
    @Inject
    Patients patients;

    private final CursorModel<PatientView> rows = new CursorModel<>((after, limit) -> patients.list(after, limit));

    /** The patients, page by page. */
    public CursorModel<PatientView> getRows() {
        return rows;
    }
}
