package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** FHIR R4 bundles, as JSON or as XML: the person, the conditions, the medicines, and one encounter with observations per visit. */
final class FhirBundle {

    /** A number: printed without quotes, with the decimals it has. */
    private record Numeral(String text) {}

    /** Below this there is one resource and no bundle. */
    private static final long SMALLEST_BUNDLE = 1600;

    private static final String LOINC = "http://loinc.org";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String UCUM = "http://unitsofmeasure.org";

    private final Job job;
    private final boolean xml;
    private final String patient;

    private FhirBundle(Job job, boolean xml) {
        this.job = job;
        this.xml = xml;
        this.patient = "urn:uuid:" + id("patient");
    }

    static Plan plan(Job job, boolean xml) {
        var bundle = new FhirBundle(job, xml);
        return job.target() < SMALLEST_BUNDLE ? bundle.single() : bundle.whole();
    }

    private String id(Object... what) {
        // The person is one resource in all bundles about her; what happened belongs to the record.
        return what[0].equals("patient")
                ? job.site()
                        .uuid("patient", job.persona().number(), job.spec().patient())
                        .toString()
                : job.record().uuid("resource", what).toString();
    }

    private Plan single() {
        String mark = "\u0000";
        Map<String, Object> note = resource("Observation", "status", "final", "code", map("text", mark));
        String whole = xml ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xmlResource(note, true) : json(note);
        int cut = whole.indexOf(mark);
        return Growth.plan(
                job.target(),
                new byte[0],
                java.util.Collections::emptyIterator,
                Filler.between(whole.substring(0, cut), whole.substring(cut + 1), job.edition(), job.language()));
    }

