package org.sosia.decoy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A phonocardiogram as a WAV file: two dull sounds a beat over breath and the rustle of the stethoscope. */
final class HeartSound {

    private static final int HEADER = 44;
    private static final int HERTZ = 8_000;
    private static final int PIECE = 8_000;
    private static final long LIMIT_32 = 0xFFFFFFFFL;

    private HeartSound() {}

    static Plan wave(Job job) {
        long target = Math.max(job.target(), HEADER + 2);
        // Samples have two bytes; where the bucket has room the size is even.
        long even = target % 2 == 0 ? target : target > SizeBucket.of(target).smallest() ? target - 1 : target + 1;
        long samples = (even - HEADER) / 2;
        return new Plan(even, () -> new PieceStream(new Sounds(samples, job.record().stream("sound"))));
    }

    private static final class Sounds implements Iterator<byte[]> {
        private final Keystream stream;
        private final int beat;
        private final int pitch;
        private final long samples;
        private final byte[] grain = new byte[PIECE];
        private long next = -1;
        private int rustle;

        Sounds(long samples, Keystream stream) {
            this.samples = samples;
            this.stream = stream;
            this.beat = HERTZ * 60 / stream.between(56, 94);
            this.pitch = stream.between(45, 70);
        }

        @Override
        public boolean hasNext() {
            return next < samples;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (next < 0) {
                next = 0;
                return header();
            }
            int count = (int) Math.min(PIECE, samples - next);
            stream.fill(grain, 0, count);
            var out = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                rustle += (grain[i] * 3 - rustle) >> 2;
                out.putShort((short) (sound((int) ((next + i) % beat)) + rustle));
            }
            next += count;
            return out.array();
        }

        /** The first sound at the beginning of the beat, the second after a third of it: damped oscillations. */
        private double sound(int within) {
            return burst(within, pitch, 9_000) + burst(within - beat * 36 / 100, pitch + 22, 6_000);
        }

        private static double burst(int sample, int hertz, int loudness) {
            if (sample < 0 || sample > HERTZ / 5) {
                return 0;
            }
            double t = (double) sample / HERTZ;
            return loudness * StrictMath.exp(-28 * t) * StrictMath.sin(2 * StrictMath.PI * hertz * t);
        }

        private byte[] header() {
            return ByteBuffer.allocate(HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                    .putInt((int) Math.min(HEADER - 8 + 2 * samples, LIMIT_32))
                    .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                    .putInt(16)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(HERTZ)
                    .putInt(2 * HERTZ)
                    .putShort((short) 2)
                    .putShort((short) 16)
                    .put("data".getBytes(StandardCharsets.US_ASCII))
                    .putInt((int) Math.min(2 * samples, LIMIT_32))
                    .array();
        }
    }
}
