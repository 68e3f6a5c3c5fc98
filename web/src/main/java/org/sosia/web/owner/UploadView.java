package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.records.Sensitivity;
import org.sosia.refusal.InvalidValueException;
import org.sosia.upload.ContentFault;
import org.sosia.web.shell.Formats;
import org.sosia.web.shell.Identifiers;

/** Backs the page on which an owner hands a file in; the bytes themselves go another way, past the page's state. */
@Named("upload")
@ViewScoped
public class UploadView implements Serializable {
    /** As many as one reads before one types another letter. */
    private static final int PATIENTS_OFFERED = 20;

    /** How often a search that ends early goes on by itself; a door opens some 2,000 files in one go. */
    private static final int SEARCHES = 5;

    /** What the upload can answer, by the names of its problems; a value's with the field it is about. */
    private static final List<String> REFUSALS = List.of(
            "empty-file",
            "unsupported-content",
            "too-large",
            "no-such-patient",
            "policy-syntax",
            "attribute-unheld",
            "invalid-value",
            "invalid-value.keywords",
            "invalid-value.filename",
            "interrupted-upload",
            "truncated-body",
            "store-unavailable",
            "too-many-uploads",
            "forbidden");

    @Inject
    Patients patients;

    @Inject
    Formats show;

    private final HashMap<String, String> labels = new HashMap<>();
    private boolean searchedAll = true;
    private final PolicyDraft draft = new PolicyDraft();
    private @Nullable String patient;

    /** The patients, by their ids, in whose names what was typed so far is: one more than are offered when there are more. */
    public List<String> suggest(String typed) throws InvalidValueException, IntegrityException {
        List<String> found = new ArrayList<>();
        String place = null;
        int searches = 0;
        do {
            var page = patients.search(typed, place, PATIENTS_OFFERED + 1 - found.size());
            page.items().forEach(each -> found.add(remembered(each)));
            place = page.next();
            searches++;
        } while (place != null && found.size() <= PATIENTS_OFFERED && searches < SEARCHES);
        searchedAll = place == null;
        return found;
    }

    /** How a patient reads in the list: by name and day of birth. */
    public String label(@Nullable String id) throws IntegrityException {
        var known = Identifiers.parse(id);
        if (id == null || known.isEmpty()) {
            return "";
        }
        if (!labels.containsKey(id)) {
            try {
                remembered(patients.get(known.get()));
            } catch (NoSuchPatientException gone) {
                return "";
            }
        }
        return labels.getOrDefault(id, "");
    }

    private String remembered(PatientView each) {
        var id = each.id().toString();
        labels.put(id, each.details().name() + " · " + show.day(each.details().birthDate()));
        return id;
    }

    /** What to say when nobody was found: whether everybody was looked at. */
    public boolean isSearchedAll() {
        return searchedAll;
    }

    public int getOffered() {
        return PATIENTS_OFFERED;
    }

    public List<String> getRefusals() {
        return REFUSALS;
    }

    public ContentFault[] getFaults() {
        return ContentFault.values();
    }

    public PolicySyntaxException.Expected[] getExpectations() {
        return PolicySyntaxException.Expected.values();
    }

    public Sensitivity[] getSensitivities() {
        return Sensitivity.values();
    }

    public PolicyDraft getDraft() {
        return draft;
    }

    public @Nullable String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient;
    }
}
