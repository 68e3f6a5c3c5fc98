package org.sosia.bench;

import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;

/** Real chest X-rays of 28 x 28 pixels, and more of them made by shifting, mirroring and noise. */
final class Xrays {
    static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;

    private final List<byte[]> real;
    private final RandomGenerator random;

    Xrays(RandomGenerator random) throws IOException {
        this.random = random;
        real = read();
    }

    private static List<byte[]> read() throws IOException {
        var file = Xrays.class.getResourceAsStream("/images/chest-xrays.idx.gz");
        if (file == null) {
            throw new FileNotFoundException("the X-rays are not on the class path");
        }
        try (var in = new DataInputStream(new GZIPInputStream(file))) {
            in.readInt();
            int count = in.readInt();
            in.readLong();
            List<byte[]> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                images.add(in.readNBytes(PIXELS));
            }
            return images;
        }
    }

    /** The real ones first; made ones behind, if there are not enough. */
    List<byte[]> rows(int count) {
        List<byte[]> rows = new ArrayList<>(real.subList(0, Math.min(count, real.size())));
        while (rows.size() < count) {
            rows.add(variant());
        }
        return rows;
    }

    /** A real image as it would come from another day: moved by up to two pixels, perhaps mirrored, with a little noise. */
    byte[] variant() {
        byte[] image = real.get(random.nextInt(real.size()));
        int right = random.nextInt(5) - 2;
        int down = random.nextInt(5) - 2;
        boolean mirrored = random.nextInt(4) == 0;
        byte[] variant = new byte[PIXELS];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int fromX = Math.floorMod((mirrored ? SIDE - 1 - x : x) + right, SIDE);
                int from = Math.floorMod(y + down, SIDE) * SIDE + fromX;
                int value = (image[from] & 0xff) + random.nextInt(9) - 4;
                variant[y * SIDE + x] = (byte) Math.max(0, Math.min(255, value));
            }
        }
        return variant;
    }

    /** What doctors ask: half of them an image that the collection has, half of them a new one. */
    byte[] query() {
        return random.nextBoolean() ? real.get(random.nextInt(real.size())) : variant();
    }

    /** The plaintext scan that everything is compared with: squared distance and row in one number, the k smallest in order. */
    static long[] scan(List<byte[]> rows, byte[] query, int k) {
        long[] best = new long[k];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int row = 0; row < rows.size(); row++) {
            long key = ((long) distance(rows.get(row), query) << Integer.SIZE) | row;
            if (key < best[k - 1]) {
                int at = k - 1;
                for (; at > 0 && best[at - 1] > key; at--) {
                    best[at] = best[at - 1];
                }
                best[at] = key;
            }
        }
        return best;
    }

    private static int distance(byte[] x, byte[] y) {
        int sum = 0;
        for (int i = 0; i < x.length; i++) {
            int difference = (x[i] & 0xff) - (y[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
