package org.sosia.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sosia.decoy.Forge;

/**
 * Recognises a content by its first bytes, and refuses one that contradicts what its sender calls it.
 *
 * <p>What a sender says decides only between readings that the bytes allow: a table is a text, an office document is a ZIP.
 */
final class Sniffer {

    /** Enough for every magic number here, and for the first line of a text. */
    static final int HEAD_BYTES = 4_096;

    /** Types that say nothing. */
    private static final Set<String> GENERIC = Set.of(
            "", BinaryInspector.MEDIA_TYPE, "binary/octet-stream", "application/unknown", "application/x-unknown");

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("dcm", DicomInspector.MEDIA_TYPE),
            Map.entry("dicom", DicomInspector.MEDIA_TYPE),
            Map.entry("pdf", PdfInspector.MEDIA_TYPE),
            Map.entry("png", PngInspector.MEDIA_TYPE),
            Map.entry("jpg", JpegInspector.MEDIA_TYPE),
            Map.entry("jpeg", JpegInspector.MEDIA_TYPE),
            Map.entry("json", JsonInspector.MEDIA_TYPE),
            Map.entry("xml", XmlInspector.MEDIA_TYPE),
            Map.entry("cda", XmlInspector.CDA),
            Map.entry("csv", TextInspector.CSV),
            Map.entry("txt", TextInspector.PLAIN),
            Map.entry("text", TextInspector.PLAIN),
            Map.entry("rtf", TextInspector.RTF),
            Map.entry("hl7", Hl7Inspector.MEDIA_TYPE),
            Map.entry("gif", MediaInspector.GIF.mediaType()),
            Map.entry("bmp", MediaInspector.BMP.mediaType()),
            Map.entry("tif", MediaInspector.TIFF.mediaType()),
            Map.entry("tiff", MediaInspector.TIFF.mediaType()),
            Map.entry("wav", MediaInspector.WAVE.mediaType()),
            Map.entry("zip", ZipInspector.MEDIA_TYPE),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("odt", "application/vnd.oasis.opendocument.text"));

    /** Other names of what is found, as senders use them. */
    private static final Map<String, Set<String>> ALSO_CALLED = Map.ofEntries(
            Map.entry(JpegInspector.MEDIA_TYPE, Set.of("image/jpg", "image/pjpeg")),
            Map.entry(MediaInspector.BMP.mediaType(), Set.of("image/x-bmp", "image/x-ms-bmp")),
            Map.entry(MediaInspector.TIFF.mediaType(), Set.of("image/tif", "image/x-tiff")),
            Map.entry(MediaInspector.WAVE.mediaType(), Set.of("audio/wave", "audio/x-wav", "audio/vnd.wave")),
            Map.entry(
                    JsonInspector.FHIR,
                    Set.of(JsonInspector.MEDIA_TYPE, "application/json+fhir", "text/json", TextInspector.PLAIN)),
            Map.entry(JsonInspector.MEDIA_TYPE, Set.of("text/json", TextInspector.PLAIN)),
            Map.entry(
                    XmlInspector.FHIR,
                    Set.of(XmlInspector.MEDIA_TYPE, "text/xml", "application/xml+fhir", TextInspector.PLAIN)),
            Map.entry(
                    XmlInspector.CDA,
                    Set.of(
                            XmlInspector.MEDIA_TYPE,
                            "text/xml",
                            "application/cda+xml",
                            "application/hl7-v3+xml",
                            TextInspector.PLAIN)),
            Map.entry(XmlInspector.MEDIA_TYPE, Set.of("text/xml", TextInspector.PLAIN)),
            Map.entry(
                    Hl7Inspector.MEDIA_TYPE,
                    Set.of(
                            "application/hl7-v2",
                            "text/hl7v2",
                            "application/edi-hl7",
                            "x-application/hl7-v2",
                            TextInspector.PLAIN)),
            Map.entry(TextInspector.RTF, Set.of("text/rtf")),
            Map.entry(TextInspector.CSV, Set.of("application/csv", "application/vnd.ms-excel", TextInspector.PLAIN)),
            Map.entry(TextInspector.PLAIN, Set.of("text/markdown", "text/x-markdown")));

    /** Names of what a reader's machine would run, whatever the bytes are. */
    private static final Set<String> ACTIVE_TYPES = Set.of(
            "text/html",
            "application/xhtml+xml",
            "image/svg+xml",
            "text/javascript",
            "application/javascript",
            "application/x-javascript",
            "application/x-msdownload",
            "application/x-msdos-program",
            "application/x-executable",
            "application/x-sharedlib",
            "application/x-sh",
            "application/x-httpd-php",
            "application/java-archive",
            "application/java-vm",
            "application/x-shockwave-flash");

    private static final Set<String> ACTIVE_EXTENSIONS = Set.of(
            "html", "htm", "xhtml", "svg", "js", "mjs", "hta", "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1",
            "vbs", "lnk", "sh", "php", "jar", "class", "swf", "docm", "xlsm", "pptm");

    private final byte[] head;
    private final String start;
    private final String declared;
    private final String extension;

    private Sniffer(byte[] head, String fileName, String declaredType) {
        this.head = head;
        this.start = new String(head, ISO_8859_1);
        this.declared = bare(declaredType);
        this.extension = BY_EXTENSION.getOrDefault(extensionOf(fileName), "");
    }

    /**
     * Chooses who follows the content.
     *
     * @param head its first bytes, at least one, at most {@value #HEAD_BYTES}
     * @throws UnsupportedContentException if it is nothing that is taken in, or contradicts its name or declared type
     */
    static Inspector inspector(byte[] head, String fileName, String declaredType) throws UnsupportedContentException {
        Sniffer sniffer = new Sniffer(head, fileName, declaredType);
        if (ACTIVE_TYPES.contains(sniffer.declared) || ACTIVE_EXTENSIONS.contains(extensionOf(fileName))) {
            throw new UnsupportedContentException(
                    ContentFault.ACTIVE, "active content (programs, scripts, HTML, macros) is not taken in");
        }
        Inspector inspector = sniffer.recognise();
        return new Inspector() {
            @Override
            public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
                Finding found = inspector.inspect(in);
                sniffer.requireAgreement(found.mediaType());
                return found;
            }

            @Override
            public Optional<Finding> expected(byte[] head) {
                return inspector.expected(head);
            }
        };
    }

    private Inspector recognise() throws UnsupportedContentException {
        refusePrograms();
        if (startsWith(DicomInspector.MAGIC, DicomInspector.PREAMBLE_BYTES)) {
            return agreed(DicomInspector.MEDIA_TYPE, new DicomInspector());
        }
        if (start.startsWith("%PDF-")) {
            return agreed(PdfInspector.MEDIA_TYPE, new PdfInspector());
        }
        if (startsWith(PngInspector.MAGIC, 0)) {
            return agreed(PngInspector.MEDIA_TYPE, new PngInspector());
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return agreed(JpegInspector.MEDIA_TYPE, new JpegInspector());
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return zip();
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return agreed(MediaInspector.GIF.mediaType(), MediaInspector.GIF);
        }
        if (start.startsWith("II*\u0000") || start.startsWith("MM\u0000*")) {
            return agreed(MediaInspector.TIFF.mediaType(), MediaInspector.TIFF);
        }
        if (start.startsWith("RIFF") && start.startsWith("WAVE", 8)) {
            return agreed(MediaInspector.WAVE.mediaType(), MediaInspector.WAVE);
        }
        if (start.startsWith("BM") && start.startsWith("\u0000\u0000\u0000\u0000", 6)) {
            return agreed(MediaInspector.BMP.mediaType(), MediaInspector.BMP);
        }
        return isText() ? text() : binary();
    }

    private void refusePrograms() throws UnsupportedContentException {
        boolean program = start.startsWith("\u007fELF")
                || (start.startsWith("MZ") && !isText())
                || start.startsWith("#!")
                || start.startsWith("\u00ca\u00fe\u00ba\u00be")
                || start.startsWith("\u00cf\u00fa\u00ed\u00fe")
                || start.startsWith("!<arch>");
        boolean dicom = startsWith(DicomInspector.MAGIC, DicomInspector.PREAMBLE_BYTES);
        if (program && !dicom) {
            throw new UnsupportedContentException(ContentFault.PROGRAM, "programs are not taken in");
        }
    }

    private Inspector zip() throws UnsupportedContentException {
        String inside = isOfficeDocument(declared) ? declared : isOfficeDocument(extension) ? extension : "";
        String mediaType = inside.isEmpty() || !Forge.supports(inside) ? ZipInspector.MEDIA_TYPE : inside;
        return agreed(mediaType, new ZipInspector(mediaType));
    }

    private static boolean isOfficeDocument(String mediaType) {
        return mediaType.startsWith("application/vnd.openxmlformats-officedocument.")
                || mediaType.startsWith("application/vnd.oasis.opendocument.");
    }

    private Inspector text() throws UnsupportedContentException {
        String trimmed = start.stripLeading().toLowerCase(Locale.ROOT);
        if (trimmed.startsWith("<!doctype html")
                || trimmed.startsWith("<html")
                || trimmed.startsWith("<script")
                || trimmed.startsWith("<svg")) {
            throw new UnsupportedContentException(
                    ContentFault.ACTIVE, "active content (HTML, SVG, XSLT) is not taken in");
        }
        if (start.startsWith("MSH|") || start.startsWith("FHS|") || start.startsWith("BHS|")) {
            return agreed(Hl7Inspector.MEDIA_TYPE, new Hl7Inspector());
        }
        if (start.startsWith("{\\rtf")) {
            return agreed(TextInspector.RTF, new TextInspector(TextInspector.RTF, true));
        }
        if (trimmed.startsWith("<?xml") || (trimmed.startsWith("<") && isCalled("xml"))) {
            return new XmlInspector();
        }
        if (isCalled("json") || (trimmed.startsWith("{") && !isCalled("text/") && !isCalled("csv"))) {
            return new JsonInspector();
        }
        boolean table = declared.endsWith("csv") || extension.equals(TextInspector.CSV);
        String mediaType = table ? TextInspector.CSV : TextInspector.PLAIN;
        return agreed(mediaType, new TextInspector(mediaType, !GENERIC.contains(declared) || !extension.isEmpty()));
    }

    private Inspector binary() throws UnsupportedContentException {
        boolean known = Forge.supports(declared) && !isRecognisable(declared);
        String mediaType = known ? declared : BinaryInspector.MEDIA_TYPE;
        return agreed(mediaType, new BinaryInspector(mediaType));
    }

    /** Types whose bytes would have been recognised. */
    private static boolean isRecognisable(String mediaType) {
        return BY_EXTENSION.containsValue(mediaType)
                || ALSO_CALLED.containsKey(mediaType)
                || ALSO_CALLED.values().stream().anyMatch(names -> names.contains(mediaType));
    }

    private Inspector agreed(String found, Inspector inspector) throws UnsupportedContentException {
        requireAgreement(found);
        return inspector;
    }

    private void requireAgreement(String found) throws UnsupportedContentException {
        if (!GENERIC.contains(declared) && !agrees(declared, found)) {
            throw contradiction("declared " + declared, found);
        }
        if (!extension.isEmpty() && !agrees(extension, found)) {
            throw contradiction("named as " + extension, found);
        }
        if (!Forge.supports(found)) {
            throw new UnsupportedContentException(ContentFault.TYPE, "files of type " + found + " are not taken in");
        }
    }

    private static UnsupportedContentException contradiction(String called, String found) {
        return new UnsupportedContentException(ContentFault.CONTRADICTION, called + ", but the content is " + found);
    }

    private static boolean agrees(String called, String found) {
        return called.equals(found)
                || ALSO_CALLED.getOrDefault(found, Set.of()).contains(called)
                || (found.equals(ZipInspector.MEDIA_TYPE) && (isOfficeDocument(called) || called.contains("zip")))
                || (isUnknown(called) && isShapeless(called, found));
    }

    /** A type of which nothing is known here: there is nothing that the bytes could contradict. */
    private static boolean isUnknown(String called) {
        return !Forge.supports(called) && !isRecognisable(called);
    }

    /** What has no structure known here may be anything; but a picture, film or sound is not a text. */
    private static boolean isShapeless(String called, String found) {
        return found.equals(BinaryInspector.MEDIA_TYPE)
                || (Set.of(TextInspector.PLAIN, XmlInspector.MEDIA_TYPE, JsonInspector.MEDIA_TYPE)
                                .contains(found)
                        && !called.matches("(image|video|audio|font)/.*"));
    }

    private boolean isCalled(String part) {
        return declared.contains(part) || extension.contains(part);
    }

    private boolean isText() {
        for (byte one : head) {
            if (!TextInspector.isPrintable(one & 0xFF)) {
                return false;
            }
        }
        return isUtf8UpToACut();
    }

    /** A full head may end in the middle of a character, which has four bytes at most. */
    private boolean isUtf8UpToACut() {
        int mostCut = head.length == HEAD_BYTES ? 3 : 0;
        for (int cut = 0; cut <= mostCut; cut++) {
            if (isUtf8(head.length - cut)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUtf8(int length) {
        try {
            new Utf8Stream(new ByteArrayInputStream(head, 0, length)).transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException notUtf8) {
            return false;
        }
    }

    private boolean startsWith(byte[] magic, int offset) {
        return head.length >= offset + magic.length
                && Arrays.equals(Arrays.copyOfRange(head, offset, offset + magic.length), magic);
    }

    private static String bare(String declaredType) {
        int end = declaredType.indexOf(';');
        return (end < 0 ? declaredType : declaredType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String extensionOf(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
