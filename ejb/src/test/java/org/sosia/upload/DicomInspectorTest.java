package org.sosia.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DICOM files are followed to their last element, whatever their transfer syntax. */
class DicomInspectorTest {

    private static Inspector.Finding inspect(byte[] content) throws IOException, UnsupportedContentException {
        return new DicomInspector().inspect(new ByteArrayInputStream(content));
    }

    @ParameterizedTest
    @CsvSource({
        "CT_small.dcm, 1.2.840.10008.1.2.1",
        "MR_small_bigendian.dcm, 1.2.840.10008.1.2.2",
        "JPEG-lossy.dcm, 1.2.840.10008.1.2.4.51",
        "JPEG2000-embedded-sequence-delimiter.dcm, 1.2.840.10008.1.2.4.91",
        "SC_rgb_rle_2frame.dcm, 1.2.840.10008.1.2.5",
        "UN_sequence.dcm, 1.2.840.10008.1.2.4.70",
        "nested_priv_SQ.dcm, 1.2.840.10008.1.2",
        "reportsi_with_empty_number_tags.dcm, 1.2.840.10008.1.2.1"
    })
    void realFilesAreTakenInAndTheirTransferSyntaxIsKnown(String name, String syntax) throws Exception {
        Inspector.Finding finding = inspect(Samples.real(name));

        assertThat(finding).isEqualTo(new Inspector.Finding("application/dicom", syntax));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MR_truncated.dcm", "meta_missing_tsyntax.dcm"})
    void brokenFilesAreRefused(String name) {
        assertThatThrownBy(() -> inspect(Samples.real(name))).isInstanceOf(UnsupportedContentException.class);
    }

    @Test
    void aFileCutAnywhereInsideAnElementIsRefused() throws Exception {
        byte[] whole = Samples.real("CT_small.dcm");
        int accepted = 0;
        for (int length = 132; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                inspect(cut);
                accepted++;
            } catch (UnsupportedContentException truncated) {
                assertThat(truncated.reason()).contains("DICOM");
            }
        }
        // A cut exactly between two elements is a shorter, whole file; nothing in the format tells otherwise.
        assertThat(accepted).isLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MZ", "\u007fELF", "#!/bin/sh\n", "<html>", "%PDF-1.7", "PK\u0003\u0004"})
    void anotherFileInThePreambleIsRefused(String start) {
        byte[] polyglot = Samples.real("CT_small.dcm").clone();
        for (int i = 0; i < start.length(); i++) {
            polyglot[i] = (byte) start.charAt(i);
        }

        assertThatThrownBy(() -> inspect(polyglot))
                .isInstanceOfSatisfying(
                        UnsupportedContentException.class,
                        refused -> assertThat(refused.reason()).contains("preamble"));
    }

    @Test
    void sequencesThatNestWithoutEndAreRefusedBeforeTheStackIs() {
        ByteBuffer bomb = ByteBuffer.allocate(4_000_000).order(ByteOrder.LITTLE_ENDIAN);
        bomb.position(128);
        bomb.put(DicomInspector.MAGIC);
        byte[] syntax = "1.2.840.10008.1.2.1\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        element(bomb, 0x0002, 0x0010, "UI").putShort((short) syntax.length).put(syntax);
        while (bomb.remaining() > 40) {
            element(bomb, 0x0008, 0x1140, "SQ").putShort((short) 0).putInt(-1);
            bomb.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(-1);
        }

        assertThatThrownBy(() -> inspect(bomb.array()))
                .isInstanceOfSatisfying(
                        UnsupportedContentException.class,
                        refused -> assertThat(refused.reason()).contains("deeper"));
    }

    private static ByteBuffer element(ByteBuffer file, int group, int element, String vr) {
        return file.putShort((short) group)
                .putShort((short) element)
                .put((byte) vr.charAt(0))
                .put((byte) vr.charAt(1));
    }

    @Test
    void aLengthBeyondTheFileIsRefusedWithoutAllocatingIt() {
        byte[] lies = Samples.real("CT_small.dcm").clone();
        // The last element is the pixel data: OW, 4-byte length.
        int at = indexOf(lies, new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00, 'O', 'W', 0, 0});
        ByteBuffer.wrap(lies).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 8, 0x7FFFFFFE);

        assertThatThrownBy(() -> inspect(lies)).isInstanceOf(UnsupportedContentException.class);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
