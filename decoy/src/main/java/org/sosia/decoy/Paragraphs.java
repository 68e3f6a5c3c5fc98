package org.sosia.decoy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The story of a record in words: a head, the history, and then one entry per visit, the latest first, without end. */
final class Paragraphs {

    /** One part of a text; a part of the head has no title. */
    record Paragraph(String title, String text) {}

    private static final List<Analyte> TOLD = List.of(
            Analyte.HAEMOGLOBIN,
            Analyte.CREATININE,
            Analyte.EGFR,
            Analyte.POTASSIUM,
            Analyte.HBA1C,
            Analyte.CRP,
            Analyte.LDL,
            Analyte.TSH);

    private Paragraphs() {}

    static Stream<Paragraph> of(Job job) {
        return Stream.concat(
                Stream.concat(head(job), history(job)),
                IntStream.range(0, Integer.MAX_VALUE).mapToObj(i -> visit(job, i)));
    }

    static Stream<Paragraph> head(Job job) {
        Persona who = job.persona();
        LocalDate day = job.spec().day();
        Language in = job.language();
        return Stream.of(
                new Paragraph("", who.hospital()),
                new Paragraph(
                        "",
                        who.name() + ", " + sex(who, in) + ", " + in.of("born ", "geb. ", "né(e) le ")
                                + date(in, who.birthDate) + " (" + who.age(day) + ")"),
                new Paragraph(
                        "",
                        in.of("Hospital no. ", "Patientennr. ", "N° patient ") + who.number() + "   " + date(in, day)),
                new Paragraph("", who.address()));
    }

    static String sex(Persona who, Language in) {
        return who.isFemale ? in.of("female", "weiblich", "femme") : in.of("male", "männlich", "homme");
    }

    /** A day as letters write it. */
    static String date(Language in, LocalDate day) {
        String d = two(day.getDayOfMonth());
        String m = two(day.getMonthValue());
        return switch (in) {
            case ENGLISH -> day.toString();
            case GERMAN -> d + "." + m + "." + day.getYear();
            case FRENCH -> d + "/" + m + "/" + day.getYear();
        };
    }

    static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    static Stream<Paragraph> history(Job job) {
        Persona who = job.persona();
        LocalDate day = job.spec().day();
        Language in = job.language();
        List<Condition> conditions = who.conditions(day);
        String none = in.of("None known.", "Keine bekannt.", "Aucun connu.");
        String known = conditions.stream()
                .map(c -> c.text(in) + " (" + c.icd10 + ", " + who.onset(c).getYear() + ")")
                .collect(Collectors.joining("; "));
        String medicines = conditions.stream().map(c -> c.prescription(in)).collect(Collectors.joining("; "));
        String complaints = String.join(", ", who.symptoms(day));
        return Stream.of(
                new Paragraph(in.of("Diagnoses", "Diagnosen", "Antécédents"), known.isEmpty() ? none : known),
                new Paragraph(
                        in.of("Medication", "Medikation", "Traitement"),
                        medicines.isEmpty() ? in.of("None.", "Keine.", "Aucun.") : medicines),
                new Paragraph(
                        in.of("Complaints", "Beschwerden", "Plaintes"),
                        complaints.isEmpty()
                                ? in.of("Comes for a check-up.", "Kommt zur Kontrolle.", "Vient pour un contrôle.")
                                : complaints),
                new Paragraph(in.of("ECG", "EKG", "ECG"), who.ecg(day)));
    }

    /** The day of a visit: weekdays, further apart the further back, never before the person was grown up. */
    static LocalDate visitDay(Job job, int which) {
        long back = which < 8 ? which : 8 + (which - 8) * 3L;
        long most = 365L * Math.max(1, job.persona().age(job.spec().day()) - 18);
        LocalDate day = job.spec().day().minusDays(back % most);
        return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.minusDays(1) : day;
    }

    static Paragraph visit(Job job, int which) {
        Language in = job.language();
        LocalDate day = visitDay(job, which);
        Keystream stream = job.record().stream("visit", which);
        Persona.Vitals vitals = job.persona().vitals(day);
        var text = new StringBuilder(600);
        text.append(signs(in, vitals)).append('\n');
        int first = stream.below(in.remarks().size());
        int step = 1 + 2 * stream.below(5);
        int count = stream.between(3, 6);
        for (int i = 0; i < count; i++) {
            text.append(in.remarks().get((first + i * step) % in.remarks().size()))
                    .append(i == count - 1 ? '\n' : ' ');
        }
        if (stream.chance(0.4)) {
            text.append(results(job, day)).append('\n');
        }
        text.append(job.persona().physician(stream.below(4)));
        String time = two(stream.between(8, 17)) + ":" + two(stream.below(60));
        return new Paragraph(date(in, day) + " " + time, text.toString());
    }

    static String signs(Language in, Persona.Vitals v) {
        return in.of("BP ", "RR ", "TA ") + v.systolic() + "/" + v.diastolic() + " mmHg, "
                + in.of("pulse ", "Puls ", "pouls ") + v.pulse() + "/min, "
                + in.of("SpO2 ", "SpO2 ", "SpO2 ") + v.saturation() + " %, "
                + in.of("temp ", "Temp ", "temp. ") + decimal(in, Double.toString(v.celsius())) + " C, "
                + in.of("weight ", "Gewicht ", "poids ") + decimal(in, Double.toString(v.weightKg())) + " kg, BMI "
                + decimal(in, Double.toString(v.bmi()));
    }

    static String decimal(Language in, String number) {
        return in == Language.ENGLISH ? number : number.replace('.', ',');
    }

    private static String results(Job job, LocalDate day) {
        Map<Analyte, Double> labs = job.persona().labs(day);
        boolean si = job.persona().usesSiUnits();
        return TOLD.stream()
                .map(a -> a.text(job.language()) + " "
                        + decimal(job.language(), a.scale(si).print(labs.getOrDefault(a, 0.0))) + " "
                        + unit(a.scale(si).unit()))
                .collect(Collectors.joining(", "));
    }

    /** A unit as people write it, from its UCUM form. */
    static String unit(String ucum) {
        return ucum.replace("{1.73_m2}", "1.73 m2")
                .replace("10*", "10^")
                .replace("umol", "µmol")
                .replace("m[IU]", "mIU");
    }
}
