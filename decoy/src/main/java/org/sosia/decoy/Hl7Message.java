package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** HL7 v2.5 results (ORU^R01): one group per visit, lines ended by CR. */
final class Hl7Message {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private Hl7Message() {}

    static Plan plan(Job job) {
        Persona who = job.persona();
        String day = DAY.format(job.spec().day());
        Keystream stream = job.edition().stream("header");
        String at = day
                + Paragraphs.two(stream.between(7, 19))
                + Paragraphs.two(stream.below(60))
                + Paragraphs.two(stream.below(60));
        String header =
                "MSH|^~\\&|LIS|LAB|EHR|" + Persona.plain(who.hospital()).toUpperCase(java.util.Locale.ROOT) + "|" + at
                        + "||ORU^R01^ORU_R01|" + stream.between(1_000_000, 9_999_999) + "|P|2.5||||||UNICODE UTF-8\r";
        String person = "PID|1||" + who.number() + "^^^HOSP^MR||" + who.family + "^" + who.given + "||"
                + DAY.format(who.birthDate) + "|" + (who.isFemale ? "F" : "M") + "|||"
                + who.address().replace(", ", "^^") + "||" + who.phone() + "\r";
        String visit = "PV1|1|O|||||" + stream.between(1000, 9999) + "^" + who.physician(0) + "\r";
        Growth.Units units = () -> Stream.concat(
                        Stream.of(person, visit),
                        IntStream.range(0, Integer.MAX_VALUE).boxed().flatMap(i -> group(job, i).stream()))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .iterator();
        return Growth.plan(
                job.target(),
                header.getBytes(StandardCharsets.UTF_8),
                units,
                Filler.between("NTE|1|L|", "\r", job.edition(), job.language()));
    }

    private static List<String> group(Job job, int which) {
        LocalDate day = job.spec().day().minusDays(which);
        boolean si = job.persona().usesSiUnits();
        boolean female = job.persona().isFemale;
        String at = DAY.format(day) + "0" + job.record().stream("drawn", which).between(6, 9) + "15";
        var lines = new ArrayList<String>();
        lines.add("OBR|" + (which + 1) + "||"
                + (100_000 + job.record().stream("order", which).below(900_000))
                + "|24323-8^Comprehensive metabolic panel^LN|||" + at + "\r");
        int line = 1;
        for (Map.Entry<Analyte, Double> e : job.persona().labs(day).entrySet()) {
            Analyte.Scale scale = e.getKey().scale(si);
            double low = e.getKey().low(female);
            double high = e.getKey().high(female);
            String flag = e.getValue() < low ? "L" : e.getValue() > high ? "H" : "N";
            lines.add("OBX|" + line + "|NM|" + scale.loinc() + "^" + e.getKey().text(job.language()) + "^LN||"
                    + scale.print(e.getValue()) + "|" + scale.unit().replace("^", "") + "|" + scale.print(low) + "-"
                    + scale.print(high) + "|" + flag + "|||F|||" + at + "\r");
            line++;
        }
        return lines;
    }
}
