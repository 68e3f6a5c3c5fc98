package org.sosia.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file to the indexed vector: what is read, what it becomes, and how what is not read is named. */
class ImagesTest {

    private static int[] range(GreyImage image) {
        int least = 255;
        int most = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                least = Math.min(least, image.level(x, y));
                most = Math.max(most, image.level(x, y));
            }
        }
        return new int[] {least, most};
    }

    // ------------------------------------------------------------------------------------------------------ PNG and
    // JPEG

    @Test
    void anImageOfTheVectorsSizeIsItsOwnVector() throws Exception {
        for (int i = 0; i < Xrays.COUNT; i++) {
            assertThat(Extractors.GREY_28.vector(Images.read(Xrays.png(i)))).isEqualTo(Xrays.levels(i));
        }
    }

    @Test
    void aPixelOfTheVectorIsTheRoundedMeanOfWhatItCovers() throws Exception {
        BufferedImage image = new BufferedImage(56, 84, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 84; y++) {
            for (int x = 0; x < 56; x++) {
                image.getRaster().setSample(x, y, 0, (x % 2) * 100 + (y % 3));
            }
        }

        byte[] vector = Extractors.GREY_28.vector(Images.read(Xrays.written(image, "png")));

        assertThat(vector).containsOnly(51);
        assertThat(Extractors.GREY_16.vector(Images.read(Xrays.written(image, "png"))))
                .hasSize(256);
    }

    @Test
    void aSizeThatDoesNotDivideKeepsTheMean() throws Exception {
        BufferedImage image = new BufferedImage(45, 31, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 45; x++) {
            for (int y = 0; y < 31; y++) {
                image.getRaster().setSample(x, y, 0, 4 * x + y);
            }
        }

        byte[] vector = Extractors.GREY_28.vector(Images.read(Xrays.written(image, "png")));

        double mean = 0;
        for (byte level : vector) {
            mean += (level & 0xff) / (double) vector.length;
        }
        assertThat(mean).isBetween(102.5, 103.5);
    }

    @Test
    void coloursBecomeTheirBrightness() throws Exception {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 28; x++) {
            for (int y = 0; y < 28; y++) {
                image.setRGB(x, y, 0xC86432);
            }
        }

        assertThat(Extractors.GREY_28.vector(Images.read(Xrays.written(image, "png"))))
                .containsOnly((299 * 0xC8 + 587 * 0x64 + 114 * 0x32 + 500) / 1000);
    }

    @Test
    void aJpegIsReadToo() throws Exception {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 28, 28, Xrays.levels(3));

        byte[] vector = Extractors.GREY_28.vector(Images.read(Xrays.written(image, "jpeg")));

        int worst = 0;
        for (int i = 0; i < vector.length; i++) {
            worst = Math.max(worst, Math.abs((vector[i] & 0xff) - (Xrays.levels(3)[i] & 0xff)));
        }
        assertThat(worst).isLessThan(48);
    }

    // -------------------------------------------------------------------------------------------------------------
    // DICOM

    @ParameterizedTest
    @CsvSource({
        "CT_small.dcm, 128, 128",
        "MR_small_bigendian.dcm, 64, 64",
        "MR_small_expb.dcm, 64, 64",
        "SC_rgb_rle_2frame.dcm, 100, 100",
        "SC_ybr_full_422_uncompressed.dcm, 100, 100",
        "SC_rgb_jpeg_app14_dcmd.dcm, 256, 256",
        "GDCMJ2K_TextGBR.dcm, 400, 400"
    })
    void realFilesOfSeveralTransferSyntaxesAreRead(String name, int width, int height) throws Exception {
        GreyImage image = Images.read(Xrays.file(name));

        assertThat(new int[] {image.width(), image.height()}).containsExactly(width, height);
        assertThat(range(image)[1] - range(image)[0]).as("not all of one level").isGreaterThan(50);
    }

    @Test
    void theSameImageInTwoTransferSyntaxesIsTheSameVector() throws Exception {
        assertThat(Extractors.GREY_28.vector(Images.read(Xrays.file("MR_small_bigendian.dcm"))))
                .isEqualTo(Extractors.GREY_28.vector(Images.read(Xrays.file("MR_small_expb.dcm"))));
    }

    @ParameterizedTest
    @CsvSource({"JPEG-lossy.dcm, JPEG Extended", "SC_rgb_jls_lossy_line.dcm, JPEG-LS", "MR_truncated.dcm, cut short"})
    void whatIsNotReadIsNamed(String name, String named) {
        assertThatThrownBy(() -> Images.read(Xrays.file(name)))
                .asInstanceOf(InstanceOfAssertFactories.type(UnsupportedImageException.class))
                .satisfies(refused -> assertThat(refused.reason()).contains(named));
    }

    /** PS3.3, C.11.2.1.2.1: of a window of centre 100 and width 101 the ends are 50 and 150. */
    @Test
    void theWindowOfTheFileMakesTheLevels() throws Exception {
        byte[] file = dicom(4, 1, "MONOCHROME2", "100", "101", new int[] {0, 50, 100, 150});

        GreyImage image = Images.read(file);

        assertThat(new int[] {image.level(0, 0), image.level(1, 0), image.level(2, 0), image.level(3, 0)})
                .containsExactly(0, 1, 129, 255);
    }

    @Test
    void withoutAWindowTheLevelsGoFromTheSmallestToTheLargestValueAndMonochrome1IsInverted() throws Exception {
        GreyImage image = Images.read(dicom(3, 1, "MONOCHROME1", "", "", new int[] {-1000, 0, 1000}));

        assertThat(new int[] {image.level(0, 0), image.level(1, 0), image.level(2, 0)})
                .containsExactly(255, 127, 0);
    }

    @Test
    void thereIsABoundOnPixels() {
        assertThatThrownBy(() -> Images.read(dicom(60_000, 60_000, "MONOCHROME2", "", "", new int[] {1})))
                .isInstanceOf(UnsupportedImageException.class);
    }

    /** A signed image of 16 bits, explicit and little-endian. */
    private static byte[] dicom(int columns, int rows, String photometric, String centre, String width, int[] values) {
        ByteBuffer pixels = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(value -> pixels.putShort((short) value));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        element(out, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1".getBytes(StandardCharsets.US_ASCII));
        element(out, 0x0028, 0x0002, "US", new byte[] {1, 0});
        element(out, 0x0028, 0x0004, "CS", photometric.getBytes(StandardCharsets.US_ASCII));
        element(out, 0x0028, 0x0010, "US", new byte[] {(byte) rows, (byte) (rows >> 8)});
        element(out, 0x0028, 0x0011, "US", new byte[] {(byte) columns, (byte) (columns >> 8)});
        element(out, 0x0028, 0x0100, "US", new byte[] {16, 0});
        element(out, 0x0028, 0x0101, "US", new byte[] {16, 0});
        element(out, 0x0028, 0x0103, "US", new byte[] {1, 0});
        element(out, 0x0028, 0x1050, "DS", centre.getBytes(StandardCharsets.US_ASCII));
        element(out, 0x0028, 0x1051, "DS", width.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0, (byte) (values.length * 2), 0, 0, 0});
        out.writeBytes(pixels.array());
        return out.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int group, int number, String vr, byte[] value) {
        byte[] even = Arrays.copyOf(value, value.length + value.length % 2);
        if (value.length % 2 == 1) {
            even[value.length] = (byte) (vr.equals("UI") ? 0 : ' ');
        }
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) group)
                .putShort((short) number)
                .put(vr.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) even.length)
                .array());
        out.writeBytes(even);
    }

    // ------------------------------------------------------------------------------------------------------ broken
    // files

    @ParameterizedTest
    @CsvSource({"CT_small.dcm", "SC_rgb_rle_2frame.dcm", "GDCMJ2K_TextGBR.dcm", "SC_rgb_jpeg_app14_dcmd.dcm"})
    void aFileCutShortOrChangedIsReadOrRefusedAndNothingElse(String name) {
        byte[] whole = Xrays.file(name);
        for (int piece = 0; piece < 24; piece++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * piece / 24);
            byte[] changed = whole.clone();
            for (int i = 140 + piece; i < changed.length; i += 977) {
                changed[i] ^= 0x55;
            }
            for (byte[] broken : new byte[][] {cut, changed}) {
                assertThatCode(() -> {
                            try {
                                Images.read(broken);
                            } catch (UnsupportedImageException refused) {
                                assertThat(refused.reason()).isNotBlank();
                            }
                        })
                        .doesNotThrowAnyException();
            }
        }
    }

    /** A codestream's first markers: what would be decoded, and nothing to decode. */
    private static byte[] codestream(int width, int height, int tile, int components, int layers, int levels) {
        return ByteBuffer.allocate(64)
                .putShort((short) 0xFF4F)
                .putShort((short) 0xFF51)
                .putShort((short) 38)
                .putShort((short) 0)
                .putInt(width)
                .putInt(height)
                .putLong(0)
                .putInt(tile)
                .putInt(tile)
                .putLong(0)
                .putShort((short) components)
                .putShort((short) 0xFF52)
                .putShort((short) 12)
                .putShort((short) 0)
                .putShort((short) layers)
                .put((byte) 0)
                .put((byte) levels)
                .putInt(0)
                .putShort((short) 0xFF90)
                .array();
    }

    @ParameterizedTest
    @CsvSource({
        "60000, 60000, 60000, 1, 1, 5, million pixels",
        "-1, 1, 1, 1, 1, 5, too many pixels",
        "0, 1, 1, 1, 1, 5, no pixels",
        "2048, 2048, 8, 1, 1, 5, too many tiles",
        "2048, 2048, 2048, 5, 1, 5, components",
        "2048, 2048, 2048, 1, 65, 5, too many layers",
        "2048, 2048, 2048, 1, 1, 13, levels"
    })
    void whatJpeg2000WouldCostIsRefusedBeforeItIsDecoded(
            int width, int height, int tile, int components, int layers, int levels, String named) {
        byte[] codestream = codestream(width, height, tile, components, layers, levels);

        assertThatThrownBy(() -> Raster.ofJpeg2000(codestream))
                .asInstanceOf(InstanceOfAssertFactories.type(UnsupportedImageException.class))
                .satisfies(refused -> assertThat(refused.reason()).contains(named));
    }

    @Test
    void aDecoderIsStoppedWhoseTimeIsUpOrWhoReadsForEver() {
        for (Duration work : List.of(Duration.ZERO, Duration.ofDays(1))) {
            assertThatThrownBy(() -> {
                        try (BoundedInput in = new BoundedInput(new byte[100], work)) {
                            while (true) {
                                in.seek(0);
                                in.readFully(new byte[100]);
                            }
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(work.isZero() ? "longer" : "often");
        }
    }
}
