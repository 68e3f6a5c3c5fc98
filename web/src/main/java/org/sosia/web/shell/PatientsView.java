package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;

/** Backs a list of patients: an owner's own, or for a doctor the whole hospital's. */
@Named("patientList")
@ViewScoped
public class PatientsView implements Serializable {
    @Inject
    Patients patients;

    private String name = "";
    private final CursorModel<PatientView> rows =
            new CursorModel<>((after, limit) -> patients.search(name, after, limit));

    /** The patients, page by page. */
    public CursorModel<PatientView> getRows() {
        return rows;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name == null ? "" : name;
    }
}
