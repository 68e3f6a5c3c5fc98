package org.sosia.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads an image file into grey levels. Everything is bounded before it is decoded. */
public final class Images {

    /** A chest X-ray of 4096 x 4096 pixels with 16 bits has 32 MiB. */
    public static final int MOST_BYTES = 48 << 20;

    /** 4096 x 4096. */
    static final int MOST_PIXELS = 1 << 24;

    private static final int MAGIC_AT = 128;

    private Images() {}

    /** Whether files of this type are looked at. */
    public static boolean isImage(String mediaType) {
        return mediaType.equals("application/dicom") || mediaType.equals("image/png") || mediaType.equals("image/jpeg");
    }

    /**
     * Reads a file as far as it may be long.
     *
     * @param file is read to its end, not closed
     * @throws UnsupportedImageException if it is longer than {@value #MOST_BYTES} bytes, or no image that can be read
     */
    public static GreyImage read(InputStream file) throws IOException, UnsupportedImageException {
        byte[] bytes = file.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new UnsupportedImageException("the file has more than " + (MOST_BYTES >> 20) + " MiB");
        }
        return read(bytes);
    }

    /**
     * Reads a file. Of several frames the first.
     *
     * @throws UnsupportedImageException if it is no image that can be read
     */
    public static GreyImage read(byte[] file) throws UnsupportedImageException {
        if (starts(file, 0, 0x89, 'P', 'N', 'G')) {
            return Raster.png(file);
        }
        if (starts(file, 0, 0xff, 0xd8, 0xff)) {
            return Raster.jpeg(file);
        }
        if (starts(file, MAGIC_AT, 'D', 'I', 'C', 'M')) {
            return DicomImage.read(file);
        }
        throw new UnsupportedImageException("the file is neither DICOM nor PNG nor JPEG");
    }

    private static boolean starts(byte[] file, int at, int... bytes) {
        return file.length >= at + bytes.length
                && Arrays.equals(
                        Arrays.stream(bytes).map(each -> (byte) each).toArray(),
                        java.util.stream.IntStream.range(at, at + bytes.length)
                                .map(i -> file[i])
                                .toArray());
    }

    static int boundedPixels(int width, int height) throws UnsupportedImageException {
        if (width < 1 || height < 1) {
            throw new UnsupportedImageException("the image has no pixels");
        }
        if ((long) width * height > MOST_PIXELS) {
            throw new UnsupportedImageException("the image has more than 16 million pixels");
        }
        return width * height;
    }

    /** The weights of ITU-R BT.601, in integers. */
    static byte luma(int red, int green, int blue) {
        return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
}
