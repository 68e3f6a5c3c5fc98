package org.sosia.decoy;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Laboratory values: names, LOINC codes, and units as two conventions write them (mass units; SI units).
 *
 * <p>References are those of common adult reports; a pair of them is female then male where the sexes differ.
 */
// The check does not see that Scale is a record of values, and that nobody writes to the array of references.
@SuppressWarnings("ImmutableEnumChecker")
enum Analyte {
    SODIUM("Sodium", "Natrium", "Sodium", "2951-2", "mmol/L", 0, 135, 145),
    POTASSIUM("Potassium", "Kalium", "Potassium", "2823-3", "mmol/L", 1, 3.5, 5.1),
    CHLORIDE("Chloride", "Chlorid", "Chlorure", "2075-0", "mmol/L", 0, 98, 107),
    BICARBONATE("Bicarbonate", "Bikarbonat", "Bicarbonate", "1963-8", "mmol/L", 0, 22, 29),
    ANION_GAP("Anion gap", "Anionenlücke", "Trou anionique", "33037-3", "mmol/L", 0, 5, 15),
    UREA("Urea nitrogen", "Harnstoff-N", "Urée", "3094-0", "mg/dL", 0, 7, 20, "22664-7", "mmol/L", 0.357, 1),
    CREATININE(
            "Creatinine",
            "Kreatinin",
            "Créatinine",
            "2160-0",
            "mg/dL",
            2,
            0.5,
            0.95,
            0.7,
            1.2,
            "14682-9",
            "umol/L",
            88.42,
            0),
    EGFR("eGFR (CKD-EPI)", "eGFR (CKD-EPI)", "DFG estimé (CKD-EPI)", "98979-8", "mL/min/{1.73_m2}", 0, 60, 120),
    GLUCOSE(
            "Glucose, fasting",
            "Glukose nüchtern",
            "Glycémie à jeun",
            "1558-6",
            "mg/dL",
            0,
            70,
            99,
            "14771-0",
            "mmol/L",
            0.05551,
            1),
    HBA1C("HbA1c", "HbA1c", "HbA1c", "4548-4", "%", 1, 4.0, 5.6),
    CALCIUM("Calcium", "Calcium", "Calcium", "17861-6", "mg/dL", 1, 8.6, 10.3, "2000-8", "mmol/L", 0.2495, 2),
    ALBUMIN("Albumin", "Albumin", "Albumine", "1751-7", "g/dL", 1, 3.5, 5.0, "1751-7", "g/L", 10, 0),
    BILIRUBIN(
            "Bilirubin, total",
            "Bilirubin gesamt",
            "Bilirubine totale",
            "1975-2",
            "mg/dL",
            1,
            0.2,
            1.2,
            "14631-6",
            "umol/L",
            17.1,
            0),
    ALT("ALT", "GPT (ALT)", "ALAT", "1742-6", "U/L", 0, 7, 35, 10, 50),
    AST("AST", "GOT (AST)", "ASAT", "1920-8", "U/L", 0, 10, 35, 10, 50),
    ALP(
            "Alkaline phosphatase",
            "Alkalische Phosphatase",
            "Phosphatases alcalines",
            "6768-6",
            "U/L",
            0,
            35,
            105,
            40,
            130),
    GGT("Gamma GT", "Gamma-GT", "Gamma-GT", "2324-2", "U/L", 0, 6, 42, 10, 71),
    CRP("C-reactive protein", "CRP", "CRP", "1988-5", "mg/L", 1, 0, 5),
    CHOLESTEROL(
            "Cholesterol, total",
            "Cholesterin gesamt",
            "Cholestérol total",
            "2093-3",
            "mg/dL",
            0,
            120,
            200,
            "14647-2",
            "mmol/L",
            0.02586,
            2),
    HDL(
            "HDL cholesterol",
            "HDL-Cholesterin",
            "HDL-cholestérol",
            "2085-9",
            "mg/dL",
            0,
            45,
            90,
            40,
            80,
            "14646-4",
            "mmol/L",
            0.02586,
            2),
    TRIGLYCERIDES(
            "Triglycerides",
            "Triglyzeride",
            "Triglycérides",
            "2571-8",
            "mg/dL",
            0,
            40,
            150,
            "14927-8",
            "mmol/L",
            0.01129,
            2),
    LDL(
            "LDL cholesterol (Friedewald)",
            "LDL-Cholesterin (Friedewald)",
            "LDL-cholestérol (Friedewald)",
            "13457-7",
            "mg/dL",
            0,
            50,
            130,
            "39469-2",
            "mmol/L",
            0.02586,
            2),
    TSH("TSH", "TSH", "TSH", "3016-3", "m[IU]/L", 2, 0.4, 4.0),
    URATE(
            "Urate",
            "Harnsäure",
            "Acide urique",
            "3084-1",
            "mg/dL",
            1,
            2.4,
            5.7,
            3.4,
            7.0,
            "14933-6",
            "umol/L",
            59.48,
            0),
    FERRITIN("Ferritin", "Ferritin", "Ferritine", "2276-4", "ng/mL", 0, 13, 150, 30, 400),
    LEUKOCYTES("White cells", "Leukozyten", "Leucocytes", "6690-2", "10*3/uL", 1, 4.0, 10.5),
    ERYTHROCYTES("Red cells", "Erythrozyten", "Hématies", "789-8", "10*6/uL", 2, 3.9, 5.1, 4.4, 5.8),
    HAEMOGLOBIN("Haemoglobin", "Hämoglobin", "Hémoglobine", "718-7", "g/dL", 1, 12.0, 15.5, 13.5, 17.5),
    HAEMATOCRIT("Haematocrit", "Hämatokrit", "Hématocrite", "4544-3", "%", 1, 36, 46, 40, 52),
    MCV("MCV", "MCV", "VGM", "787-2", "fL", 1, 80, 98),
    MCH("MCH", "MCH", "TCMH", "785-6", "pg", 1, 27, 33),
    MCHC("MCHC", "MCHC", "CCMH", "786-4", "g/dL", 1, 31.5, 36),
    PLATELETS("Platelets", "Thrombozyten", "Plaquettes", "777-3", "10*3/uL", 0, 150, 400);

