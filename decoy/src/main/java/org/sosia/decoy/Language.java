package org.sosia.decoy;

import java.util.List;
import java.util.Locale;

/** The language in which a double is written. Hospitals in India write English. */
enum Language {
    ENGLISH,
    GERMAN,
    FRENCH;

    static Language of(Locale locale) {
        return switch (locale.getLanguage()) {
            case "de" -> GERMAN;
            case "fr" -> FRENCH;
            default -> ENGLISH;
        };
    }

    /** The one of three texts that is in this language. */
    String of(String english, String german, String french) {
        return switch (this) {
            case ENGLISH -> english;
            case GERMAN -> german;
            case FRENCH -> french;
        };
    }

    /** Whole sentences that fit any day of any adult patient. Letters of US-ASCII only, so that one character is one byte. */
    List<String> remarks() {
        return switch (this) {
            case ENGLISH -> REMARKS_ENGLISH;
            case GERMAN -> REMARKS_GERMAN;
            case FRENCH -> REMARKS_FRENCH;
        };
    }

    /** Words of US-ASCII, one for each length from 2 to 12, by which a sentence is cut to measure. */
    List<String> words() {
        return switch (this) {
            case ENGLISH -> WORDS_ENGLISH;
            case GERMAN -> WORDS_GERMAN;
            case FRENCH -> WORDS_FRENCH;
        };
    }

    private static final List<String> WORDS_ENGLISH = List.of(
            "ok",
            "ECG",
            "well",
            "alert",
            "stable",
            "regular",
            "reviewed",
            "continues",
            "discharged",
            "comfortable",
            "asymptomatic");
    private static final List<String> WORDS_GERMAN = List.of(
            "ok",
            "EKG",
            "wach",
            "ruhig",
            "stabil",
            "mobiler",
            "versorgt",
            "Kontrolle",
            "schmerzarm",
            "fortgesetzt",
            "mobilisiert.");
    private static final List<String> WORDS_FRENCH = List.of(
            "ok",
            "ECG",
            "bien",
            "calme",
            "stable",
            "revient",
            "controle",
            "poursuivi",
            "surveiller",
            "confortable",
            "satisfaisant");

    private static final List<String> REMARKS_ENGLISH = List.of(
            "Slept well, no new complaints this morning.",
            "Eating and drinking normally, bowels opened yesterday.",
            "Walked the length of the corridor without stopping.",
            "Chest clear on both sides, no added sounds.",
            "Heart sounds normal, no murmur, no ankle swelling.",
            "Abdomen soft, not tender, bowel sounds present.",
            "Wound dry and clean, dressing changed.",
            "Observations stable overnight, no fever.",
            "Blood results seen and discussed with the patient.",
            "Medication list checked, no change today.",
            "Advised to keep a diary of blood pressure at home.",
            "Pain controlled with regular paracetamol.",
            "Fluid balance positive by about 300 ml.",
            "Peripheral pulses felt, capillary refill under 2 seconds.",
            "Oriented to time and place, speech normal.",
            "Family visited in the afternoon and were updated.",
            "Physiotherapy reviewed, exercises to be continued daily.",
            "Skin intact, pressure areas inspected.",
            "No falls reported since the last visit.",
            "Diet and salt intake discussed again, leaflet given.",
            "Denies chest pain, palpitations or breathlessness at rest.",
            "Weight unchanged since the last clinic.",
            "Inhaler technique observed and corrected.",
            "Plan: repeat bloods in two weeks and review with the results.",
            "Follow-up with the general practitioner arranged.",
            "Cannula removed, site without redness.",
            "Mood brighter, sleeping about six hours.",
            "Urine output satisfactory, catheter not required.",
            "Patient understands the plan and agrees.",
            "To call the ward if fever, bleeding or worsening pain.");
    private static final List<String> REMARKS_GERMAN = List.of(
            "Patient hat gut geschlafen, keine neuen Beschwerden.",
            "Isst und trinkt normal, Stuhlgang gestern.",
            "Mobilisation auf dem Flur ohne Pause gelungen.",
            "Lunge beidseits frei, keine Rasselgeraeusche.",
            "Herzaktion regelrecht, kein Vitium, keine Oedeme.",
            "Abdomen weich, kein Druckschmerz, Peristaltik lebhaft.",
            "Wunde trocken und reizlos, Verband gewechselt.",
            "Vitalzeichen in der Nacht stabil, kein Fieber.",
            "Laborwerte gesehen und mit dem Patienten besprochen.",
            "Medikation kontrolliert, heute keine Umstellung.",
            "Blutdrucktagebuch zu Hause wurde empfohlen.",
            "Schmerzen unter Paracetamol gut beherrscht.",
            "Einfuhr und Ausfuhr ausgeglichen.",
            "Periphere Pulse tastbar, Rekapillarisierung unter 2 Sekunden.",
            "Zu Zeit und Ort orientiert, Sprache normal.",
            "Besuch der Familie am Nachmittag, Stand mitgeteilt.",
            "Krankengymnastik war da, weiter mit dem Plan.",
            "Haut intakt, Druckstellen keine.",
            "Seit der letzten Vorstellung kein Sturz.",
            "Beratung zu Kost und Salz, Merkblatt mitgegeben.",
            "Verneint Thoraxschmerz, Herzrasen und Atemnot in Ruhe.",
            "Gewicht seit der letzten Kontrolle gleich.",
            "Inhalation beobachtet und korrigiert.",
            "Prozedere: Labor in zwei Wochen, dann erneute Vorstellung.",
            "Weitere Kontrollen beim Hausarzt vereinbart.",
            "Zugang entfernt, Einstichstelle reizlos.",
            "Stimmung heller, Schlaf etwa sechs Stunden.",
            "Urinmenge ausreichend, kein Katheter.",
            "Der Plan ist verstanden und wird mitgetragen.",
            "Bei Fieber, Blutung oder Schmerzen sofort melden.");
    private static final List<String> REMARKS_FRENCH = List.of(
            "Bonne nuit, aucune plainte nouvelle ce matin.",
            "Mange et boit normalement, transit repris hier.",
            "Marche dans le couloir sans pause.",
            "Auscultation pulmonaire claire, sans bruit surajoute.",
            "Bruits du coeur normaux, pas de souffle, pas d oedeme.",
            "Abdomen souple, non douloureux.",
            "Plaie propre et seche, pansement refait.",
            "Constantes stables pendant la nuit, pas de fievre.",
            "Bilan vu et explique au patient.",
            "Traitement verifie, sans changement.",
            "Auto-mesure de la tension au domicile conseillee.",
            "Douleur soulagee par le paracetamol.",
            "Bilan des entrees et sorties equilibre.",
            "Pouls distaux percus, recoloration en moins de 2 secondes.",
            "Bien oriente, parole normale.",
            "La famille est venue et a recu les nouvelles.",
            "Kine passe, exercices chaque jour.",
            "Peau intacte, points d appui surveilles.",
            "Aucune chute depuis la derniere visite.",
            "Conseils sur le sel et le regime, notice remise.",
            "Pas de douleur au thorax ni de palpitations.",
            "Poids stable depuis la derniere consultation.",
            "Technique du spray revue et corrigee.",
            "Conduite: bilan dans deux semaines, puis nouvelle visite.",
            "Suivi par le medecin traitant organise.",
            "Voie retiree, point de ponction propre.",
            "Moral meilleur, dort six heures.",
            "Diurese satisfaisante, pas de sonde.",
            "Le patient comprend le plan et accepte.",
            "Revenir si temperature, saignement ou douleur.");
}
