package org.sosia.crypto.nearest;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Real chest X-rays of 28 x 28 pixels, some of them more than once; see the README beside the file. */
final class Images {
    static final int SIDE = 28;

    private Images() {}

    static List<byte[]> chestXrays() {
        try (var in = new DataInputStream(
                new GZIPInputStream(Images.class.getResourceAsStream("/images/chest-xrays.idx.gz")))) {
            in.readInt();
            int count = in.readInt();
            in.readInt();
            in.readInt();
            byte[] all = in.readNBytes(count * SIDE * SIDE);
            return IntStream.range(0, count)
                    .mapToObj(i -> java.util.Arrays.copyOfRange(all, i * SIDE * SIDE, (i + 1) * SIDE * SIDE))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
