package org.sosia.imaging;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** What the libraries decode: samples of one or three bands, as they are stored. */
final class Raster {

    /** The decoder of JPEG 2000 needs some 40 bytes a pixel. */
    private static final int MOST_JPEG_2000_PIXELS = 1 << 22;

    private static final int BYTE_BITS = 8;

    final int width;
    final int height;
    final int bits;
    final int[][] bands;

    private Raster(int width, int height, int bits, int[][] bands) {
        this.width = width;
        this.height = height;
        this.bits = bits;
        this.bands = bands;
    }

    static GreyImage png(byte[] file) throws UnsupportedImageException {
        return decoded("PNG", jdkReader("png"), file, Images.MOST_PIXELS).grey();
    }

    static GreyImage jpeg(byte[] file) throws UnsupportedImageException {
        return ofJpeg(file).grey();
    }

    static Raster ofJpeg(byte[] file) throws UnsupportedImageException {
        return decoded("JPEG", jpegReader(), file, Images.MOST_PIXELS);
    }

    static Raster ofJpeg2000(byte[] frame) throws UnsupportedImageException {
        byte[] codestream = Jpeg2000Header.codestream(frame);
        Jpeg2000Header.check(codestream);
        try {
            return decoded(
                    "JPEG 2000", new J2KImageReaderSpi().createReaderInstance(null), codestream, MOST_JPEG_2000_PIXELS);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The library's reader knows lossless JPEG and hands what the JDK knows to the JDK's. It is asked for, not registered for everybody. */
    private static ImageReader jpegReader() {
        try {
            JPEGImageReaderSpi reader = new JPEGImageReaderSpi();
            reader.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
            return reader.createReaderInstance(null);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static ImageReader jdkReader(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        return readers.next();
    }

    private static Raster decoded(String format, ImageReader reader, byte[] file, int mostPixels)
            throws UnsupportedImageException {
        try (ImageInputStream in = new BoundedInput(file)) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (Images.boundedPixels(width, height) > mostPixels) {
                throw new UnsupportedImageException(
                        "the image has more pixels than are decoded from " + format + ": " + mostPixels);
            }
            return of(reader.read(0));
        } catch (VirtualMachineError ours) {
            throw ours;
        } catch (IOException | RuntimeException | Error refused) {
            // The libraries answer damage and what they do not know with whatever comes to hand.
            throw new UnsupportedImageException("this " + format + " image cannot be decoded: "
                    + String.valueOf(refused.getClass().getSimpleName()).toLowerCase(Locale.ROOT));
        } finally {
            reader.dispose();
        }
    }

    private static Raster of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(image, palette);
        }
        int count = image.getRaster().getNumBands() < 3 ? 1 : 3;
        int[][] bands = new int[count][];
        for (int band = 0; band < count; band++) {
            bands[band] = image.getRaster().getSamples(0, 0, width, height, band, (int[]) null);
        }
        return new Raster(width, height, image.getSampleModel().getSampleSize(0), bands);
    }

    private static Raster indexed(BufferedImage image, IndexColorModel palette) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] indices = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
        int[][] bands = new int[3][indices.length];
        for (int i = 0; i < indices.length; i++) {
            bands[0][i] = palette.getRed(indices[i]);
            bands[1][i] = palette.getGreen(indices[i]);
            bands[2][i] = palette.getBlue(indices[i]);
        }
        return new Raster(width, height, BYTE_BITS, bands);
    }

    /** The samples scaled to 8 bits by their number of bits. */
    GreyImage grey() {
        int most = (1 << bits) - 1;
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = bands.length == 1
                    ? (byte) level(bands[0][i], most)
                    : Images.luma(level(bands[0][i], most), level(bands[1][i], most), level(bands[2][i], most));
        }
        return new GreyImage(width, height, grey);
    }

    private static int level(int sample, int most) {
        return most == 255 ? sample : (int) (((long) sample * 255 + most / 2) / most);
    }
}
