package org.sosia.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sosia.decoy.DecoySpec;
import org.sosia.decoy.Forge;
import org.sosia.decoy.RecordKind;

/** Small files of each format: whole ones, to be broken by the tests. */
public final class Samples {

    private Samples() {}

    static byte[] pdf() {
        return "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n31\n%%EOF\n".getBytes(ISO_8859_1);
    }

    /** A file of a type as the forge writes it. */
    static byte[] forged(String mediaType, long bytes) {
        var spec = new DecoySpec(
                new UUID(1, 2),
                1,
                new UUID(3, 4),
                RecordKind.ATTACHMENT,
                mediaType,
                "",
                bytes,
                LocalDate.of(2026, 3, 14),
                Locale.UK);
        try (InputStream in = new Forge(new byte[Forge.KEY_BYTES]).forge(spec).open()) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same, as small as it may be read again and again. */
    public static byte[] forgedSmall(String mediaType) {
        return forged(mediaType, 4_000);
    }

    static byte[] png(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngInspector.MAGIC);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
        chunk(out, "IDAT", new byte[] {1, 2, 3});
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(ISO_8859_1));
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type.getBytes(ISO_8859_1));
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    static byte[] jpeg() {
        return new byte[] {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            (byte) 0xE0,
            0,
            4,
            1,
            2,
            (byte) 0xFF,
            (byte) 0xC0,
            0,
            11,
            8,
            0,
            16,
            0,
            16,
            1,
            1,
            0x11,
            0,
            (byte) 0xFF,
            (byte) 0xDA,
            0,
            8,
            1,
            1,
            0,
            0,
            63,
            0,
            42,
            42,
            (byte) 0xFF,
            (byte) 0xD9
        };
    }

    static byte[] zip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write("hello".getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** A real file from {@code src/test/resources/real}. */
    public static byte[] real(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/real/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such sample: " + name);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
