package org.sosia.words;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sosia.crypto.keywords.Normaliser.CodeSystem;

/** Which system of codes a document means: by its URI in FHIR, by its OID in CDA, by its designator in DICOM. */
final class Coding {

    /** The fields of a resource that are written to be read. */
    private static final Set<String> TOLD =
            Set.of("display", "text", "title", "description", "conclusion", "valueString", "comment", "summary");

    private Coding() {}

    /** Whether {@link #tell} looks at a field of this name. */
    static boolean isTelling(String name) {
        return TOLD.contains(name) || name.equals("system") || name.equals("code") || name.equals("reference");
    }

    /** What one element of a resource says: its code, and what is written to be read; nothing of whom or what it refers to. */
    static void tell(Map<String, String> fields, Found found) {
        if (fields.containsKey("reference")) {
            return;
        }
        String code = fields.getOrDefault("code", "");
        system(fields.getOrDefault("system", "")).ifPresent(system -> found.code(system, code));
        TOLD.stream().sorted().map(told -> fields.getOrDefault(told, "")).forEach(found::text);
    }

    static Optional<CodeSystem> system(String name) {
        String plain = name.startsWith("urn:oid:") ? name.substring("urn:oid:".length()) : name;
        if (plain.startsWith("http://hl7.org/fhir/sid/icd-10")) {
            return Optional.of(CodeSystem.ICD_10);
        }
        return Optional.ofNullable(
                switch (plain) {
                    case "http://loinc.org", "2.16.840.1.113883.6.1", "LN" -> CodeSystem.LOINC;
                    case "http://snomed.info/sct", "2.16.840.1.113883.6.96", "SCT" -> CodeSystem.SNOMED_CT;
                    case "2.16.840.1.113883.6.3", "2.16.840.1.113883.6.90", "I10" -> CodeSystem.ICD_10;
                    default -> null;
                });
    }
}
