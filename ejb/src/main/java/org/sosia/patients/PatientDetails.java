package org.sosia.patients;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sosia.refusal.InvalidValueException;

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

    private static final int LINE = 200;
    private static final int TEXT = 2_000;
    private static final int SYMPTOMS = 100;
    private static final int FASTEST_PULSE = 400;
    private static final Set<String> SEXES = Set.of("female", "male", "other", "unknown");

    public PatientDetails {
        symptoms = List.copyOf(symptoms);
    }

    /** Refuses what cannot be kept as it is. */
    void check(LocalDate today) throws InvalidValueException {
        require(!name.isBlank() && name.length() <= LINE, "name", "must be 1 to 200 characters");
        require(
                birthDate == null || (!birthDate.isAfter(today) && birthDate.getYear() >= 1850),
                "birthDate",
                "must be a day from 1850 until today");
        require(sex == null || SEXES.contains(sex), "sex", "must be one of female, male, other, unknown");
        require(fits(phone, LINE), "phone", "must be at most 200 characters");
        require(fits(mail, LINE), "mail", "must be at most 200 characters");
        require(fits(address, TEXT), "address", "must be at most 2000 characters");
        require(pulse == null || (pulse > 0 && pulse <= FASTEST_PULSE), "pulse", "must be 1 to 400 beats per minute");
        require(fits(ecg, TEXT), "ecg", "must be at most 2000 characters");
        require(symptoms.size() <= SYMPTOMS, "symptoms", "must be at most 100");
        for (String symptom : symptoms) {
            require(!symptom.isBlank() && symptom.length() <= LINE, "symptoms", "must be 1 to 200 characters each");
        }
        require(fits(account, LINE), "account", "must be at most 200 characters");
    }

    private static boolean fits(@Nullable String text, int limit) {
        return text == null || text.length() <= limit;
    }

    private static void require(boolean holds, String field, String rule) throws InvalidValueException {
        if (!holds) {
            throw new InvalidValueException(field, rule);
        }
    }

    JsonObject fields() {
        JsonObjectBuilder fields = Json.createObjectBuilder().add("name", name);
        add(fields, "birthDate", birthDate == null ? null : birthDate.toString());
        add(fields, "sex", sex);
        add(fields, "phone", phone);
        add(fields, "mail", mail);
        add(fields, "address", address);
        if (pulse != null) {
            fields.add("pulse", pulse);
        }
        add(fields, "ecg", ecg);
        fields.add("symptoms", Json.createArrayBuilder(symptoms));
        add(fields, "account", account);
        return fields.build();
    }

    private static void add(JsonObjectBuilder fields, String name, @Nullable String text) {
        if (text != null) {
            fields.add(name, text);
        }
    }

    static PatientDetails of(JsonObject fields) {
        String birthDate = fields.getString("birthDate", null);
        return new PatientDetails(
                fields.getString("name"),
                birthDate == null ? null : LocalDate.parse(birthDate),
                fields.getString("sex", null),
                fields.getString("phone", null),
                fields.getString("mail", null),
                fields.getString("address", null),
                fields.containsKey("pulse") ? fields.getInt("pulse") : null,
                fields.getString("ecg", null),
                fields.getJsonArray("symptoms").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList(),
                fields.getString("account", null));
    }
}
