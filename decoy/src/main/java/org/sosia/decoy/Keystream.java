package org.sosia.decoy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A stream of choices that only the holder of a key can repeat: 32 bytes of HMAC-SHA-256, then AES-256 in counter mode.
 *
 * <p>Every field draws from a stream of its own, named by its label, so that a change in how one field is drawn never shifts
 * another.
 *
 * <p><b>Security.</b> Streams of different labels or parts are independent as long as HMAC-SHA-256 is a pseudo-random function.
 */
final class Keystream {

    private static final byte[] ZEROS = new byte[4096];
    /** Found once: the search for a provider costs more than the cipher. */
    private static final Provider AES =
            provider(() -> Cipher.getInstance("AES/CTR/NoPadding").getProvider());

    private static final Provider HMAC =
            provider(() -> Mac.getInstance("HmacSHA256").getProvider());

    private final Key key;
    private @Nullable Cipher cipher;
    private byte[] buffer;
    private int position;
    private double spareGauss = Double.NaN;

    private static Provider provider(Callable<Provider> search) {
        try {
            return search.call();
        } catch (Exception e) {
            throw new IllegalStateException("This Java has no AES or no HMAC-SHA-256", e);
        }
    }

    Keystream(Key key) {
        this.key = key;
        // Most streams give a few choices only: those come without a cipher, which is slow to set up.
        this.buffer = hmac(key.bytes, new byte[] {0});
    }

    /** A key, and how further keys come from it. */
    static final class Key {
        private final byte[] bytes;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        /** HKDF-Extract (RFC 5869) with the generator's version as salt: a new generator is a new world. */
        static Key root(byte[] secret) {
            return new Key(hmac("org.sosia.decoy/1".getBytes(StandardCharsets.US_ASCII), secret));
        }

        Key derive(String label, Object... parts) {
            var text = new StringBuilder(label);
            for (Object part : parts) {
                String p = part.toString();
                text.append('\0').append(p.length()).append(':').append(p);
            }
            // HKDF-Expand of one block: T(1) = HMAC(prk, info | 0x01).
            return new Key(hmac(bytes, text.append('\u0001').toString().getBytes(StandardCharsets.UTF_8)));
        }

        Keystream stream(String label, Object... parts) {
            return new Keystream(derive(label, parts));
        }

        /** A random-looking (version 4) UUID. */
        UUID uuid(String label, Object... parts) {
            byte[] b = derive(label, parts).bytes;
            long high = 0;
            long low = 0;
            for (int i = 0; i < 8; i++) {
                high = high << 8 | (b[i] & 0xff);
                low = low << 8 | (b[i + 8] & 0xff);
            }
            return new UUID((high & ~0xf000L) | 0x4000L, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
        }

        /** A number in [0, 1). */
        double unit(String label, Object... parts) {
            byte[] b = derive(label, parts).bytes;
            long v = 0;
            for (int i = 0; i < 7; i++) {
                v = v << 8 | (b[i] & 0xff);
            }
            return (v & ((1L << 53) - 1)) * 0x1.0p-53;
        }

        /** A standard normal number, cut at four standard deviations. */
        double gauss(String label, Object... parts) {
            return Keystream.normal(unit(label, parts));
        }

        @Override
        public String toString() {
            return "Key[secret]";
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256", HMAC);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256", e);
        }
    }

    private static Cipher cipher(Key key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding", AES);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.bytes, "AES"), new IvParameterSpec(new byte[16]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES", e);
        }
    }

    private void refill() {
        try {
            Cipher running = cipher;
            if (running == null) {
                running = cipher(key.derive("stream"));
                cipher = running;
                buffer = new byte[512];
            } else if (buffer.length < ZEROS.length) {
                buffer = new byte[ZEROS.length];
            }
            running.update(ZEROS, 0, buffer.length, buffer, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        position = 0;
    }

    int nextByte() {
        if (position == buffer.length) {
            refill();
        }
        return buffer[position++] & 0xff;
    }

    void fill(byte[] target, int from, int length) {
        int done = 0;
        while (done < length) {
            if (position == buffer.length) {
                refill();
            }
            int n = Math.min(length - done, buffer.length - position);
            System.arraycopy(buffer, position, target, from + done, n);
            position += n;
            done += n;
        }
    }

    private int nextInt() {
        return (nextByte() << 24) | (nextByte() << 16) | (nextByte() << 8) | nextByte();
    }

    /** A number in [0, bound); the bias of at most bound / 2^32 is not worth a loop whose length varies. */
    int below(int bound) {
        return (int) (((nextInt() & 0xffffffffL) * bound) >>> 32);
    }

    /** A number in [0, bound), for large bounds. */
    long below(long bound) {
        long v = ((nextInt() & 0xffffffffL) << 31) ^ (nextInt() & 0xffffffffL);
        return Math.floorMod(v, bound);
    }

    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    double unit() {
        return (nextInt() & 0xffffffffL) * 0x1.0p-32;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    /** A standard normal number, by Box and Muller with StrictMath so that every machine agrees. */
    double gauss() {
        if (!Double.isNaN(spareGauss)) {
            double g = spareGauss;
            spareGauss = Double.NaN;
            return g;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(unit() + 0x1.0p-33));
        double angle = 2 * StrictMath.PI * unit();
        spareGauss = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /** The inverse of the normal distribution function, by bisection of its logistic-like approximation (Waissi, Rossin 1996). */
    static double normal(double unit) {
        double low = -4;
        double high = 4;
        for (int i = 0; i < 40; i++) {
            double z = (low + high) / 2;
            double p = 1
                    / (1
                            + StrictMath.exp(-StrictMath.sqrt(StrictMath.PI)
                                    * (-0.0004406 * z * z * z * z * z + 0.0418198 * z * z * z + 0.9 * z)));
            if (p < unit) {
                low = z;
            } else {
                high = z;
            }
        }
        return (low + high) / 2;
    }
}
