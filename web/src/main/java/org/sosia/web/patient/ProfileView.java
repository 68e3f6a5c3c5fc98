package org.sosia.web.patient;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.web.shell.CursorModel;

/** Backs a patient's start page: what her file says of her, and her records. */
@Named("profile")
@ViewScoped
public class ProfileView implements Serializable {
    @Inject
    Patients patients;

    @Inject
    Retrieval retrieval;

    private @Nullable String kind;
    private final CursorModel<RecordView> records =
            new CursorModel<>((after, limit) -> retrieval.list(null, kind, after, limit));

    /** Her file, or null while no hospital has linked it to her account. */
    public @Nullable PatientView getPatient() throws InvalidValueException, IntegrityException {
        var own = patients.list(null, 1).items();
        return own.isEmpty() ? null : own.get(0);
    }

    public CursorModel<RecordView> getRecords() {
        return records;
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }
}
