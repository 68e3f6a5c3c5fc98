package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.web.shell.CursorModel;

/** Backs the owner's list of patients. */
@Named("ownerPatients")
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
