package org.sosia.decoy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A twin patient with her hidden state: one whole person, from whom every double of a pseudonym is a view.
 *
 * <p>Values are never drawn one by one from reference ranges. A few hidden tendencies (weight, kidneys, liver, inflammation, blood
 * vessels) shift the conditions and the values together, values drift over the years, and what follows from others is computed.
 */
final class Persona {

    /** The day on which the registration desk took the vital signs. */
    static final LocalDate REGISTERED = LocalDate.of(2026, 1, 1);

    private static final int DRIFT_DAYS = 180;

    private final Keystream.Key key;
    private final Names names;
    private final Locale locale;
    private final Language language;
    private final String mailDomain;

    final boolean isFemale;
    final String given;
    final String family;
    final LocalDate birthDate;
    final int heightCm;
    private final double bodyMass;
    private final Map<String, Double> owns = new ConcurrentHashMap<>();
    /** At most one entry per day of a life. */
    private final Map<LocalDate, Vitals> days = new ConcurrentHashMap<>();

    private final Map<Integer, String> physicians = new ConcurrentHashMap<>();
    private final Map<String, double[]> knots = new ConcurrentHashMap<>();
    private final Map<Condition, LocalDate> onsets = new EnumMap<>(Condition.class);
    final boolean isSmoker;

    Persona(Keystream.Key root, UUID patient, Locale locale, String mailDomain) {
        this.key = root.derive("identity", patient);
        this.locale = locale;
        this.names = Names.of(locale);
        this.language = Language.of(locale);
        this.mailDomain = mailDomain;
        this.isFemale = key.unit("sex") < 0.52;
        this.given = names.given(key.stream("given", names.hospital()), isFemale);
        this.family = names.family(key.stream("family", names.hospital()));
        // Patients of a hospital: adults, half of them between 45 and 75.
        double age = Math.min(93, Math.max(19, 60 + 17 * key.gauss("age")));
        this.birthDate = REGISTERED.minusDays((long) (age * 365.25));
        this.heightCm =
                (int) StrictMath.round((isFemale ? 163.5 : 176.5) + (isFemale ? 6.4 : 7.0) * key.gauss("height"));
        this.bodyMass = Math.max(17.5, 26.4 + 4.2 * key.gauss("mass") + 1.4 * Math.abs(key.gauss("mass tail")));
        this.isSmoker = key.unit("smoker") < 0.2;
        drawConditions();
    }

    private void drawConditions() {
        for (Condition condition : Condition.values()) {
            double share = Math.min(0.95, condition.everShare * risk(condition));
            double u = key.unit("condition", condition);
            if (u < share) {
                double q = Math.max(u, 1e-4) / share;
                double onset = condition.middleAge + condition.spread * StrictMath.log(q / (1 - q + 1e-9));
                double years = Math.max(condition == Condition.ASTHMA ? 4 : 18, onset);
                onsets.put(condition, birthDate.plusDays((long) (years * 365.25)));
            }
        }
    }

    private double risk(Condition condition) {
        double heavy = (bodyMass - 26) / 4;
        return switch (condition) {
            case HYPERTENSION, HYPERLIPIDAEMIA, REFLUX, OSTEOARTHRITIS -> StrictMath.exp(0.22 * heavy);
            case DIABETES -> StrictMath.exp(0.5 * heavy);
            case CORONARY -> (isFemale ? 0.6 : 1.3) * (isSmoker ? 1.6 : 0.9) * (has(Condition.DIABETES) ? 1.6 : 0.9);
            case HEART_FAILURE -> has(Condition.CORONARY) || has(Condition.ATRIAL_FIBRILLATION) ? 2.5 : 0.6;
            case KIDNEY -> has(Condition.DIABETES) || has(Condition.HYPERTENSION) ? 1.4 : 0.6;
            case COPD -> isSmoker ? 3 : 0.4;
            case HYPOTHYROIDISM, DEPRESSION -> isFemale ? 1.4 : 0.6;
            case ANAEMIA -> isFemale ? 1.6 : 0.5;
            case PROSTATE -> isFemale ? 0 : 1;
            case OSTEOPOROSIS -> isFemale ? 1.3 : 0.25;
            default -> 1;
        };
    }

    private boolean has(Condition condition) {
        return onsets.containsKey(condition);
    }

    boolean has(Condition condition, LocalDate day) {
        LocalDate onset = onsets.get(condition);
        return onset != null && !onset.isAfter(day);
    }

