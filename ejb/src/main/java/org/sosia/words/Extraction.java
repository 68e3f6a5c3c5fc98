package org.sosia.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.sosia.crypto.keywords.Keyword;
import org.sosia.crypto.keywords.Normaliser;

/**
 * Draws words from what was handed in: what its owner typed first, then codes and words of texts, PDFs, FHIR and CDA documents, and the
 * describing tags of DICOM. A content that cannot be read this way has only the words that its owner typed; it is never refused for that.
 */
final class Extraction {

    private Extraction() {}

    static Set<Keyword> words(Normaliser normaliser, String mediaType, List<String> typed, Gathering content) {
        Found found = new Found(normaliser);
        typed.forEach(found::text);
        read(mediaType, content, found);
        return found.words();
    }

    private static void read(String mediaType, Gathering content, Found found) {
        try {
            if (mediaType.equals("application/dicom")) {
                new DicomWords(found).read(content.bytes());
            } else if (mediaType.equals("application/pdf")) {
                if (content.isWhole()) {
                    PdfWords.read(content.bytes(), found);
                }
            } else if (mediaType.endsWith("json")) {
                new JsonWords(found).read(content.bytes());
            } else if (mediaType.endsWith("xml") && !mediaType.startsWith("image/")) {
                new XmlWords(found).read(content.bytes());
            } else if (mediaType.startsWith("text/")) {
                found.text(new String(content.bytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException unreadable) {
            // What was found up to there stands: the beginning of a long content ends in the middle of something.
        }
    }
}
