package org.sosia.words;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * FHIR R4 in XML ({@code <code value="…"/>}) and CDA ({@code <code code="…" codeSystem="…" displayName="…"/>}, titles and narrative).
 * No document type is read, no entity resolved.
 */
final class XmlWords {

    /** CDA's narrative stands between tags. */
    private static final Set<String> NARRATIVE =
            Set.of("title", "paragraph", "content", "td", "th", "item", "caption", "text");

    private static final int DEEPEST = 200;

    private final Found found;
    private final Deque<Map<String, String>> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();

    XmlWords(Found found) {
        this.found = found;
    }

    void read(byte[] content) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
            while (reader.hasNext() && !found.isFull()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    begin(reader);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end();
                } else if (event == XMLStreamConstants.CHARACTERS && NARRATIVE.contains(names.peek())) {
                    found.text(reader.getText());
                }
            }
        } catch (XMLStreamException cutOffOrMalformed) {
            throw new IOException(cutOffOrMalformed);
        }
    }

    private void begin(XMLStreamReader reader) {
        if (open.size() >= DEEPEST) {
            throw new IllegalArgumentException("nested deeper than is read");
        }
        String name = reader.getLocalName();
        String value = attribute(reader, "value");
        Map<String, String> around = open.peek();
        if (around != null && !value.isEmpty()) {
            around.put(name, value);
        }
        if (attribute(reader, "code").isEmpty()) {
            found.text(attribute(reader, "displayName"));
        } else {
            Coding.system(attribute(reader, "codeSystem"))
                    .ifPresent(system -> found.code(system, attribute(reader, "code")));
            found.text(attribute(reader, "displayName"));
        }
        names.push(name);
        open.push(new HashMap<>());
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private void end() {
        names.pop();
        Coding.tell(open.pop(), found);
    }
}
