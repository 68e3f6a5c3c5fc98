package org.sosia.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides which wrong credentials succeed, as an identity that was planted for it.
 *
 * <p>Two rules. A small share of all wrong pairs of name and password succeeds at once, chosen by a keyed function: so
 * the same pair always gives the same answer, and whoever tries passwords in bulk cannot tell a hit from a plant. And a source
 * that goes on guessing succeeds beyond a number of different wrong pairs within a window. Pairs are counted, not tries: a
 * device that repeats one stale password never gets there.
 *
 * <p><b>Security.</b> Of what was typed only a keyed hash is kept, and only in memory. The second rule forgets at a
 * restart and is per node.
 */
final class Deception {

    /** What one realm has set. {@code share} is n of "one in n", 0 for never; {@code threshold} 0 for never. */
    record Settings(boolean enabled, int share, int threshold, Duration window) {}

    private static final int MAX_SOURCES = 10_000;
    private static final int MAX_ADMITTED = 10_000;

    private final byte[] key;
    private final Map<String, Deque<Failure>> failures = bounded(MAX_SOURCES);
    private final Map<String, Boolean> admitted = bounded(MAX_ADMITTED);

    private record Failure(String pair, Instant at) {}

    /** @param key at least 16 secret bytes */
    Deception(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("the key is too short");
        }
        this.key = key.clone();
    }

    /**
     * Notes a wrong pair and says whether it succeeds all the same.
     *
     * @param source where the try came from, an address
     */
    synchronized boolean admits(Settings settings, String source, String user, String password, Instant now) {
        if (!settings.enabled()) {
            return false;
        }
        byte[] mark = mark(user, password);
        String pair = HexFormat.of().formatHex(mark, 0, 16);
        if (admitted.containsKey(pair)) {
            return true;
        }
        if (settings.share() > 0 && Long.remainderUnsigned(ByteBuffer.wrap(mark).getLong(16), settings.share()) == 0) {
            return true;
        }
        if (settings.threshold() > 0 && differentFailures(settings, source, pair, now) > settings.threshold()) {
            admitted.put(pair, true);
            return true;
        }
        return false;
    }

    private int differentFailures(Settings settings, String source, String pair, Instant now) {
        Deque<Failure> seen = failures.computeIfAbsent(source, any -> new ArrayDeque<>());
        Instant begin = now.minus(settings.window());
        seen.removeIf(failure -> failure.at().isBefore(begin) || failure.pair().equals(pair));
        seen.addLast(new Failure(pair, now));
        // One more than the threshold decides; older ones need not be kept.
        while (seen.size() > settings.threshold() + 1) {
            seen.removeFirst();
        }
        return seen.size();
    }

    /** Which of {@code count} planted identities a name leads to: always the same one. */
    int choose(String user, int count) {
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(mark(user, "")).getLong(), count);
    }

    /** HMAC-SHA-256 over both parts with the first one's length, so that moving the border changes it. */
    private byte[] mark(String user, String password) {
        byte[] name = user.toLowerCase(Locale.ROOT).getBytes(UTF_8);
        byte[] secret = password.getBytes(UTF_8);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
            mac.update(name);
            mac.update(secret);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static <V> Map<String, V> bounded(int entries) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > entries;
            }
        };
    }
}