    List<Condition> conditions(LocalDate day) {
        return onsets.keySet().stream().filter(c -> has(c, day)).toList();
    }

    LocalDate onset(Condition condition) {
        LocalDate onset = onsets.get(condition);
        if (onset == null) {
            throw new IllegalArgumentException("Not a condition of this person");
        }
        return onset;
    }

    List<String> symptoms(LocalDate day) {
        return conditions(day).stream()
                .map(c -> c.symptom(language))
                .filter(s -> !s.isEmpty())
                .limit(3)
                .toList();
    }

    Language language() {
        return language;
    }

    Locale locale() {
        return locale;
    }

    String hospital() {
        return names.hospital();
    }

    /** A colleague of the twin hospital who signs this person's papers, one of a few. */
    String physician(int which) {
        return physicians.computeIfAbsent(which, w -> names.staff(key.stream("physician", w, names.hospital())));
    }

    String name() {
        return names.full(given, family);
    }

    /** Britain and France report in SI units, the others in mass units. */
    boolean usesSiUnits() {
        return language == Language.FRENCH
                || List.of("GB", "IE", "AU", "NZ", "CA").contains(locale.getCountry());
    }

    int age(LocalDate day) {
        return (int) Math.max(18, ChronoUnit.YEARS.between(birthDate, day));
    }