    private final String english;
    private final String german;
    private final String french;
    private final Scale mass;
    private final Scale si;
    private final double[] references;

    /** Code, unit, factor from the mass unit, and the decimals a laboratory reports. */
    record Scale(String loinc, String unit, double factor, int decimals) {

        String print(double massValue) {
            return rounded(massValue).toPlainString();
        }

        BigDecimal rounded(double massValue) {
            return BigDecimal.valueOf(massValue * factor).setScale(decimals, RoundingMode.HALF_UP);
        }
    }

    Analyte(
            String english,
            String german,
            String french,
            String loinc,
            String unit,
            int decimals,
            double... references) {
        this(
                english,
                german,
                french,
                new Scale(loinc, unit, 1, decimals),
                new Scale(loinc, unit, 1, decimals),
                references);
    }

    Analyte(
            String english,
            String german,
            String french,
            String loinc,
            String unit,
            int decimals,
            double low,
            double high,
            String siLoinc,
            String siUnit,
            double factor,
            int siDecimals) {
        this(
                english,
                german,
                french,
                new Scale(loinc, unit, 1, decimals),
                new Scale(siLoinc, siUnit, factor, siDecimals),
                low,
                high);
    }

    Analyte(
            String english,
            String german,
            String french,
            String loinc,
            String unit,
            int decimals,
            double low,
            double high,
            double maleLow,
            double maleHigh,
            String siLoinc,
            String siUnit,
            double factor,
            int siDecimals) {
        this(
                english,
                german,
                french,
                new Scale(loinc, unit, 1, decimals),
                new Scale(siLoinc, siUnit, factor, siDecimals),
                low,
                high,
                maleLow,
                maleHigh);
    }

    Analyte(String english, String german, String french, Scale mass, Scale si, double... references) {
        this.english = english;
        this.german = german;
        this.french = french;
        this.mass = mass;
        this.si = si;
        this.references = references;
    }

    String text(Language language) {
        return language.of(english, german, french);
    }

    Scale scale(boolean siUnits) {
        return siUnits ? si : mass;
    }

    /** Lower end of the reference, in the mass unit. */
    double low(boolean isFemale) {
        return references[isFemale || references.length == 2 ? 0 : 2];
    }

    double high(boolean isFemale) {
        return references[isFemale || references.length == 2 ? 1 : 3];
    }
}
