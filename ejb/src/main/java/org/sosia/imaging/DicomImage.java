package org.sosia.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The first frame of a DICOM object, through its modality and VOI transformations (PS3.3, C.11.1 and C.11.2) to 8 bits: the window that
 * the file names first, else from its smallest to its largest value.
 */
final class DicomImage {

    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
    private static final String RLE = "1.2.840.10008.1.2.5";

    private static final Map<String, String> JPEG = Map.of(
            "1.2.840.10008.1.2.4.50", "JPEG Baseline",
            "1.2.840.10008.1.2.4.51", "JPEG Extended",
            "1.2.840.10008.1.2.4.57", "JPEG Lossless",
            "1.2.840.10008.1.2.4.70", "JPEG Lossless, first-order prediction");

    private static final Map<String, String> JPEG_2000 = Map.of(
            "1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless",
            "1.2.840.10008.1.2.4.91", "JPEG 2000");

    private static final Map<String, String> NOT_READ = Map.of(
            "1.2.840.10008.1.2.4.80", "JPEG-LS Lossless",
            "1.2.840.10008.1.2.4.81", "JPEG-LS",
            "1.2.840.10008.1.2.4.100", "MPEG2",
            "1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264",
            "1.2.840.10008.1.2.4.107", "HEVC/H.265",
            "1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless",
            "1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000");

    private final DicomElements file;
    private final int width;
    private final int height;
    private final int samples;
    private final int allocated;
    private final int stored;
    private final boolean signed;
    private final String photometric;

    private DicomImage(DicomElements file) throws UnsupportedImageException {
        this.file = file;
        width = file.number(DicomElements.COLUMNS, 0);
        height = file.number(DicomElements.ROWS, 0);
        samples = file.number(DicomElements.SAMPLES, 1);
        allocated = file.number(DicomElements.BITS_ALLOCATED, 8);
        stored = file.number(DicomElements.BITS_STORED, allocated);
        signed = file.number(DicomElements.REPRESENTATION, 0) == 1;
        photometric = file.text(DicomElements.PHOTOMETRIC).toUpperCase(Locale.ROOT);
    }

    static GreyImage read(byte[] bytes) throws UnsupportedImageException {
        DicomElements file = DicomElements.read(bytes);
        if (!file.hasPixels()) {
            throw new UnsupportedImageException("the DICOM object holds no image");
        }
        return new DicomImage(file).grey();
    }

    private GreyImage grey() throws UnsupportedImageException {
        int pixels = Images.boundedPixels(width, height);
        boolean possible = (samples == 1 || samples == 3)
                && (allocated == 8 || allocated == 16 || allocated == 32)
                && stored >= 1
                && stored <= Math.min(allocated, 31)
                && !(samples == 3 && allocated != 8);
        if (!possible) {
            throw new UnsupportedImageException(
                    "pixels of " + samples + " samples with " + stored + " of " + allocated + " bits are not read");
        }
        if (photometric.startsWith("PALETTE")) {
            throw new UnsupportedImageException("colours by a palette in DICOM are not read");
        }
        String syntax = file.syntax();
        int[][] bands;
        if (syntax.equals(IMPLICIT)
                || syntax.equals(EXPLICIT)
                || syntax.equals(DEFLATED)
                || syntax.equals(BIG_ENDIAN)) {
            bands = uncompressed(pixels);
        } else if (syntax.equals(RLE)) {
            bands = runLengths(pixels);
        } else if (JPEG.containsKey(syntax)) {
            bands = fitting(named(JPEG, syntax, () -> Raster.ofJpeg(file.frame())));
            return compressed(bands);
        } else if (JPEG_2000.containsKey(syntax)) {
            bands = fitting(named(JPEG_2000, syntax, () -> Raster.ofJpeg2000(file.frame())));
            return compressed(bands);
        } else {
            throw new UnsupportedImageException("the transfer syntax " + NOT_READ.getOrDefault(syntax, "unknown here")
                    + " (" + syntax + ") is not read");
        }
        return samples == 1 ? windowed(bands[0]) : coloured(bands, photometric.startsWith("YBR"));
    }

    private interface Decoding {
        Raster run() throws UnsupportedImageException;
    }

    private static Raster named(Map<String, String> names, String syntax, Decoding decoding)
            throws UnsupportedImageException {
        try {
            return decoding.run();
        } catch (UnsupportedImageException refused) {
            throw new UnsupportedImageException(
                    "the transfer syntax " + names.get(syntax) + " (" + syntax + "): " + refused.reason());
        }
    }

    private int[][] fitting(Raster raster) throws UnsupportedImageException {
        if (raster.width != width || raster.height != height) {
            throw new UnsupportedImageException("the compressed image has another size than the DICOM object says");
        }
        return raster.bands;
    }

    /** The decoders have turned colours into red, green and blue. */
    private GreyImage compressed(int[][] bands) {
        if (bands.length == 3) {
            return coloured(bands, false);
        }
        for (int i = 0; i < bands[0].length; i++) {
            bands[0][i] = value(bands[0][i]);
        }
        return windowed(bands[0]);
    }

    // -------------------------------------------------------------------------------------------------------
    // uncompressed

