package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.PatientView;
import org.sosia.patients.Patients;
import org.sosia.records.Sensitivity;
import org.sosia.registration.Registrations;

/** Backs the page on which an owner hands a file in; the bytes themselves go another way, past the page's state. */
@Named("upload")
@ViewScoped
public class UploadView implements Serializable {
    /** As many as a list to choose from can bear; beyond, one starts from the patient's page. */
    private static final int PATIENTS_TO_CHOOSE = 200;

    /** What the upload can answer, by the names of its problems. */
    private static final List<String> REFUSALS = List.of(
            "empty-file",
            "unsupported-content",
            "too-large",
            "no-such-patient",
            "policy-syntax",
            "attribute-unheld",
            "invalid-value",
            "interrupted-upload",
            "truncated-body",
            "store-unavailable",
            "forbidden");

    @Inject
    Patients patients;

    @Inject
    Registrations registrations;

    private final PolicyBuilder builder = new PolicyBuilder();
    private @Nullable String patient;
    private @Nullable String attribute;
    private String policy = "";
    private @Nullable PolicyError error;
    private boolean understood;

    /** The text becomes what was chosen: the attribute is required beside the last ones. */
    public void require() {
        if (attribute != null) {
            builder.require(builder.groups().size() - 1, attribute);
            write(builder.text());
        }
    }

    /** The text becomes what was chosen: the attribute will do as well. */
    public void allowInstead() {
        if (attribute != null) {
            builder.allowInstead(attribute);
            write(builder.text());
        }
    }

    /** Takes a choice back. */
    public void drop(int group, String dropped) {
        builder.drop(group, dropped);
        write(builder.text());
    }

    /** Says whether the text is a policy, and if not, where it stops being one. */
    public void check() {
        write(policy);
    }

    private void write(String text) {
        policy = text;
        error = null;
        understood = false;
        if (!text.isBlank()) {
            try {
                AccessPolicy.parse(text);
                understood = true;
            } catch (PolicySyntaxException notUnderstood) {
                error = PolicyError.at(text, notUnderstood.position(), notUnderstood.expected());
            }
        }
    }

    /** The patients to choose from. */
    public List<PatientView> getPatients() throws IntegrityException {
        return patients.list(null, PATIENTS_TO_CHOOSE).items();
    }

    /** What a policy can sensibly name. */
    public Set<String> getAttributes() throws IntegrityException {
        return registrations.attributes();
    }

    public List<String> getRefusals() {
        return REFUSALS;
    }

    public Sensitivity[] getSensitivities() {
        return Sensitivity.values();
    }

    public List<List<String>> getGroups() {
        return builder.groups();
    }

    public @Nullable PolicyError getError() {
        return error;
    }

    public boolean isUnderstood() {
        return understood;
    }

    public @Nullable String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient;
    }

    public @Nullable String getAttribute() {
        return attribute;
    }

    public void setAttribute(@Nullable String attribute) {
        this.attribute = attribute;
    }

    public String getPolicy() {
        return policy;
    }

    public void setPolicy(@Nullable String policy) {
        this.policy = policy == null ? "" : policy;
    }
}
