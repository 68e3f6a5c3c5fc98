package org.sosia.web.content;

import java.util.Set;

/** How a content can be shown without running anything of it. */
public enum Preview {
    /** As a picture, in an image element. */
    PICTURE,
    /** As text, escaped into the page. */
    TEXT,
    /** As the text of its pages, drawn out by the server. */
    PAGES,
    /** Not at all: it is downloaded. */
    NONE;

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/fhir+json",
            "application/xml",
            "application/fhir+xml",
            "application/hl7-v2");

    /** How that media type is shown. */
    public static Preview of(String mediaType) {
        var type = mediaType.split(";", 2)[0].strip();
        if (PICTURES.contains(type)) {
            return PICTURE;
        }
        if (type.equals("application/pdf")) {
            return PAGES;
        }
        return isText(type) ? TEXT : NONE;
    }

    private static boolean isText(String type) {
        var isStructured = type.endsWith("+json") || type.endsWith("+xml");
        // A picture that is written in XML can carry scripts; it is text to nobody.
        return type.startsWith("text/") || TEXTS.contains(type) || (isStructured && !type.startsWith("image/"));
    }
}
