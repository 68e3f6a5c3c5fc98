package org.sosia.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML: one well-formed document of bearable depth and size, without a document type declaration. FHIR and clinical documents (CDA)
 * are told apart by their root.
 *
 * <p>Nothing is resolved or expanded: no entity but the five predefined ones, no external anything (XXE, billion laughs). The parser
 * is the platform's own, whatever else is on the class path, so that these settings mean what they say.
 */
final class XmlInspector implements Inspector {

    static final String MEDIA_TYPE = "application/xml";
    static final String FHIR = "application/fhir+xml";
    static final String CDA = "application/hl7-cda+xml";

    /** A parser holds the longest attribute in memory; this bounds it. Larger documents go as ZIP. */
    private static final long MOST_BYTES = 32L << 20;

    private static final int DEEPEST = 256;
    private static final int MOST_ATTRIBUTES = 1_000;

    /** What a browser would run. */
    private static final Set<String> ACTIVE = Set.of(
            "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/XSL/Transform");

    private static final XMLInputFactory PARSERS = hardened();

    private static XMLInputFactory hardened() {
        XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        parsers.setProperty(XMLInputFactory.IS_COALESCING, false);
        parsers.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        parsers.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is resolved");
        });
        return parsers;
    }

    @Override
    public Finding inspect(InputStream in) throws IOException, UnsupportedContentException {
        Bounded bounded = new Bounded(in);
        try {
            return followed(bounded);
        } catch (TooMuchException tooMuch) {
            throw new UnsupportedContentException(
                    ContentFault.TOO_LARGE, "the XML file is larger than is taken in as XML");
        }
    }

    private static Finding followed(Bounded bounded) throws IOException, UnsupportedContentException {
        try {
            String mediaType = mediaType(PARSERS.createXMLStreamReader(bounded));
            bounded.transferTo(OutputStream.nullOutputStream());
            return new Finding(mediaType);
        } catch (XMLStreamException notWellFormed) {
            bounded.throwWhatFailed();
            Location at = notWellFormed.getLocation();
            throw new UnsupportedContentException(
                    ContentFault.MALFORMED,
                    "the XML file is not well formed at line " + (at == null ? 1 : at.getLineNumber()));
        }
    }

    private static String mediaType(XMLStreamReader reader) throws XMLStreamException, UnsupportedContentException {
        String mediaType = MEDIA_TYPE;
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnsupportedContentException(
                            ContentFault.REFERENCE, "a document type declaration is not taken in");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == 0) {
                        mediaType = ofRoot(reader);
                    }
                    if (++depth > DEEPEST || reader.getAttributeCount() > MOST_ATTRIBUTES) {
                        throw new UnsupportedContentException(
                                ContentFault.TOO_COMPLEX, "the XML file nests deeper than is taken in");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.PROCESSING_INSTRUCTION -> refuseTransformations(reader, depth);
                default -> {}
            }
        }
        return mediaType;
    }

    private static void refuseTransformations(XMLStreamReader reader, int depth) throws UnsupportedContentException {
        // Clinical documents come with a stylesheet line; a viewer that follows it elsewhere runs somebody's program.
        String data = reader.getPIData();
        if (depth == 0 && data != null && data.contains("://")) {
            throw new UnsupportedContentException(
                    ContentFault.REFERENCE, "the XML file refers to a stylesheet elsewhere");
        }
    }

    private static String ofRoot(XMLStreamReader reader) throws UnsupportedContentException {
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        String name = reader.getLocalName();
        if (ACTIVE.contains(namespace) || name.equalsIgnoreCase("html") || name.equalsIgnoreCase("svg")) {
            throw new UnsupportedContentException(
                    ContentFault.ACTIVE, "active content (HTML, SVG, XSLT) is not taken in");
        }
        if (namespace.equals("http://hl7.org/fhir")) {
            return FHIR;
        }
        return namespace.equals("urn:hl7-org:v3") && name.equals("ClinicalDocument") ? CDA : MEDIA_TYPE;
    }

    /** More than a document may have. */
    private static final class TooMuchException extends IOException {

        private static final long serialVersionUID = 1L;

        TooMuchException() {
            super("too much");
        }
    }

    /** Counts, and remembers what failed: a parser wraps it. */
    private static final class Bounded extends FilterInputStream {

        private long left = MOST_BYTES;
        private @Nullable IOException failure;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int n = in.read(target, offset, length);
                left -= Math.max(n, 0);
                if (left < 0) {
                    throw new TooMuchException();
                }
                return n;
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }

        void throwWhatFailed() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
