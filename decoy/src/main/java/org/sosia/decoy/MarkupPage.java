package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The same story as web page, as clinical document (HL7 CDA R2) and as rich text. */
final class MarkupPage {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private MarkupPage() {}

    static Plan html(Job job) {
        Persona who = job.persona();
        String title = escape(who.hospital() + " - " + who.name());
        String head = "<!DOCTYPE html>\n<html lang=\"" + job.language().of("en", "de", "fr")
                + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title
                + "</title>\n<style>body{font-family:sans-serif;margin:2em}td,th{padding:.2em .8em;text-align:left}</style>\n</head>\n<body>\n";
        return story(
                job,
                head,
                "</body>\n</html>\n",
                p -> p.title().isEmpty()
                        ? "<p>" + escape(p.text()) + "</p>\n"
                        : "<h2>" + escape(p.title()) + "</h2>\n<p>"
                                + escape(p.text()).replace("\n", "<br>\n") + "</p>\n",
                day -> "<h2>" + labTitle(job, day) + "</h2>\n" + table(job, day) + "\n",
                "<!DOCTYPE html>\n<title>-</title>\n",
                "<p>",
                "</p>\n");
    }

    static Plan richText(Job job) {
        return story(
                job,
                "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\fs22\n",
                "}\n",
                p -> (p.title().isEmpty() ? "" : "\\b " + rich(p.title()) + "\\b0\\par\n") + rich(p.text()) + "\\par\n",
                day -> "",
                "{\\rtf1\\ansi ",
                "",
                "");
    }

