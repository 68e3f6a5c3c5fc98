package org.sosia.imaging;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Files that are read into grey levels, and the vector that is indexed. */
class ImageParsersTest extends FuzzedParsers {

    /** A file of some bytes may promise sixteen million pixels of three bands: decoded, taken apart, and grey. */
    private static final long OF_THE_LARGEST_IMAGE = 700L << 20;

    @Override
    public List<Parser> parsers() {
        return List.of(
                image(
                        "PNG image",
                        Xrays.png(0),
                        picture(BufferedImage.TYPE_BYTE_INDEXED, "png"),
                        picture(BufferedImage.TYPE_USHORT_GRAY, "png"),
                        picture(BufferedImage.TYPE_INT_ARGB, "png")),
                image(
                        "JPEG image",
                        picture(BufferedImage.TYPE_BYTE_GRAY, "jpeg"),
                        picture(BufferedImage.TYPE_INT_RGB, "jpeg")),
                image(
                        "DICOM image",
                        files("MR_small_bigendian.dcm", "MR_small_expb.dcm", "SC_ybr_full_422_uncompressed.dcm")),
                image("DICOM image in run lengths", files("SC_rgb_rle_2frame.dcm")),
                image("DICOM image in JPEG", files("SC_rgb_jpeg_app14_dcmd.dcm")),
                image("DICOM image in JPEG 2000", files("GDCMJ2K_TextGBR.dcm")));
    }

    private static Parser image(String name, byte[]... seeds) {
        return Parser.judging(name, bytes -> Extractors.GREY_28.vector(Images.read(bytes)), seeds)
                .allocating(OF_THE_LARGEST_IMAGE);
    }

    private static byte[] picture(int type, String format) {
        BufferedImage image = new BufferedImage(20, 12, type);
        for (int x = 0; x < 20; x++) {
            for (int y = 0; y < 12; y++) {
                image.setRGB(x, y, 0xFF000000 | ((x * 13) << 16) | ((y * 21) << 8) | (x * y));
            }
        }
        return Xrays.written(image, format);
    }

    private static byte[][] files(String... names) {
        return Stream.of(names).map(Xrays::file).toArray(byte[][]::new);
    }
}
