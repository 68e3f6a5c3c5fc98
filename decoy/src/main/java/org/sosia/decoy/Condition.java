package org.sosia.decoy;

/**
 * Long-standing diagnoses of twin patients, with the medicine that is usual for each.
 *
 * <p>Onset follows a logistic curve over age: a share {@code everShare} of people gets the condition, half of them by
 * {@code middleAge}. Shares are rounded from adult population surveys; they need to be plausible, not exact.
 */
enum Condition {
    HYPERTENSION(
            "I10",
            "59621000",
            "Essential hypertension",
            "Arterielle Hypertonie",
            "Hypertension artérielle",
            0.62,
            58,
            9,
            "C09AA05",
            "Ramipril",
            "5 mg",
            "occasional headache",
            "gelegentlich Kopfschmerzen",
            "céphalées occasionnelles"),
    DIABETES(
            "E11.9",
            "44054006",
            "Type 2 diabetes mellitus",
            "Diabetes mellitus Typ 2",
            "Diabète de type 2",
            0.17,
            57,
            9,
            "A10BA02",
            "Metformin",
            "1000 mg",
            "thirst and tiredness",
            "Durst und Müdigkeit",
            "soif et fatigue"),
    HYPERLIPIDAEMIA(
            "E78.5",
            "55822004",
            "Hyperlipidaemia",
            "Hyperlipidämie",
            "Hyperlipidémie",
            0.45,
            54,
            9,
            "C10AA05",
            "Atorvastatin",
            "20 mg",
            "",
            "",
            ""),
    CORONARY(
            "I25.1",
            "53741008",
            "Coronary artery disease",
            "Koronare Herzkrankheit",
            "Maladie coronarienne",
            0.15,
            68,
            8,
            "B01AC06",
            "Acetylsalicylic acid",
            "100 mg",
            "chest tightness on exertion",
            "Brustenge bei Belastung",
            "oppression thoracique à l'effort"),
    ATRIAL_FIBRILLATION(
            "I48.2",
            "49436004",
            "Atrial fibrillation",
            "Vorhofflimmern",
            "Fibrillation auriculaire",
            0.13,
            75,
            7,
            "B01AF02",
            "Apixaban",
            "5 mg",
            "palpitations",
            "Herzstolpern",
            "palpitations"),
    HEART_FAILURE(
            "I50.9",
            "84114007",
            "Heart failure",
            "Herzinsuffizienz",
            "Insuffisance cardiaque",
            0.09,
            75,
            7,
            "C03CA01",
            "Furosemide",
            "40 mg",
            "ankle swelling in the evening",
            "abendliche Knöchelödeme",
            "oedèmes des chevilles le soir"),
    KIDNEY(
            "N18.3",
            "433144002",
            "Chronic kidney disease stage 3",
            "Chronische Niereninsuffizienz Stadium 3",
            "Insuffisance rénale chronique stade 3",
            0.15,
            72,
            8,
            "C09CA07",
            "Telmisartan",
            "40 mg",
            "tiredness",
            "Müdigkeit",
            "fatigue"),
    COPD(
            "J44.9",
            "13645005",
            "Chronic obstructive pulmonary disease",
            "COPD",
            "BPCO",
            0.10,
            63,
            8,
            "R03BB04",
            "Tiotropium",
            "18 ug",
            "breathlessness on exertion",
            "Belastungsdyspnoe",
            "dyspnée d'effort"),
    ASTHMA(
            "J45.9",
            "195967001",
            "Asthma",
            "Asthma bronchiale",
            "Asthme",
            0.08,
            24,
            12,
            "R03AC02",
            "Salbutamol",
            "100 ug",
            "wheeze at night",
            "nächtliches Giemen",
            "sifflements nocturnes"),
    HYPOTHYROIDISM(
            "E03.9",
            "40930008",
            "Hypothyroidism",
            "Hypothyreose",
            "Hypothyroïdie",
            0.07,
            50,
            12,
            "H03AA01",
            "Levothyroxine",
            "75 ug",
            "feeling cold",
            "Kälteempfindlichkeit",
            "frilosité"),
    DEPRESSION(
            "F32.9",
            "35489007",
            "Depressive disorder",
            "Depressive Störung",
            "Trouble dépressif",
            0.13,
            40,
            14,
            "N06AB06",
            "Sertraline",
            "50 mg",
            "poor sleep",
            "Schlafstörung",
            "troubles du sommeil"),
    OSTEOARTHRITIS(
            "M17.9",
            "396275006",
            "Osteoarthritis of the knee",
            "Gonarthrose",
            "Gonarthrose",
            0.30,
            63,
            9,
            "N02BE01",
            "Paracetamol",
            "500 mg",
            "knee pain on walking",
            "Knieschmerz beim Gehen",
            "douleur du genou à la marche"),
    REFLUX(
            "K21.9",
            "235595009",
            "Gastro-oesophageal reflux disease",
            "Refluxkrankheit",
            "Reflux gastro-oesophagien",
            0.18,
            48,
            13,
            "A02BC01",
            "Omeprazole",
            "20 mg",
            "heartburn after meals",
            "Sodbrennen nach dem Essen",
            "pyrosis après les repas"),
    ANAEMIA(
            "D50.9",
            "87522002",
            "Iron deficiency anaemia",
            "Eisenmangelanämie",
            "Anémie ferriprive",
            0.07,
            45,
            16,
            "B03AA07",
            "Ferrous sulfate",
            "200 mg",
            "tires easily",
            "rasche Ermüdbarkeit",
            "fatigabilité"),
    PROSTATE(
            "N40",
            "266569009",
            "Benign prostatic hyperplasia",
            "Benigne Prostatahyperplasie",
            "Hypertrophie bénigne de la prostate",
            0.45,
            68,
            7,
            "G04CA02",
            "Tamsulosin",
            "0.4 mg",
            "gets up twice at night",
            "Nykturie zweimal",
            "nycturie deux fois"),
    OSTEOPOROSIS(
            "M81.0",
            "64859006",
            "Osteoporosis",
            "Osteoporose",
            "Ostéoporose",
            0.25,
            72,
            7,
            "M05BA04",
            "Alendronic acid",
            "70 mg",
            "back pain",
            "Rückenschmerz",
            "douleurs dorsales");