    /** Seven digits and a Luhn check digit, in a block that begins with 9. */
    String number() {
        String digits = "9" + String.format(Locale.ROOT, "%06d", (int) (key.unit("number") * 1_000_000));
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int d = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * d : d;
            sum += doubled / 10 + doubled % 10;
        }
        return digits + (10 - sum % 10) % 10;
    }

    String phone() {
        return names.phone(key.stream("phone"));
    }

    String address() {
        return names.address(key.stream("address"));
    }

    String mail() {
        String local = plain(given) + "." + plain(family);
        return local + String.format(Locale.ROOT, "%02d", (int) (key.unit("mail") * 100)) + "@" + mailDomain;
    }

    static String plain(String text) {
        String spelled = text.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss");
        return java.text.Normalizer.normalize(spelled, java.text.Normalizer.Form.NFD)
                .replaceAll("[^a-z]", "");
    }

    /** Vital signs at one moment; the arterial mean and the body mass index are computed from what is reported. */
    record Vitals(
            LocalDate day,
            int systolic,
            int diastolic,
            int pulse,
            int breaths,
            int saturation,
            double celsius,
            double weightKg,
            int heightCm) {

        int meanPressure() {
            return (int) StrictMath.round((systolic + 2.0 * diastolic) / 3);
        }

        double bmi() {
            double metres = heightCm / 100.0;
            return StrictMath.round(weightKg / (metres * metres) * 10) / 10.0;
        }
    }

    Vitals vitals(LocalDate day) {
        return days.computeIfAbsent(day, this::measure);
    }

    private Vitals measure(LocalDate day) {
        double[] now = noise("vitals", day, 7);
        int age = age(day);
        double vessel = 0.8 * own("vessel") + 0.5 * now[0];
        double systolic = 113
                + 0.28 * (age - 40)
                + 0.6 * (bodyMass - 26)
                + 6.5 * vessel
                + (has(Condition.HYPERTENSION, day) ? 10 : 0);
        double diastolic = 75
                + 0.52 * (systolic - 122) * 0.8
                - 0.12 * Math.max(0, age - 60)
                + 3 * own("pressure width")
                + 2.5 * now[1];
        double pulse = 71
                + 7 * own("pulse")
                + 4 * now[2]
                + (has(Condition.ATRIAL_FIBRILLATION, day) ? 8 : 0)
                - (has(Condition.CORONARY, day) ? 6 : 0);
        double breaths =
                14.5 + 1.4 * now[3] + (has(Condition.COPD, day) ? 3 : 0) + (has(Condition.HEART_FAILURE, day) ? 2 : 0);
        double saturation = 97.6 + 0.8 * now[4] - (has(Condition.COPD, day) ? 3.2 : 0) - (isSmoker ? 0.6 : 0);
        double celsius = 36.6 + 0.22 * now[5];
        double weight = bodyMass * heightCm * heightCm / 10_000 * (1 + 0.012 * now[6]);
        return new Vitals(
                day,
                clamp(systolic, 84, 214),
                clamp(Math.min(diastolic, systolic - 18), 42, 118),
                clamp(pulse, 44, 138),
                clamp(breaths, 10, 30),
                clamp(saturation, 85, 100),
                StrictMath.round(celsius * 10) / 10.0,
                StrictMath.round(weight * 10) / 10.0,
                heightCm);
    }

    private static int clamp(double value, int low, int high) {
        return (int) Math.max(low, Math.min(high, StrictMath.round(value)));
    }

    /** Slow drift between half-yearly knots, and the noise of the day, together of unit variance or so. */
    private double[] noise(String what, LocalDate day, int count) {
        long knot = Math.floorDiv(day.toEpochDay(), DRIFT_DAYS);
        double part = (day.toEpochDay() - knot * DRIFT_DAYS) / (double) DRIFT_DAYS;
        double[] before = knot(what, knot, count);
        double[] after = knot(what, knot + 1, count);
        Keystream today = key.stream(what + " day", day);
        double[] noise = new double[count];
        for (int i = 0; i < count; i++) {
            noise[i] = 0.8 * ((1 - part) * before[i] + part * after[i]) + 0.6 * today.gauss();
        }
        return noise;
    }

    private double[] knot(String what, long knot, int count) {
        return knots.computeIfAbsent(what + knot, name -> {
            Keystream stream = key.stream(what + " drift", knot);
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = stream.gauss();
            }
            return values;
        });
    }

    /** A number that belongs to the person for life. */
    private double own(String what) {
        return owns.computeIfAbsent(what, w -> key.gauss(w));
    }

    /** All analytes on one day, each in its mass unit and rounded as reported in that unit; derived values fit the reported ones. */
    Map<Analyte, Double> labs(LocalDate day) {
        double[] n = noise("labs", day, 32);
        var v = new EnumMap<Analyte, Double>(Analyte.class);
        int age = age(day);
        double inflammation = own("inflammation") * 0.6 + 0.8 * n[0];
        double liver = own("liver") + 0.2 * (bodyMass - 26) / 4;

        put(v, Analyte.SODIUM, 140 + 1.4 * z("na", n[1]) - (has(Condition.HEART_FAILURE, day) ? 2 : 0));
        put(v, Analyte.POTASSIUM, 4.25 + 0.28 * z("k", n[2]) + (has(Condition.KIDNEY, day) ? 0.35 : 0));
        put(v, Analyte.BICARBONATE, 25.3 + 1.6 * z("hco3", n[3]) - (has(Condition.KIDNEY, day) ? 2 : 0));
        put(
                v,
                Analyte.CHLORIDE,
                reported(v, Analyte.SODIUM)
                        - reported(v, Analyte.BICARBONATE)
                        - Math.max(5, 11.2 + 1.2 * z("gap", n[4])));
        put(
                v,
                Analyte.ANION_GAP,
                reported(v, Analyte.SODIUM) - reported(v, Analyte.CHLORIDE) - reported(v, Analyte.BICARBONATE));

        double filtration = 112 - 0.72 * Math.max(0, age - 30) + 9 * own("kidney") + 3 * n[5];
        filtration =
                has(Condition.KIDNEY, day) ? Math.min(56, Math.max(31, filtration - 26)) : Math.max(61, filtration);
        put(v, Analyte.CREATININE, creatinineFor(filtration, age));
        put(v, Analyte.EGFR, ckdEpi(reported(v, Analyte.CREATININE), age));
        put(v, Analyte.UREA, 14.5 * StrictMath.pow(90 / filtration, 0.8) * StrictMath.exp(0.14 * z("urea", n[6])));

        double sugar = z("sugar", n[7]);
        double a1c = has(Condition.DIABETES, day) ? 7.1 + 0.75 * sugar : 5.35 + 0.24 * sugar + 0.02 * (bodyMass - 26);
        put(v, Analyte.HBA1C, Math.max(4.3, a1c));
        // Nathan et al. 2008: mean glucose = 28.7 HbA1c - 46.7; fasting lies below it.
        put(v, Analyte.GLUCOSE, (28.7 * a1c - 46.7) * 0.87 * StrictMath.exp(0.05 * n[8]));

        put(v, Analyte.CALCIUM, 9.4 + 0.28 * z("ca", n[9]));
        put(
                v,
                Analyte.ALBUMIN,
                4.3 + 0.2 * z("alb", n[10]) - 0.1 * Math.max(0, inflammation) - 0.006 * Math.max(0, age - 50));
        put(v, Analyte.BILIRUBIN, 0.55 * StrictMath.exp(0.33 * z("bili", n[11])));
        double sexed = isFemale ? 0 : 0.22;
        put(v, Analyte.ALT, 20 * StrictMath.exp(sexed + 0.3 * liver + 0.14 * n[12]));
        put(v, Analyte.AST, 21 * StrictMath.exp(0.5 * sexed + 0.2 * liver + 0.12 * n[13]));
        put(v, Analyte.GGT, 21 * StrictMath.exp(1.3 * sexed + 0.42 * liver + 0.14 * n[14]));
        put(v, Analyte.ALP, 72 * StrictMath.exp(0.08 * liver + 0.2 * z("alp", n[15])));
        put(v, Analyte.CRP, Math.max(0.3, 1.8 * StrictMath.exp(0.75 * inflammation + 0.25 * (bodyMass - 26) / 4)));

        boolean statin = has(Condition.HYPERLIPIDAEMIA, day);
        double fat = z("fat", n[16]);
        put(
                v,
                Analyte.TRIGLYCERIDES,
                Math.min(
                        380,
                        112
                                * StrictMath.exp(0.32 * fat
                                        + 0.18 * (bodyMass - 26) / 4
                                        + (has(Condition.DIABETES, day) ? 0.2 : 0))));
        put(
                v,
                Analyte.HDL,
                Math.max(26, (isFemale ? 60 : 50) - 5 * fat - 2.5 * (bodyMass - 26) / 4 + 7 * own("hdl") + 2 * n[17]));
        double ldl = Math.max(42, (statin ? 96 : 121) + 21 * z("ldl", n[18]));
        put(v, Analyte.CHOLESTEROL, ldl + reported(v, Analyte.HDL) + reported(v, Analyte.TRIGLYCERIDES) / 5);
        put(v, Analyte.LDL, friedewald(v));

        put(v, Analyte.TSH, (has(Condition.HYPOTHYROIDISM, day) ? 3.1 : 1.7) * StrictMath.exp(0.34 * z("tsh", n[19])));
        put(v, Analyte.URATE, (isFemale ? 4.5 : 5.7) + 0.8 * z("urate", n[20]) + (filtration < 60 ? 1 : 0));
        boolean pale = has(Condition.ANAEMIA, day);
        put(v, Analyte.FERRITIN, (pale ? 11 : isFemale ? 62 : 135) * StrictMath.exp(0.5 * z("ferritin", n[21])));

        put(
                v,
                Analyte.LEUKOCYTES,
                6.7 * StrictMath.exp(0.18 * z("wbc", n[22]) + 0.08 * inflammation + (isSmoker ? 0.12 : 0)));
        put(v, Analyte.PLATELETS, 248 * StrictMath.exp(0.17 * z("plt", n[23]) + 0.04 * inflammation));
        double haemoglobin =
                (isFemale ? 13.5 : 15.0) + 0.75 * z("hb", n[24]) - (pale ? 2.6 : 0) - (filtration < 45 ? 1 : 0);
        put(v, Analyte.HAEMOGLOBIN, Math.max(8.2, haemoglobin));
        double mchc = 33.6 + 0.5 * z("mchc", n[25]) - (pale ? 1.1 : 0);
        put(v, Analyte.HAEMATOCRIT, reported(v, Analyte.HAEMOGLOBIN) * 100 / mchc);
        double volume = 89.5 + 3.2 * z("mcv", n[26]) - (pale ? 11 : 0);
        put(v, Analyte.ERYTHROCYTES, reported(v, Analyte.HAEMATOCRIT) * 10 / volume);
        put(v, Analyte.MCV, reported(v, Analyte.HAEMATOCRIT) * 10 / reported(v, Analyte.ERYTHROCYTES));
        put(v, Analyte.MCH, reported(v, Analyte.HAEMOGLOBIN) * 10 / reported(v, Analyte.ERYTHROCYTES));
        put(v, Analyte.MCHC, reported(v, Analyte.HAEMOGLOBIN) * 100 / reported(v, Analyte.HAEMATOCRIT));
        return v;
    }

    /** Three quarters of the spread between people is the person's own. */
    private double z(String what, double now) {
        return 0.85 * own("own " + what) + 0.5 * now;
    }

    /** Keeps the value as the report will print it, so that what is computed from it agrees with the page. */
    private void put(Map<Analyte, Double> values, Analyte analyte, double value) {
        Analyte.Scale scale = analyte.scale(usesSiUnits());
        values.put(analyte, scale.rounded(value).doubleValue() / scale.factor());
    }

    private static double reported(Map<Analyte, Double> values, Analyte analyte) {
        Double value = values.get(analyte);
        if (value == null) {
            throw new IllegalStateException("A value is used before it is made");
        }
        return value;
    }

    /** Friedewald 1972: LDL = total - HDL - triglycerides / 5 in mg/dL; in mmol/L the divisor is 2.2. */
    private double friedewald(Map<Analyte, Double> v) {
        if (usesSiUnits()) {
            double total = Analyte.CHOLESTEROL
                    .scale(true)
                    .rounded(reported(v, Analyte.CHOLESTEROL))
                    .doubleValue();
            double hdl =
                    Analyte.HDL.scale(true).rounded(reported(v, Analyte.HDL)).doubleValue();
            double fat = Analyte.TRIGLYCERIDES
                    .scale(true)
                    .rounded(reported(v, Analyte.TRIGLYCERIDES))
                    .doubleValue();
            return (total - hdl - fat / 2.2) / Analyte.LDL.scale(true).factor();
        }
        return reported(v, Analyte.CHOLESTEROL) - reported(v, Analyte.HDL) - reported(v, Analyte.TRIGLYCERIDES) / 5;
    }

    /** CKD-EPI 2021 (Inker et al.): from creatinine in mg/dL to mL/min/1.73 m². */
    double ckdEpi(double creatinine, int age) {
        double kappa = isFemale ? 0.7 : 0.9;
        double alpha = isFemale ? -0.241 : -0.302;
        double ratio = creatinine / kappa;
        return 142
                * StrictMath.pow(Math.min(ratio, 1), alpha)
                * StrictMath.pow(Math.max(ratio, 1), -1.2)
                * StrictMath.pow(0.9938, age)
                * (isFemale ? 1.012 : 1);
    }

    private double creatinineFor(double filtration, int age) {
        double low = 0.3;
        double high = 6;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (ckdEpi(middle, age) > filtration) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The finding of an electrocardiogram at rest, fitting rate and rhythm. */
    String ecg(LocalDate day) {
        int pulse = vitals(day).pulse();
        double rr = 60.0 / pulse;
        // Hodges: QTc = QT + 1.75 (rate - 60).
        int corrected = (int) StrictMath.round(408 + (isFemale ? 12 : 0) + 9 * own("qt"));
        int qt = (int) StrictMath.round(corrected - 1.75 * (pulse - 60));
        int qrs = (int) StrictMath.round(92 + 7 * own("qrs"));
        int pr = (int) StrictMath.round(Math.max(122, 158 + 16 * own("pr")));
        String rhythm = has(Condition.ATRIAL_FIBRILLATION, day)
                ? language.of(
                        "Atrial fibrillation, mean rate ",
                        "Vorhofflimmern, mittlere Frequenz ",
                        "Fibrillation auriculaire, fréquence moyenne ")
                : rr > 1
                        ? language.of("Sinus bradycardia, ", "Sinusbradykardie, ", "Bradycardie sinusale, ")
                        : language.of("Sinus rhythm, ", "Sinusrhythmus, ", "Rythme sinusal, ");
        String atria = has(Condition.ATRIAL_FIBRILLATION, day) ? "" : ", PR " + pr + " ms";
        return rhythm + pulse + "/min" + atria + ", QRS " + qrs + " ms, QT/QTc " + qt + "/" + corrected + " ms";
    }

    TwinPatient registration() {
        Vitals vitals = vitals(REGISTERED);
        var medicines = new ArrayList<String>();
        var diagnoses = new ArrayList<String>();
        for (Condition condition : conditions(REGISTERED)) {
            diagnoses.add(condition.text(language));
            medicines.add(condition.prescription(language));
        }
        return new TwinPatient(
                name(),
                given,
                family,
                birthDate,
                isFemale ? "female" : "male",
                number(),
                phone(),
                mail(),
                address(),
                heightCm,
                vitals.weightKg(),
                vitals.pulse(),
                vitals.systolic(),
                vitals.diastolic(),
                ecg(REGISTERED),
                symptoms(REGISTERED),
                diagnoses,
                medicines);
    }
}
