package org.sosia.web.shell;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.sharing.DoctorView;
import org.sosia.sharing.Referrals;

/** Backs the field in which one doctor of the hospital is chosen by name or department, on whatever page it stands. */
@Named("doctor")
@ViewScoped
public class DoctorChoice implements Serializable {
    @Inject
    Referrals referrals;

    private final HashMap<String, String> labels = new HashMap<>();
    private @Nullable String account;

    /** Doctors, by their accounts, in whose name or department what was typed so far is. */
    public List<String> suggest(String typed) throws IntegrityException {
        List<String> found = new ArrayList<>();
        for (DoctorView doctor : referrals.doctors(typed)) {
            labels.put(doctor.subject(), label(doctor));
            found.add(doctor.subject());
        }
        return found;
    }

    private static String label(DoctorView doctor) {
        return doctor.departments().isEmpty()
                ? doctor.name()
                : doctor.name() + " · " + String.join(", ", doctor.departments());
    }

    /** How a doctor who was suggested reads. */
    public String label(@Nullable String doctor) {
        return doctor == null ? "" : labels.getOrDefault(doctor, "");
    }

    /** The account of who was chosen; null before. */
    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = account == null || account.isBlank() ? null : account;
    }
}
