package org.sosia.decoy;

import java.time.LocalDate;
import java.util.List;

/**
 * A person who does not exist, as the registration desk sees her.
 *
 * @param name full name in the order of the locale
 * @param given given name
 * @param family family name or initial
 * @param birthDate day of birth; always an adult
 * @param sex {@code female} or {@code male}
 * @param number the hospital's own number for the patient, with a check digit (Luhn)
 * @param phone a number of a range that is set aside where the country has one
 * @param mail an address in the domain given to the {@link Forge}
 * @param address one line
 * @param heightCm centimetres
 * @param weightKg kilograms
 * @param pulse beats per minute at rest
 * @param systolic mmHg
 * @param diastolic mmHg
 * @param ecg the finding of the electrocardiogram at rest, fitting pulse and conditions
 * @param symptoms present complaints, fitting the conditions
 * @param conditions long-standing diagnoses
 * @param medicines regular medicines with dose
 */
public record TwinPatient(
        String name,
        String given,
        String family,
        LocalDate birthDate,
        String sex,
        String number,
        String phone,
        String mail,
        String address,
        int heightCm,
        double weightKg,
        int pulse,
        int systolic,
        int diastolic,
        String ecg,
        List<String> symptoms,
        List<String> conditions,
        List<String> medicines) {

    /** Copies the lists. */
    public TwinPatient {
        symptoms = List.copyOf(symptoms);
        conditions = List.copyOf(conditions);
        medicines = List.copyOf(medicines);
    }

    /** Body mass index in kg/m², from the height and weight above, to one decimal. */
    public double bmi() {
        double metres = heightCm / 100.0;
        return StrictMath.round(weightKg / (metres * metres) * 10) / 10.0;
    }
}