    private static String rich(String text) {
        var out = new StringBuilder(text.length() + 32);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\line\n");
            } else if (c < 128) {
                out.append(c);
            } else {
                out.append("\\u").append((int) c).append('?');
            }
        }
        return out.toString();
    }

    static Plan cda(Job job) {
        Persona who = job.persona();
        String day = DAY.format(job.spec().day());
        String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
                + "  <realmCode code=\""
                + (job.persona().locale().getCountry().isEmpty()
                        ? "UV"
                        : job.persona().locale().getCountry()) + "\"/>\n"
                + "  <typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>\n"
                + "  <templateId root=\"2.16.840.1.113883.10.20.22.1.1\" extension=\"2015-08-01\"/>\n"
                + "  <templateId root=\"2.16.840.1.113883.10.20.22.1.2\" extension=\"2015-08-01\"/>\n"
                + "  <id root=\"" + job.edition().uuid("document") + "\"/>\n"
                + "  <code code=\"34133-9\" codeSystem=\"2.16.840.1.113883.6.1\" codeSystemName=\"LOINC\" displayName=\"Summarization of Episode Note\"/>\n"
                + "  <title>" + escape(who.hospital()) + "</title>\n  <effectiveTime value=\"" + day + "\"/>\n"
                + "  <confidentialityCode code=\"N\" codeSystem=\"2.16.840.1.113883.5.25\"/>\n  <languageCode code=\""
                + job.language().of("en", "de", "fr") + "\"/>\n"
                + "  <recordTarget><patientRole><id root=\"" + job.site().uuid("numbers") + "\" extension=\""
                + who.number() + "\"/><addr><streetAddressLine>"
                + escape(who.address()) + "</streetAddressLine></addr><telecom value=\"tel:"
                + who.phone().replaceAll("[^0-9+]", "") + "\"/><patient><name><given>" + escape(who.given)
                + "</given><family>" + escape(who.family) + "</family></name><administrativeGenderCode code=\""
                + (who.isFemale ? "F" : "M")
                + "\" codeSystem=\"2.16.840.1.113883.5.1\"/><birthTime value=\"" + DAY.format(who.birthDate)
                + "\"/></patient></patientRole></recordTarget>\n"
                + "  <author><time value=\"" + day + "\"/><assignedAuthor><id root=\""
                + job.site().uuid("staff") + "\" extension=\"1\"/><assignedPerson><name>"
                + escape(who.physician(0)) + "</name></assignedPerson></assignedAuthor></author>\n"
                + "  <custodian><assignedCustodian><representedCustodianOrganization><id root=\""
                + job.site().uuid("hospital") + "\"/><name>" + escape(who.hospital())
                + "</name></representedCustodianOrganization></assignedCustodian></custodian>\n  <component><structuredBody>\n";
        String open = "    <component><section><code code=\"34109-9\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>"
                + job.language().of("Note", "Notiz", "Note") + "</title><text><paragraph>";
        return story(
                job,
                head,
                "  </structuredBody></component>\n</ClinicalDocument>\n",
                p -> p.title().isEmpty()
                        ? ""
                        : "    <component><section><code code=\"" + code(p.title(), job.language())
                                + "\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>" + escape(p.title())
                                + "</title><text><paragraph>"
                                + escape(p.text()).replace("\n", "</paragraph><paragraph>")
                                + "</paragraph></text></section></component>\n",
                day2 -> "    <component><section><code code=\"30954-2\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>"
                        + labTitle(job, day2) + "</title><text>" + table(job, day2) + "</text></section></component>\n",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<note>",
                "",
                "</note>\n",
                open,
                "</paragraph></text></section></component>\n");
    }

    private static String code(String title, Language in) {
        if (title.equals(in.of("Diagnoses", "Diagnosen", "Antécédents"))) {
            return "11450-4";
        }
        return title.equals(in.of("Medication", "Medikation", "Traitement")) ? "10160-0" : "34109-9";
    }

    private interface Part<T> {
        String of(T part);
    }

    private static Plan story(
            Job job,
            String head,
            String tail,
            Part<Paragraphs.Paragraph> words,
            Part<LocalDate> labs,
            String small,
            String open,
            String close) {
        return story(job, head, tail, words, labs, small, open, close, open, close);
    }

    /** @param small what the smallest file begins with, where the whole head has no room */
    private static Plan story(
            Job job,
            String head,
            String tail,
            Part<Paragraphs.Paragraph> words,
            Part<LocalDate> labs,
            String small,
            String smallOpen,
            String smallClose,
            String open,
            String close) {
        long target = job.target();
        Growth.Units none = java.util.Collections::emptyIterator;
        if (target < head.length() + 600) {
            String end = tail.length() < 4 ? tail : "";
            return Growth.plan(
                    target,
                    small.getBytes(StandardCharsets.UTF_8),
                    none,
                    Filler.between(smallOpen, smallClose + end, job.edition(), job.language()));
        }
        boolean withTables = job.spec().kind() == RecordKind.LAB
                || job.spec().kind() == RecordKind.REPORT
                || job.spec().kind() == RecordKind.BUNDLE;
        Growth.Units units = () -> Stream.concat(
                        Stream.concat(Paragraphs.head(job), Paragraphs.history(job))
                                .map(words::of),
                        IntStream.range(0, Integer.MAX_VALUE)
                                .boxed()
                                .flatMap(i -> Stream.of(
                                        words.of(Paragraphs.visit(job, i)),
                                        withTables ? labs.of(Paragraphs.visitDay(job, i)) : "")))
                .filter(part -> !part.isEmpty())
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .iterator();
        return Growth.plan(
                target,
                head.getBytes(StandardCharsets.UTF_8),
                units,
                Filler.between(open, close + tail, job.edition(), job.language()));
    }

    private static String labTitle(Job job, LocalDate day) {
        return job.language().of("Laboratory ", "Labor ", "Biologie ") + Paragraphs.date(job.language(), day);
    }

    private static String table(Job job, LocalDate day) {
        boolean si = job.persona().usesSiUnits();
        boolean female = job.persona().isFemale;
        Map<Analyte, Double> values = job.persona().labs(day);
        return values.entrySet().stream()
                .map(e -> {
                    Analyte.Scale scale = e.getKey().scale(si);
                    return "<tr><td>" + escape(e.getKey().text(job.language())) + "</td><td>"
                            + scale.print(e.getValue()) + "</td><td>" + Paragraphs.unit(scale.unit()) + "</td><td>"
                            + scale.print(e.getKey().low(female)) + " - "
                            + scale.print(e.getKey().high(female)) + "</td></tr>";
                })
                .collect(Collectors.joining("\n", "<table><tbody>\n", "\n</tbody></table>"));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
