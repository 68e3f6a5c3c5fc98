package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.signature.OperatorKey;

/**
 * The keys that a cloud's operator signs with, one for each hospital whose openings she takes a share in, and the histories of those
 * before them. Whoever reads the store can sign in its operator's name, and is its operator.
 *
 * <p>A key is made at its first use; of two nodes that make one at the same time, the first wins and both sign with it. A node asks its store
 * each time which key is the newest, and reads it only if it is another than the last time.
 */
final class Operators {

    private static final String KEY = "operator ";
    private static final String HISTORY = "operators ";

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** A key as it was read. */
    private static final class Known {
        private final byte[] digest;
        private final OperatorKey key;

        Known(byte[] digest, OperatorKey key) {
            this.digest = digest;
            this.key = key;
        }
    }

    /** The key that signs now. */
    OperatorKey present(Sql sql, String whose) {
        return kept(sql, whose, "").orElseGet(() -> fresh(sql, whose));
    }

    private OperatorKey fresh(Sql sql, String whose) {
        byte[] fresh = OperatorKey.generate().encode().exposeSecretBytes();
        sql.update("INSERT INTO stamp (name, body) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", KEY + whose, fresh);
        Arrays.fill(fresh, (byte) 0);
        return kept(sql, whose, "").orElseThrow(() -> new IllegalStateException("the store does not keep its own key"));
    }

    private Optional<OperatorKey> kept(Sql sql, String whose, String lock) {
        return sql.first("SELECT body FROM stamp WHERE name = ?" + lock, row -> row.getBytes(1), KEY + whose)
                .map(encoded -> decoded(whose, encoded));
    }

    private OperatorKey decoded(String whose, byte[] encoded) {
        byte[] digest = Headers.sha256(encoded);
        @Nullable Known last = known.get(whose);
        if (last != null && MessageDigest.isEqual(last.digest, digest)) {
            Arrays.fill(encoded, (byte) 0);
            return last.key;
        }
        try {
            OperatorKey key = OperatorKey.decode(SecretBytes.copyOf(encoded));
            known.put(whose, new Known(digest, key));
            return key;
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("the operator's key cannot be read", damaged);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Every key there was, the present one last. */
    OperatorHistory history(Sql sql, String whose) {
        OperatorKey present = present(sql, whose);
        return sql.first("SELECT body FROM stamp WHERE name = ?", row -> row.getBytes(1), HISTORY + whose)
                .map(Operators::read)
                .orElseGet(() -> OperatorHistory.beginningWith(present));
    }

    private static OperatorHistory read(byte[] encoded) {
        try {
            return OperatorHistory.decode(encoded);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("the history of the operator's keys cannot be read", damaged);
        }
    }

    /** Puts a new key in the place of the present one, which is forgotten, unless there were more than {@code known} keys already. */
    OperatorHistory renew(Sql sql, String whose, int known, Instant now) {
        present(sql, whose);
        OperatorKey present = kept(sql, whose, " FOR UPDATE").orElseThrow();
        OperatorHistory history = history(sql, whose);
        if (history.terms().size() > known) {
            return history;
        }
        OperatorKey next = OperatorKey.generate();
        OperatorHistory longer = followed(history, present, next, now);
        byte[] encoded = next.encode().exposeSecretBytes();
        sql.update("UPDATE stamp SET body = ? WHERE name = ?", encoded, KEY + whose);
        Arrays.fill(encoded, (byte) 0);
        sql.update(
                "INSERT INTO stamp (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                HISTORY + whose,
                longer.encode());
        return longer;
    }

    /** A clock that was set back does not keep a cloud from a new key: its term begins with the one before, at the latest. */
    private static OperatorHistory followed(
            OperatorHistory history, OperatorKey present, OperatorKey next, Instant now) {
        Instant last = history.terms().get(history.terms().size() - 1).from().orElse(now);
        try {
            return history.followedBy(present, next, now.isBefore(last) ? last : now);
        } catch (GeneralSecurityException full) {
            throw new IllegalStateException("the operator's keys have no room for another", full);
        }
    }
}