    private int[][] uncompressed(int pixels) throws UnsupportedImageException {
        byte[] data = file.pixels();
        if (photometric.equals("YBR_FULL_422")) {
            return halved(data, pixels);
        }
        int bytes = allocated / 8;
        if (data.length < (long) pixels * samples * bytes) {
            throw new UnsupportedImageException("the pixel data are cut short");
        }
        boolean planes = samples > 1 && file.number(DicomElements.PLANAR, 0) == 1;
        int[][] bands = new int[samples][pixels];
        for (int band = 0; band < samples; band++) {
            for (int i = 0; i < pixels; i++) {
                int at = planes ? band * pixels + i : i * samples + band;
                bands[band][i] = samples == 3 ? data[at] & 0xff : value(word(data, at * bytes, bytes));
            }
        }
        return bands;
    }

    /** PS3.3, C.7.6.3.1.2: Y Y Cb Cr for two pixels; the brightness is all that is wanted. */
    private int[][] halved(byte[] data, int pixels) throws UnsupportedImageException {
        if (data.length < 2L * pixels || width % 2 != 0) {
            throw new UnsupportedImageException("the pixel data are cut short");
        }
        int[] brightness = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            brightness[i] = data[i / 2 * 4 + i % 2] & 0xff;
        }
        return new int[][] {brightness, brightness, brightness};
    }

    private int word(byte[] data, int at, int bytes) {
        int word = 0;
        for (int i = 0; i < bytes; i++) {
            int from = file.isBigEndian() ? at + i : at + bytes - 1 - i;
            word = (word << 8) | (data[from] & 0xff);
        }
        return word;
    }

    /** The stored bits with their sign. */
    private int value(int word) {
        int unused = Integer.SIZE - stored;
        return signed ? word << unused >> unused : word << unused >>> unused;
    }

    // ------------------------------------------------------------------------------------------------------ run
    // lengths

    /** PS3.5, annex G: one segment for each byte of each sample, the highest byte first. */
    private int[][] runLengths(int pixels) throws UnsupportedImageException {
        byte[] frame = file.frame();
        int bytes = allocated / 8;
        int segments = samples * bytes;
        if (frame.length < 64 || littleEndian(frame, 0) != segments) {
            throw new UnsupportedImageException("the run lengths have another number of segments than the image needs");
        }
        int[][] bands = new int[samples][pixels];
        for (int segment = 0; segment < segments; segment++) {
            int from = littleEndian(frame, 4 + 4 * segment);
            int to = segment + 1 < segments ? littleEndian(frame, 8 + 4 * segment) : frame.length;
            if (from < 64 || to < from || to > frame.length) {
                throw new UnsupportedImageException("a segment of run lengths lies outside of its frame");
            }
            byte[] plane = unpacked(frame, from, to, pixels);
            int[] band = bands[segment / bytes];
            for (int i = 0; i < pixels; i++) {
                band[i] = (band[i] << 8) | (plane[i] & 0xff);
            }
        }
        if (samples == 1) {
            Arrays.setAll(bands[0], i -> value(bands[0][i]));
        }
        return bands;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static byte[] unpacked(byte[] packed, int from, int to, int length) throws UnsupportedImageException {
        byte[] plain = new byte[length];
        int at = 0;
        int i = from;
        while (at < length && i < to) {
            int code = packed[i++];
            if (code >= 0) {
                int count = Math.min(code + 1, Math.min(length - at, to - i));
                System.arraycopy(packed, i, plain, at, count);
                i += code + 1;
                at += count;
            } else if (code > Byte.MIN_VALUE && i < to) {
                int count = Math.min(1 - code, length - at);
                Arrays.fill(plain, at, at + count, packed[i++]);
                at += count;
            }
        }
        if (at < length) {
            throw new UnsupportedImageException("the run lengths are cut short");
        }
        return plain;
    }

    // -------------------------------------------------------------------------------------------------------- to 8
    // bits

    private GreyImage coloured(int[][] bands, boolean brightnessFirst) {
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = brightnessFirst ? (byte) bands[0][i] : Images.luma(bands[0][i], bands[1][i], bands[2][i]);
        }
        return new GreyImage(width, height, grey);
    }

    private GreyImage windowed(int[] values) {
        double slope = file.decimal(DicomElements.SLOPE, 1);
        double intercept = file.decimal(DicomElements.INTERCEPT, 0);
        double centre = file.decimal(DicomElements.WINDOW_CENTRE, Double.NaN);
        double wide = file.decimal(DicomElements.WINDOW_WIDTH, Double.NaN);
        Window window =
                wide >= 1 && !Double.isNaN(centre) ? Window.of(centre, wide) : Window.over(values, slope, intercept);
        boolean inverted = photometric.equals("MONOCHROME1");
        byte[] grey = new byte[values.length];
        for (int i = 0; i < grey.length; i++) {
            int level = window.level(values[i] * slope + intercept);
            grey[i] = (byte) (inverted ? 255 - level : level);
        }
        return new GreyImage(width, height, grey);
    }

    /** Levels rise from 0 at {@code low} to 255 at {@code high}. */
    private record Window(double low, double high) {

        /** PS3.3, C.11.2.1.2.1. */
        static Window of(double centre, double width) {
            double low = centre - 0.5 - (width - 1) / 2;
            return new Window(low, low + Math.max(width - 1, 1e-9));
        }

        static Window over(int[] values, double slope, double intercept) {
            int least = Arrays.stream(values).min().orElse(0);
            int most = Arrays.stream(values).max().orElse(0);
            double one = least * slope + intercept;
            double other = most * slope + intercept;
            return new Window(Math.min(one, other), Math.max(Math.max(one, other), Math.min(one, other) + 1e-9));
        }

        int level(double value) {
            double share = (value - low) / (high - low);
            return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
        }
    }
}
