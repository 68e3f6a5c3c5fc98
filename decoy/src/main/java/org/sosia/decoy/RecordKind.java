package org.sosia.decoy;

import java.util.Locale;

/** What a record is, coarsely: the only thing about its subject matter that its double may know. */
public enum RecordKind {
    /** A clinical note. */
    NOTE,
    /** A finished report or letter. */
    REPORT,
    /** Laboratory results. */
    LAB,
    /** Images. */
    IMAGING,
    /** A sampled signal, such as an electrocardiogram. */
    WAVEFORM,
    /** A FHIR bundle. */
    BUNDLE,
    /** An HL7 v2 message. */
    MESSAGE,
    /** Anything else. */
    ATTACHMENT;

    /** The name as it is written in JSON: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #text()} wrote; the case of the letters does not matter.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static RecordKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
