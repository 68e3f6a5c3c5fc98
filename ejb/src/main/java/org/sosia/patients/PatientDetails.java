package org.sosia.patients;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a patient's file says. Only the name is required; every field is stored sealed.
 *
 * @param name the full name, 1 to 200 characters
 * @param birthDate the day of birth
 * @param sex as FHIR has it: {@code female}, {@code male}, {@code other}, {@code unknown}
 * @param phone a telephone number
 * @param mail a mail address
 * @param address a postal address, in lines
 * @param pulse beats per minute
 * @param ecg an ECG finding, in words
 * @param symptoms symptom codes, ICD-10
 * @param account the identity provider's id of the patient's own account
 */
public record PatientDetails(
        String name,
        @Nullable LocalDate birthDate,
        @Nullable String sex,
        @Nullable String phone,
        @Nullable String mail,
        @Nullable String address,
        @Nullable Integer pulse,
        @Nullable String ecg,
        List<String> symptoms,
        @Nullable String account) {

    public PatientDetails {
        symptoms = List.copyOf(symptoms);
    }
}
