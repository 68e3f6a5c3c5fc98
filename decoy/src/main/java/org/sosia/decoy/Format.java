package org.sosia.decoy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The families of files for which there is a generator. */
enum Format {
    TEXT("txt", "text/plain"),
    CSV("csv", "text/csv"),
    HTML("html", "text/html"),
    CDA("xml", "application/xml", "text/xml", "application/hl7-cda+xml", "application/cda+xml"),
    RICH_TEXT("rtf", "application/rtf", "text/rtf"),
    FHIR_JSON("json", "application/fhir+json", "application/json"),
    FHIR_XML("xml", "application/fhir+xml"),
    HL7("hl7", "x-application/hl7-v2+er7", "application/hl7-v2", "text/hl7v2"),
    PNG("png", "image/png"),
    JPEG("jpg", "image/jpeg"),
    TIFF("tif", "image/tiff"),
    BMP("bmp", "image/bmp"),
    GIF("gif", "image/gif"),
    WAVE("wav", "audio/wav"),
    DICOM("dcm", "application/dicom"),
    PDF("pdf", "application/pdf"),
    ZIP("zip", "application/zip"),
    WORD("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    SHEET("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    OCTETS("bin", "application/octet-stream");

    private static final Map<String, Format> BY_MEDIA_TYPE = new HashMap<>();

    static {
        for (Format format : values()) {
            format.mediaTypes.forEach(type -> BY_MEDIA_TYPE.put(type, format));
        }
    }

    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strings
    private final List<String> mediaTypes;

    Format(String extension, String... mediaTypes) {
        this.extension = extension;
        this.mediaTypes = List.copyOf(Arrays.asList(mediaTypes));
    }

    List<String> mediaTypes() {
        return mediaTypes;
    }

    static boolean knows(String mediaType) {
        return BY_MEDIA_TYPE.containsKey(mediaType);
    }

    static Format of(String mediaType) {
        Format format = BY_MEDIA_TYPE.get(mediaType);
        if (format == null) {
            throw new IllegalArgumentException("There is no double for this media type");
        }
        return format;
    }

    static String extension(String mediaType) {
        Format format = BY_MEDIA_TYPE.get(mediaType);
        return format == null ? "bin" : format.extension;
    }
}