    final String icd10;
    final String snomed;
    private final String english;
    private final String german;
    private final String french;
    final double everShare;
    final double middleAge;
    final double spread;
    final String atc;
    final String medicine;
    final String dose;
    private final String symptomEnglish;
    private final String symptomGerman;
    private final String symptomFrench;

    Condition(
            String icd10,
            String snomed,
            String english,
            String german,
            String french,
            double everShare,
            double middleAge,
            double spread,
            String atc,
            String medicine,
            String dose,
            String symptomEnglish,
            String symptomGerman,
            String symptomFrench) {
        this.icd10 = icd10;
        this.snomed = snomed;
        this.english = english;
        this.german = german;
        this.french = french;
        this.everShare = everShare;
        this.middleAge = middleAge;
        this.spread = spread;
        this.atc = atc;
        this.medicine = medicine;
        this.dose = dose;
        this.symptomEnglish = symptomEnglish;
        this.symptomGerman = symptomGerman;
        this.symptomFrench = symptomFrench;
    }

    String text(Language language) {
        return language.of(english, german, french);
    }

    /** The complaint that it brings, or empty. */
    String symptom(Language language) {
        return language.of(symptomEnglish, symptomGerman, symptomFrench);
    }

    /** How often and when the medicine is taken. */
    String prescription(Language language) {
        if (this == OSTEOPOROSIS) {
            return medicine + " " + dose + language.of(" once a week", " einmal pro Woche", " une fois par semaine");
        }
        if (this == ASTHMA || this == OSTEOARTHRITIS) {
            return medicine + " " + dose + language.of(" when needed", " bei Bedarf", " si besoin");
        }
        if (this == DIABETES || this == ATRIAL_FIBRILLATION) {
            return medicine + " " + dose + " 1-0-1";
        }
        return medicine + " " + dose + (this == HYPERLIPIDAEMIA || this == PROSTATE ? " 0-0-1" : " 1-0-0");
    }
}