    private Plan whole() {
        String head = xml
                ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Bundle xmlns=\"http://hl7.org/fhir\">\n<id value=\""
                        + job.edition().uuid("bundle") + "\"/>\n<type value=\"collection\"/>\n"
                : "{\n\"resourceType\": \"Bundle\",\n\"id\": \"" + job.edition().uuid("bundle")
                        + "\",\n\"type\": \"collection\",\n\"entry\": [\n";
        Growth.Units units = () -> Stream.concat(
                        Stream.concat(Stream.of(person(), organisation()), conditions()),
                        IntStream.range(0, Integer.MAX_VALUE).boxed().flatMap(i -> visit(i).stream()))
                .map(e -> utf8(entry(e) + (xml ? "\n" : ",\n")))
                .iterator();
        String mark = "\u0000";
        Map<String, Object> last = resource(
                "Observation",
                "id",
                id("last", job.spec().version()),
                "status",
                "final",
                "code",
                concept(LOINC, "48767-8", "Annotation comment"),
                "subject",
                map("reference", patient),
                "effectiveDateTime",
                job.spec().day().toString(),
                "valueString",
                mark);
        String whole = entry(last);
        int cut = whole.indexOf(mark);
        return Growth.plan(
                job.target(),
                utf8(head),
                units,
                Filler.between(
                        whole.substring(0, cut),
                        whole.substring(cut + 1) + (xml ? "\n</Bundle>\n" : "\n]\n}\n"),
                        job.edition(),
                        job.language()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> person() {
        Persona who = job.persona();
        return resource(
                "Patient",
                "id",
                id("patient"),
                "identifier",
                List.of(map(
                        "type",
                        concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR", "Medical record number"),
                        "system",
                        "urn:uuid:" + job.site().uuid("numbers"),
                        "value",
                        who.number())),
                "active",
                new Numeral("true"),
                "name",
                List.of(map("use", "official", "text", who.name(), "family", who.family, "given", List.of(who.given))),
                "telecom",
                List.of(map("system", "phone", "value", who.phone()), map("system", "email", "value", who.mail())),
                "gender",
                who.isFemale ? "female" : "male",
                "birthDate",
                who.birthDate.toString(),
                "address",
                List.of(map("text", who.address())));
    }

    private Map<String, Object> organisation() {
        return resource(
                "Organization", "id", id("hospital"), "name", job.persona().hospital());
    }

    private Stream<Map<String, Object>> conditions() {
        return job.persona().conditions(job.spec().day()).stream().flatMap(c -> Stream.of(condition(c), medicine(c)));
    }

    private Map<String, Object> condition(Condition c) {
        return resource(
                "Condition",
                "id",
                id("condition", c),
                "clinicalStatus",
                concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"),
                "verificationStatus",
                concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed", "Confirmed"),
                "code",
                map(
                        "coding",
                        List.of(
                                map("system", SNOMED, "code", c.snomed),
                                map("system", "http://hl7.org/fhir/sid/icd-10", "code", c.icd10)),
                        "text",
                        c.text(job.language())),
                "subject",
                map("reference", patient),
                "onsetDateTime",
                job.persona().onset(c).toString());
    }

    private Map<String, Object> medicine(Condition c) {
        return resource(
                "MedicationStatement",
                "id",
                id("medicine", c),
                "status",
                "active",
                "medicationCodeableConcept",
                concept("http://www.whocc.no/atc", c.atc, c.medicine),
                "subject",
                map("reference", patient),
                "dosage",
                List.of(map("text", c.prescription(job.language()))));
    }

    private List<Map<String, Object>> visit(int which) {
        LocalDate day = Paragraphs.visitDay(job, which);
        Keystream stream = job.record().stream("hour", which);
        String at = day + "T" + Paragraphs.two(stream.between(7, 17)) + ":" + Paragraphs.two(stream.below(60)) + ":"
                + Paragraphs.two(stream.below(60)) + "+00:00";
        String encounter = id("encounter", which);
        var all = new ArrayList<Map<String, Object>>();
        all.add(resource(
                "Encounter",
                "id",
                encounter,
                "status",
                "finished",
                "class",
                map("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code", "AMB"),
                "subject",
                map("reference", patient),
                "period",
                map("start", at, "end", at),
                "serviceProvider",
                map("reference", "urn:uuid:" + id("hospital"))));
        Persona.Vitals v = job.persona().vitals(day);
        all.add(vital(which, encounter, at, "8867-4", "Heart rate", v.pulse() + "", "/min"));
        all.add(vital(which, encounter, at, "9279-1", "Respiratory rate", v.breaths() + "", "/min"));
        all.add(vital(which, encounter, at, "2708-6", "Oxygen saturation in Arterial blood", v.saturation() + "", "%"));
        all.add(vital(which, encounter, at, "8310-5", "Body temperature", v.celsius() + "", "Cel"));
        all.add(vital(which, encounter, at, "8302-2", "Body height", v.heightCm() + "", "cm"));
        all.add(vital(which, encounter, at, "29463-7", "Body weight", v.weightKg() + "", "kg"));
        all.add(vital(which, encounter, at, "39156-5", "Body mass index", v.bmi() + "", "kg/m2"));
        all.add(pressure(which, encounter, at, v));
        var results = new ArrayList<Object>();
        boolean si = job.persona().usesSiUnits();
        job.persona().labs(day).forEach((analyte, value) -> {
            Map<String, Object> lab = lab(which, encounter, at, analyte, value, si);
            results.add(map("reference", "urn:uuid:" + lab.get("id")));
            all.add(lab);
        });
        all.add(resource(
                "DiagnosticReport",
                "id",
                id("report", which),
                "status",
                "final",
                "category",
                List.of(concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB", "Laboratory")),
                "code",
                concept(LOINC, "11502-2", "Laboratory report"),
                "subject",
                map("reference", patient),
                "encounter",
                map("reference", "urn:uuid:" + encounter),
                "effectiveDateTime",
                at,
                "result",
                results));
        return all;
    }

    private Map<String, Object> observation(
            Object id, String category, String encounter, String at, Map<String, Object> code) {
        return resource(
                "Observation",
                "id",
                id,
                "status",
                "final",
                "category",
                List.of(concept("http://terminology.hl7.org/CodeSystem/observation-category", category, category)),
                "code",
                code,
                "subject",
                map("reference", patient),
                "encounter",
                map("reference", "urn:uuid:" + encounter),
                "effectiveDateTime",
                at);
    }

    private Map<String, Object> vital(
            int which, String encounter, String at, String code, String text, String value, String unit) {
        Map<String, Object> o =
                observation(id("vital", which, code), "vital-signs", encounter, at, concept(LOINC, code, text));
        o.put("valueQuantity", quantity(value, unit));
        return o;
    }

    private Map<String, Object> pressure(int which, String encounter, String at, Persona.Vitals v) {
        Map<String, Object> o = observation(
                id("pressure", which), "vital-signs", encounter, at, concept(LOINC, "85354-9", "Blood pressure panel"));
        o.put(
                "component",
                List.of(
                        map(
                                "code",
                                concept(LOINC, "8480-6", "Systolic blood pressure"),
                                "valueQuantity",
                                quantity(v.systolic() + "", "mm[Hg]")),
                        map(
                                "code",
                                concept(LOINC, "8462-4", "Diastolic blood pressure"),
                                "valueQuantity",
                                quantity(v.diastolic() + "", "mm[Hg]"))));
        return o;
    }

    private Map<String, Object> lab(int which, String encounter, String at, Analyte analyte, double value, boolean si) {
        Analyte.Scale scale = analyte.scale(si);
        boolean female = job.persona().isFemale;
        Map<String, Object> o = observation(
                id("lab", which, analyte),
                "laboratory",
                encounter,
                at,
                concept(LOINC, scale.loinc(), analyte.text(job.language())));
        o.put("valueQuantity", quantity(scale.print(value), scale.unit()));
        String flag = value < analyte.low(female) ? "L" : value > analyte.high(female) ? "H" : "N";
        o.put(
                "interpretation",
                List.of(concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", flag, flag)));
        o.put(
                "referenceRange",
                List.of(map(
                        "low",
                        quantity(scale.print(analyte.low(female)), scale.unit()),
                        "high",
                        quantity(scale.print(analyte.high(female)), scale.unit()))));
        return o;
    }

    private static Map<String, Object> quantity(String value, String unit) {
        return map("value", new Numeral(value), "unit", Paragraphs.unit(unit), "system", UCUM, "code", unit);
    }

    private static Map<String, Object> concept(String system, String code, String text) {
        return map("coding", List.of(map("system", system, "code", code, "display", text)), "text", text);
    }

    private static Map<String, Object> resource(String type, Object... fields) {
        var all = new LinkedHashMap<String, Object>();
        all.put("resourceType", type);
        all.putAll(map(fields));
        return all;
    }

    private static Map<String, Object> map(Object... fields) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], fields[i + 1]);
        }
        return map;
    }

    private String entry(Map<String, Object> resource) {
        Object id = resource.getOrDefault("id", "");
        if (xml) {
            return "<entry><fullUrl value=\"urn:uuid:" + id + "\"/><resource>" + xmlResource(resource, false)
                    + "</resource></entry>";
        }
        return json(map("fullUrl", "urn:uuid:" + id, "resource", resource));
    }

    private static String json(Object value) {
        var out = new StringBuilder(900);
        writeJson(out, value);
        return out.toString();
    }

    private static void writeJson(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> e : map.entrySet()) {
                out.append(before).append('"').append(e.getKey()).append("\": ");
                writeJson(out, e.getValue());
                before = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object item : list) {
                out.append(before);
                writeJson(out, item);
                before = ", ";
            }
            out.append(']');
        } else if (value instanceof Numeral n) {
            out.append(n.text());
        } else {
            out.append('"')
                    .append(value.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }

    private static String xmlResource(Map<String, Object> resource, boolean top) {
        var out = new StringBuilder(1200);
        Object type = resource.getOrDefault("resourceType", "");
        out.append('<').append(type).append(top ? " xmlns=\"http://hl7.org/fhir\">" : ">");
        resource.forEach((name, value) -> {
            if (!name.equals("resourceType")) {
                writeXml(out, name, value);
            }
        });
        return out.append("</").append(type).append('>').toString();
    }

    private static void writeXml(StringBuilder out, String name, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(item -> writeXml(out, name, item));
        } else if (value instanceof Map<?, ?> map) {
            out.append('<').append(name).append('>');
            map.forEach((k, v) -> writeXml(out, (String) k, v));
            out.append("</").append(name).append('>');
        } else {
            String text = value instanceof Numeral n ? n.text() : value.toString();
            out.append('<')
                    .append(name)
                    .append(" value=\"")
                    .append(MarkupPage.escape(text))
                    .append("\"/>");
        }
    }
}
