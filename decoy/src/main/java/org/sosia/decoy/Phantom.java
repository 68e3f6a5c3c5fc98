package org.sosia.decoy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A body part that never was, as an imaging device would show it: ellipses for organs, soft edges, shading and correlated noise.
 *
 * <p>It satisfies tools and a passing glance; it does not satisfy a radiologist, and is not meant to.
 */
final class Phantom {

    /** What is shown. Values are of 12 bits: for {@link #TORSO} Hounsfield units plus 1024. */
    enum Kind {
        CHEST,
        TORSO,
        HEAD,
        VESSELS
    }

    /** The greatest value of a pixel. */
    static final int WHITE = 4095;

    private final Kind kind;
    private final Keystream.Key key;
    private final int width;
    private final int height;
    private final int frames;

    Phantom(Kind kind, Keystream.Key key, int width, int height, int frames) {
        this.kind = kind;
        this.key = key;
        this.width = width;
        this.height = height;
        this.frames = frames;
    }

    /** Position and half axes in parts of half the picture. */
    private record Ellipse(double x, double y, double rx, double ry, int value) {}

    /** The rows of one frame, from the top. */
    Rows frame(int frame) {
        return new Rows(organs(frame), key.stream("noise", frame));
    }

    private List<Ellipse> organs(int frame) {
        Keystream shape = key.stream("shape");
        double t = frames < 2 ? 0.5 : (double) frame / (frames - 1);
        double swell = 1 + 0.16 * StrictMath.sin(StrictMath.PI * t);
        var all = new ArrayList<Ellipse>();
        double[] j = new double[24];
        for (int i = 0; i < j.length; i++) {
            j[i] = 1 + 0.05 * shape.gauss();
        }
        switch (kind) {
            case TORSO -> torso(all, j, swell);
            case HEAD -> head(all, j, swell);
            case CHEST -> chest(all, j);
            case VESSELS -> vessels(all, shape, t);
        }
        return all;
    }

    private static void both(List<Ellipse> all, double x, double y, double rx, double ry, int value) {
        all.add(new Ellipse(-x, y, rx, ry, value));
        all.add(new Ellipse(x, y, rx * 0.97, ry, value));
    }

    private static void torso(List<Ellipse> all, double[] j, double swell) {
        all.add(new Ellipse(0, 0, 0.9 * j[0], 0.68 * j[1], 925));
        all.add(new Ellipse(0, 0.01, 0.84 * j[0], 0.61 * j[1], 1072));
        for (int i = 0; i < 12; i++) {
            double a = 2 * StrictMath.PI * (i + 0.5) / 12;
            all.add(new Ellipse(0.78 * j[0] * StrictMath.cos(a), 0.55 * j[1] * StrictMath.sin(a), 0.055, 0.035, 1480));
        }
        both(all, 0.42, -0.04, 0.31 * j[2] * swell, 0.42 * j[3] * swell, 190);
        all.add(new Ellipse(0.13 * j[4], -0.13, 0.27 * j[5], 0.23 * j[6], 1082));
        all.add(new Ellipse(0.1, 0.26, 0.065, 0.065, 1195));
        both(all, 0.3, 0.05, 0.03 * j[7], 0.03, 1060);
        all.add(new Ellipse(0, 0.42, 0.13 * j[8], 0.115, 1330));
        all.add(new Ellipse(0, 0.51, 0.045, 0.04, 1045));
    }

    private static void head(List<Ellipse> all, double[] j, double swell) {
        all.add(new Ellipse(0, 0, 0.76 * j[0], 0.92 * j[1], 930));
        all.add(new Ellipse(0, 0, 0.72 * j[0], 0.87 * j[1], 110));
        all.add(new Ellipse(0, 0, 0.68 * j[0], 0.82 * j[1], 320));
        all.add(new Ellipse(0, 0, 0.66 * j[0], 0.79 * j[1], 830));
        both(all, 0.31 * j[2], -0.02, 0.26 * j[3], 0.56 * j[4], 1110);
        all.add(new Ellipse(0, 0, 0.02, 0.76, 420));
        both(all, 0.1 * j[5], -0.08, 0.055 * swell, 0.22 * swell * j[6], 260);
        both(all, 0.14, 0.13, 0.08 * j[7], 0.11, 770);
        both(all, 0.24, 0.05, 0.05, 0.16, 900);
    }

