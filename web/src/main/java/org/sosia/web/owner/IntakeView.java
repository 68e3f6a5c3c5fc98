package org.sosia.web.owner;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.keys.IntegrityException;
import org.sosia.patients.NoSuchPatientException;
import org.sosia.patients.PatientDetails;
import org.sosia.patients.Patients;
import org.sosia.refusal.InvalidValueException;
import org.sosia.web.shell.Identifiers;
import org.sosia.web.shell.Screen;

/** Backs the form on which an owner takes a patient in, or corrects what her file says. */
@Named("intake")
@ViewScoped
public class IntakeView implements Serializable {
    private static final Set<String> FIELDS =
            Set.of("name", "birthDate", "sex", "phone", "mail", "address", "pulse", "ecg", "symptoms", "account");

    @Inject
    Patients patients;

    @Inject
    Screen screen;

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable LocalDate birthDate;
    private @Nullable String sex;
    private @Nullable String phone;
    private @Nullable String mail;
    private @Nullable String address;
    private @Nullable Integer pulse;
    private @Nullable String ecg;
    private @Nullable String symptoms;
    private @Nullable String account;

    /** Fills the form with a patient's file where one is named. */
    public void load() throws NoSuchPatientException, IntegrityException {
        if (id != null) {
            fill(patients.get(identifier()).details());
        }
    }

    private void fill(PatientDetails details) {
        name = details.name();
        birthDate = details.birthDate();
        sex = details.sex();
        phone = details.phone();
        mail = details.mail();
        address = details.address();
        pulse = details.pulse();
        ecg = details.ecg();
        symptoms = String.join(", ", details.symptoms());
        account = details.account();
    }

    /** Stores the form and goes to the patient's page. */
    public void save() throws NoSuchPatientException, IntegrityException {
        try {
            UUID patient;
            if (id == null) {
                patient = patients.register(details());
                screen.done("intake.registered");
            } else {
                patient = identifier();
                patients.update(patient, details());
                screen.done("intake.updated");
            }
            screen.goTo("/owner/patient.xhtml?id=" + patient);
        } catch (InvalidValueException refused) {
            var field = FIELDS.contains(refused.field()) ? refused.field() : "name";
            screen.refuseAt("intake:" + field, "intake.rule." + field.toLowerCase(Locale.ROOT));
        }
    }

    private PatientDetails details() {
        return new PatientDetails(
                Optional.ofNullable(name).orElse(""),
                birthDate,
                sex,
                phone,
                mail,
                address,
                pulse,
                ecg,
                codes(symptoms),
                account);
    }

    /** Codes between commas, semicolons or spaces, in capitals. */
    static List<String> codes(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,;\\s]+"))
                        .filter(code -> !code.isEmpty())
                        .map(code -> code.toUpperCase(Locale.ROOT))
                        .distinct()
                        .toList();
    }

    private UUID identifier() throws NoSuchPatientException {
        return Identifiers.parse(id).orElseThrow(NoSuchPatientException::new);
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    public @Nullable LocalDate getBirthDate() {
        return birthDate;
    }

    public void setBirthDate(@Nullable LocalDate birthDate) {
        this.birthDate = birthDate;
    }

    public @Nullable String getSex() {
        return sex;
    }

    public void setSex(@Nullable String sex) {
        this.sex = sex;
    }

    public @Nullable String getPhone() {
        return phone;
    }

    public void setPhone(@Nullable String phone) {
        this.phone = phone;
    }

    public @Nullable String getMail() {
        return mail;
    }

    public void setMail(@Nullable String mail) {
        this.mail = mail;
    }

    public @Nullable String getAddress() {
        return address;
    }

    public void setAddress(@Nullable String address) {
        this.address = address;
    }

    public @Nullable Integer getPulse() {
        return pulse;
    }

    public void setPulse(@Nullable Integer pulse) {
        this.pulse = pulse;
    }

    public @Nullable String getEcg() {
        return ecg;
    }

    public void setEcg(@Nullable String ecg) {
        this.ecg = ecg;
    }

    public @Nullable String getSymptoms() {
        return symptoms;
    }

    public void setSymptoms(@Nullable String symptoms) {
        this.symptoms = symptoms;
    }

    public @Nullable String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = account;
    }
}
