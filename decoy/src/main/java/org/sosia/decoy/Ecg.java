package org.sosia.decoy;

import java.time.LocalDate;

/**
 * A twelve-lead electrocardiogram, sample by sample, in microvolts.
 *
 * <p><b>Source.</b> McSharry et al., A dynamical model for generating synthetic electrocardiogram signals, IEEE TBME 50(3), 2003: each
 * beat is a sum of five Gaussians over the angle of the cardiac cycle; here the angle is taken directly. The limb leads other
 * than I and II, and the augmented ones, follow from I and II (Einthoven, Goldberger).
 */
final class Ecg {

    static final int LEADS = 12;
    static final int HERTZ = 500;

    private static final int BINS = 1024;
    /** Angles of P, Q, R, S, T in radians, and their widths. */
    private static final double[] ANGLE = {-1.22, -0.26, 0, 0.26, 1.75};

    private static final double[] WIDTH = {0.22, 0.09, 0.1, 0.1, 0.38};
    /** Amplitudes in microvolts of the five waves in I, II, V1 to V6, as in an adult textbook tracing. */
    private static final double[][] AMPLITUDE = {
        {80, -50, 620, -90, 190},
        {120, -70, 1050, -160, 290},
        {50, 0, 230, -980, -60},
        {70, 0, 480, -1400, 380},
        {80, -10, 820, -1020, 480},
        {80, -60, 1350, -560, 460},
        {80, -90, 1240, -240, 370},
        {80, -90, 980, -110, 270}
    };

    private final Keystream stream;
    private final double[][] beat = new double[AMPLITUDE.length][BINS];
    private final boolean irregular;
    private final double meanRr;
    private final int[] noise = new int[AMPLITUDE.length];
    private double rr;
    private double inBeat;
    private long sample;

    Ecg(Persona who, LocalDate day, Keystream stream) {
        this.stream = stream;
        this.irregular = who.has(Condition.ATRIAL_FIBRILLATION, day);
        this.meanRr = 60.0 / who.vitals(day).pulse();
        this.rr = meanRr;
        for (int lead = 0; lead < beat.length; lead++) {
            double gain = 1 + 0.12 * stream.gauss();
            for (int wave = 0; wave < ANGLE.length; wave++) {
                if (wave == 0 && irregular) {
                    continue;
                }
                addWave(beat[lead], ANGLE[wave], WIDTH[wave], AMPLITUDE[lead][wave] * gain);
            }
        }
    }

    private void addWave(double[] into, double angle, double width, double amplitude) {
        // At a faster rate the waves take a larger part of the cycle (the model scales by the square root of the rate).
        double stretch = StrictMath.sqrt(1 / meanRr);
        for (int i = 0; i < BINS; i++) {
            double d = 2 * StrictMath.PI * i / BINS - StrictMath.PI - angle * stretch;
            into[i] += amplitude * StrictMath.exp(-d * d / (2 * width * width * stretch));
        }
    }

    /** Fills I, II, III, aVR, aVL, aVF, V1 to V6 of the next sample. */
    void next(short[] leads) {
        inBeat += 1.0 / HERTZ;
        if (inBeat >= rr) {
            inBeat -= rr;
            double breath = 0.03 * StrictMath.sin(sample * (2 * StrictMath.PI * 0.25 / HERTZ));
            rr = Math.max(0.33, meanRr * (1 + breath + (irregular ? 0.2 : 0.015) * stream.gauss()));
        }
        int bin = Math.min(BINS - 1, (int) (inBeat / rr * BINS));
        double wander = 25 * triangle(sample, 4 * HERTZ);
        double flutter = irregular ? 35 * triangle(sample, 83) : 0;
        sample++;
        int one = value(0, bin, wander, 0);
        int two = value(1, bin, wander, flutter);
        leads[0] = (short) one;
        leads[1] = (short) two;
        leads[2] = (short) (two - one);
        leads[3] = (short) (-(one + two) / 2);
        leads[4] = (short) (one - two / 2);
        leads[5] = (short) (two - one / 2);
        for (int v = 2; v < 8; v++) {
            leads[4 + v] = (short) value(v, bin, wander, v == 2 ? flutter : 0);
        }
    }

    private int value(int lead, int bin, double wander, double flutter) {
        noise[lead] = (noise[lead] + (stream.nextByte() - 128) / 8) / 2;
        return (int) (beat[lead][bin] + wander + flutter) + noise[lead];
    }

    private static double triangle(long t, int period) {
        double x = (double) (t % period) / period;
        return x < 0.5 ? 4 * x - 1 : 3 - 4 * x;
    }
}
