package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;

/** Backs the page of one patient, an owner's and a doctor's: what her file says, and her records. */
@Named("patientFile")
@ViewScoped
public class PatientFileView implements Serializable {
    @Inject
    Patients patients;

    @Inject
    Retrieval retrieval;

    private @Nullable String id;
    private @Nullable String kind;
    private transient @Nullable PatientView patient;
    private final CursorModel<RecordView> records =
            new CursorModel<>((after, limit) -> retrieval.list(identifier(), kind, after, limit));

    /** Reads the file. */
    public void load() throws NoSuchPatientException, IntegrityException {
        patient = patients.get(identifier());
    }

    private UUID identifier() throws NoSuchPatientException {
        return Identifiers.parse(id).orElseThrow(NoSuchPatientException::new);
    }

    /** The patient; read again where the page came back without her. */
    public PatientView getPatient() throws NoSuchPatientException, IntegrityException {
        var read = patient;
        if (read == null) {
            read = patients.get(identifier());
            patient = read;
        }
        return read;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind;
    }

    public CursorModel<RecordView> getRecords() {
        return records;
    }
}
