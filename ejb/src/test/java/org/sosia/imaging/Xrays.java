package org.sosia.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Real chest X-rays of 28 x 28 grey levels, and files of DICOM; src/test/resources/imaging/README.md says whose. */
public final class Xrays {

    public static final int COUNT = 64;
    private static final int HEAD = 16;
    private static final int SIDE = 28;
    private static final byte[] ALL = file("chest-xrays-64.idx");

    private Xrays() {}

    /** The grey levels of one. */
    public static byte[] levels(int i) {
        return Arrays.copyOfRange(ALL, HEAD + i * SIDE * SIDE, HEAD + (i + 1) * SIDE * SIDE);
    }

    /** One as a PNG file. */
    public static byte[] png(int i) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, levels(i));
        return written(image, "png");
    }

    static byte[] written(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A file of the resources. */
    public static byte[] file(String name) {
        try (InputStream in = Objects.requireNonNull(Xrays.class.getResourceAsStream("/imaging/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The squared distance of two vectors. */
    public static int squaredDistance(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
