package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables: laboratory results, the readings of a monitor when there are very many, or a sampled electrocardiogram. */
final class CsvTable {

    /** Beyond this no laboratory list grows; monitors and sensors go on. */
    private static final long MOST_LAB_BYTES = 400_000;

    private static final long SMALLEST_TABLE = 420;

    private final Job job;
    private final Language in;
    private final char separator;
    private final char decimal;
    private final String end;

    private CsvTable(Job job) {
        this.job = job;
        this.in = job.language();
        this.separator = in == Language.ENGLISH ? ',' : ';';
        this.decimal = in == Language.ENGLISH ? '.' : ',';
        this.end = job.site().unit("line end") < 0.5 ? "\r\n" : "\n";
    }

    static Plan plan(Job job) {
        var table = new CsvTable(job);
        long target = job.target();
        if (target < SMALLEST_TABLE) {
            return Growth.plan(
                    target,
                    new byte[0],
                    java.util.Collections::emptyIterator,
                    Filler.between("", "", job.edition(), table.in));
        }
        return switch (job.spec().kind()) {
            case WAVEFORM -> table.waveform(target);
            default -> target > MOST_LAB_BYTES ? table.monitor(target) : table.labs(target);
        };
    }

    private String row(Object... cells) {
        var row = new StringBuilder(96);
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                row.append(separator);
            }
            String cell = cells[i].toString();
            // RFC 4180, 2.6: a cell that holds the separator stands in quotes.
            row.append(cell.indexOf(separator) < 0 ? cell : '"' + cell + '"');
        }
        return row.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Growth.Closing closing(String lastRow) {
        return Filler.between(lastRow + separator + '"', '"' + end, job.edition(), in);
    }

    private Plan labs(long target) {
        String head = row(
                        in.of("patient_no", "patientennr", "no_patient"),
                        in.of("date", "datum", "date"),
                        in.of("code", "loinc", "code"),
                        in.of("analyte", "analyt", "analyse"),
                        in.of("value", "wert", "valeur"),
                        in.of("unit", "einheit", "unite"),
                        in.of("low", "von", "min"),
                        in.of("high", "bis", "max"),
                        in.of("flag", "markierung", "alerte"),
                        in.of("comment", "kommentar", "commentaire"))
                + end;
        Growth.Units rows = () -> IntStream.range(0, Integer.MAX_VALUE)
                .boxed()
                .flatMap(this::panel)
                .iterator();
        String last = row(
                job.persona().number(),
                Paragraphs.date(in, job.spec().day()),
                "48767-8",
                in.of("Annotation", "Bemerkung", "Remarque"),
                "",
                "",
                "",
                "",
                "");
        return Growth.plan(target, bytes(head), rows, closing(last));
    }

    private Stream<byte[]> panel(int visit) {
        LocalDate day = job.spec().day().minusDays(visit);
        Map<Analyte, Double> values = job.persona().labs(day);
        boolean si = job.persona().usesSiUnits();
        return values.entrySet().stream().map(e -> bytes(labRow(day, e.getKey(), e.getValue(), si)));
    }

    private String labRow(LocalDate day, Analyte analyte, double value, boolean si) {
        boolean female = job.persona().isFemale;
        Analyte.Scale scale = analyte.scale(si);
        String flag = value < analyte.low(female) ? "L" : value > analyte.high(female) ? "H" : "";
        return row(
                        job.persona().number(),
                        Paragraphs.date(in, day),
                        scale.loinc(),
                        analyte.text(in),
                        point(scale.print(value)),
                        scale.unit(),
                        point(scale.print(analyte.low(female))),
                        point(scale.print(analyte.high(female))),
                        flag,
                        "")
                + end;
    }

    private String point(String number) {
        return decimal == '.' ? number : number.replace('.', decimal);
    }

    private Plan monitor(long target) {
        String head = row("timestamp", "hr", "spo2", "rr", "sbp", "dbp", "map", "temp", "glucose", "note") + end;
        // A row has about 52 bytes. Up to some months at the step that fits, down to one reading a second.
        long rows = target / 52;
        long step = rows < 20_000 ? 300 : rows < 200_000 ? 60 : rows < 1_000_000 ? 10 : 1;
        LocalDateTime start = job.spec().day().atStartOfDay().minusSeconds(rows * step);
        Growth.Units units =
                () -> new MonitorRows(new Monitor(job.persona(), job.record().stream("monitor"), start, step));
        return Growth.plan(
                target, bytes(head), units, closing(job.spec().day() + "T00:00:00" + ("" + separator).repeat(8)));
    }

    private final class MonitorRows implements Iterator<byte[]> {
        private final Monitor monitor;

        MonitorRows(Monitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Monitor.Reading r = monitor.next();
            var row = new Digits(72);
            row.moment(r.at()).letter(separator);
            row.number(r.pulse())
                    .letter(separator)
                    .number(r.saturation())
                    .letter(separator)
                    .number(r.breaths())
                    .letter(separator);
            row.number(r.systolic())
                    .letter(separator)
                    .number(r.diastolic())
                    .letter(separator)
                    .number(r.mean())
                    .letter(separator);
            row.number(r.tenthsCelsius() / 10)
                    .letter(decimal)
                    .number(r.tenthsCelsius() % 10)
                    .letter(separator);
            return row.number(r.glucose()).letter(separator).text(end).bytes();
        }
    }

    private Plan waveform(long target) {
        String head =
                row("sample", "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "note") + end;
        return Growth.plan(target, bytes(head), SampleRows::new, closing("end" + ("" + separator).repeat(12)));
    }

    private final class SampleRows implements Iterator<byte[]> {
        private final Ecg ecg = new Ecg(job.persona(), job.spec().day(), job.record().stream("ecg"));
        private final short[] leads = new short[Ecg.LEADS];
        private long sample;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ecg.next(leads);
            var row = new Digits(96).number(sample++);
            for (short lead : leads) {
                row.letter(separator).number(lead);
            }
            return row.letter(separator).text(end).bytes();
        }
    }
}