    private static void chest(List<Ellipse> all, double[] j) {
        all.add(new Ellipse(0, 0.25, 0.97, 1.2, 2250));
        both(all, 0.43 * j[0], -0.02, 0.34 * j[1], 0.7 * j[2], 880);
        for (int i = 0; i < 8; i++) {
            both(all, 0.47, -0.62 + 0.17 * i, 0.36 - 0.02 * Math.abs(i - 4), 0.022, 1210);
        }
        both(all, 0.42, -0.74, 0.4, 0.03, 2050);
        all.add(new Ellipse(0, 0.1, 0.17 * j[3], 1.1, 2650));
        all.add(new Ellipse(0.2 * j[4], 0.34, 0.31 * j[5], 0.33 * j[6], 2500));
        all.add(new Ellipse(-0.45, 1.0, 0.55, 0.42 * j[7], 2600));
        all.add(new Ellipse(0.45, 1.04, 0.55, 0.4 * j[8], 2450));
    }

    private static void vessels(List<Ellipse> all, Keystream shape, double t) {
        all.add(new Ellipse(0, 0, 1.15, 1.15, 2700));
        all.add(new Ellipse(-0.9, 0.8, 0.7, 0.8, 2050));
        int dye = (int) (2500 - 1500 * StrictMath.sin(StrictMath.PI * Math.min(1, 0.1 + t)));
        for (int branch = 0; branch < 5; branch++) {
            double x = -0.2 + 0.1 * branch;
            double y = -0.75 + 0.12 * branch;
            double direction = 0.4 + 0.5 * branch + 0.2 * shape.gauss();
            double radius = 0.045 - 0.005 * branch;
            for (int i = 0; i < 26; i++) {
                direction += 0.22 * shape.gauss();
                x += 0.05 * StrictMath.cos(direction);
                y += 0.05 * StrictMath.sin(direction) + 0.012;
                radius *= 0.965;
                all.add(new Ellipse(x + 0.02 * StrictMath.sin(20 * t), y, radius, radius * 1.3, dye));
            }
        }
    }

    /** One frame, row by row. */
    final class Rows {
        private final List<Ellipse> organs;
        private final Keystream noise;
        private final int[] raw = new int[width];
        private final int[] soft = new int[width];
        private final byte[] grain = new byte[width];
        private final int radius = Math.max(1, kind == Kind.CHEST ? width / 90 : width / 220);
        private int y;

        private Rows(List<Ellipse> organs, Keystream noise) {
            this.organs = organs;
            this.noise = noise;
        }

        /** Fills the next row with values from 0 to {@link #WHITE}. */
        void next(int[] out) {
            next(out, 1);
        }

        /** The same in 8 bits, windowed as for a screen and with the coarser grain of an exported picture. */
        void nextForScreen(int[] out) {
            next(out, 2);
            int divisor = kind == Kind.TORSO || kind == Kind.HEAD ? 6 : 12;
            for (int x = 0; x < width; x++) {
                out[x] = Math.min(255, out[x] / divisor);
            }
        }

        private void next(int[] out, int coarseness) {
            paint();
            noise.fill(grain, 0, width);
            int window = 2 * radius + 1;
            int sum = raw[0] * (radius + 1);
            for (int x = 1; x <= radius; x++) {
                sum += raw[Math.min(x, width - 1)];
            }
            int amplitude = coarseness * (kind == Kind.TORSO ? 40 : kind == Kind.HEAD ? 44 : 60);
            int before = 0;
            for (int x = 0; x < width; x++) {
                int level = sum / window;
                // Down the rows the edge is softened by memory of the row above.
                soft[x] = y == 0 ? level : (soft[x] + level) / 2;
                before = (before + grain[x]) / 2;
                int value = soft[x] + ((before * amplitude) >> 7);
                out[x] = value < 0 ? 0 : Math.min(value, WHITE);
                sum += raw[Math.min(x + radius + 1, width - 1)] - raw[Math.max(x - radius, 0)];
            }
            y++;
        }

        private void paint() {
            Arrays.fill(raw, kind == Kind.CHEST ? 300 : kind == Kind.VESSELS ? 400 : 24);
            double v = (2.0 * y + 1) / height - 1;
            for (Ellipse e : organs) {
                double d = (v - e.y()) / e.ry();
                double inside = 1 - d * d;
                if (inside > 0) {
                    double half = e.rx() * StrictMath.sqrt(inside);
                    int from = (int) ((e.x() - half + 1) / 2 * width);
                    int to = (int) ((e.x() + half + 1) / 2 * width);
                    if (to > 0 && from < width) {
                        Arrays.fill(raw, Math.max(from, 0), Math.min(to, width), e.value());
                    }
                }
            }
        }
    }
}
