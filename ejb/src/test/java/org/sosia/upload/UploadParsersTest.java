package org.sosia.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Files as they arrive: what they are is told by their first bytes, and they are followed to the last. */
class UploadParsersTest extends FuzzedParsers {

    @Override
    public List<Parser> parsers() {
        return List.of(
                upload(
                        "upload of DICOM",
                        "",
                        Samples.real("UN_sequence.dcm"),
                        Samples.real("nested_priv_SQ.dcm"),
                        Samples.real("SC_rgb_rle_2frame.dcm"),
                        Samples.real("MR_small_bigendian.dcm"),
                        Samples.real("reportsi_with_empty_number_tags.dcm")),
                upload(
                        "upload of a picture",
                        "",
                        Samples.png(20, 12),
                        Samples.jpeg(),
                        Samples.forgedSmall("image/png"),
                        Samples.forgedSmall("image/jpeg")),
                upload(
                        "upload of a picture or sound",
                        "",
                        Samples.forgedSmall("image/gif"),
                        Samples.forgedSmall("image/bmp"),
                        Samples.forgedSmall("image/tiff"),
                        Samples.forgedSmall("audio/wav")),
                upload(
                        "upload of JSON",
                        "application/json",
                        Samples.forgedSmall("application/fhir+json"),
                        "[1, -2.5e3, \"\\u00e9\", null]".getBytes(UTF_8)),
                upload(
                        "upload of XML",
                        "application/xml",
                        Samples.forgedSmall("application/fhir+xml"),
                        Samples.forgedSmall("application/hl7-cda+xml"),
                        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b='&amp;'><![CDATA[x]]></a>"
                                .getBytes(UTF_8)),
                upload("upload of HL7", "", Samples.forgedSmall("x-application/hl7-v2+er7")),
                upload("upload of PDF", "", Samples.pdf(), Samples.forgedSmall("application/pdf")),
                upload("upload of a container", "", Samples.zip()),
                upload(
                        "upload of a text",
                        "",
                        "Afebrile. Caf\u00e9 au lait.\n".getBytes(UTF_8),
                        Samples.forgedSmall("text/csv")),
                Parser.ofText(
                        "name and type of a file",
                        text -> {
                            String[] said = text.split("\n", 2);
                            byte[] head = said[said.length - 1].getBytes(UTF_8);
                            return Sniffer.inspector(head, said[0], said[said.length - 1]);
                        },
                        "note.txt\ntext/plain",
                        "table.csv\ntext/csv; charset=utf-8"));
    }

    /** As an upload goes: the head decides how the whole is followed, and what it is expected to be. */
    private static Parser upload(String name, String type, byte[]... seeds) {
        return Parser.judging(
                name,
                bytes -> {
                    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, Sniffer.HEAD_BYTES));
                    Inspector inspector = Sniffer.inspector(head, "", type);
                    inspector.expected(head);
                    inspector.inspect(new ByteArrayInputStream(bytes));
                },
                seeds);
    }
}
