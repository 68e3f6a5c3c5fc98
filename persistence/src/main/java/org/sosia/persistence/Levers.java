package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.policy.Attribute;

/**
 * One person's transform keys in one realm, one for each public parameters in use, and what they may no longer hold. The lock of that pair is held to
 * the end of the transaction, also when there is no key yet: a key that is being renewed and an attribute that is being lost wait for each other.
 *
 * <p>A key that was kept before keys were told apart has no parameters' digest: it is for those that there were, and for headers of whichever it is
 * asked for, until {@link #name} gives it its own.
 */
final class Levers {

    private static final byte[] NAMELESS = {};

    private final Sql sql;
    private final String realm;
    private final String subject;

    private Levers(Sql sql, String realm, String subject) {
        this.sql = sql;
        this.realm = realm;
        this.subject = subject;
    }

    static Levers locked(Sql sql, String realm, String subject) {
        sql.first(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, "lever " + realm + " " + subject);
        return new Levers(sql, realm, subject);
    }

    /** A person's key for headers under these parameters; empty if she has none, or is refused. */
    static Optional<byte[]> key(Sql sql, String realm, String subject, byte[] parameters) {
        return sql.first(
                "SELECT encoded FROM lever WHERE realm = ? AND subject = ? AND basis IN (?, ?) AND NOT revoked"
                        + " ORDER BY basis DESC LIMIT 1",
                row -> row.getBytes(1),
                realm,
                subject,
                parameters,
                NAMELESS);
    }

    /** Whether a person has a key, for whatever parameters, and is not refused. */
    static boolean mediates(Sql sql, String realm, String subject) {
        return sql.first(
                        "SELECT 1 FROM lever WHERE realm = ? AND subject = ? AND NOT revoked LIMIT 1",
                        row -> true,
                        realm,
                        subject)
                .isPresent();
    }

    /** Gives every key of a realm that has no parameters' digest this one, unless there is another key for them already. */
    static void name(Sql sql, String realm, byte[] parameters) {
        sql.update(
                "UPDATE lever SET basis = ? WHERE realm = ? AND basis = '' AND NOT revoked AND NOT EXISTS"
                        + " (SELECT 1 FROM lever other WHERE other.realm = lever.realm AND other.subject = lever.subject AND other.basis = ?)",
                parameters,
                realm,
                parameters);
    }

    /** Drops everybody's keys for these parameters. */
    static void drop(Sql sql, String realm, byte[] parameters) {
        sql.update("DELETE FROM lever WHERE realm = ? AND basis = ? AND NOT revoked", realm, parameters);
    }

    boolean mediates() {
        return mediates(sql, realm, subject);
    }

    /** Keeps a key, without what was lost, in place of any for the same parameters, of one without a digest, and of a refusal. */
    void keep(byte[] parameters, byte[] encoded) {
        sql.update(
                "DELETE FROM lever WHERE realm = ? AND subject = ? AND (basis IN (?, ?) OR revoked)",
                realm,
                subject,
                parameters,
                NAMELESS);
        insert(parameters, stripped(encoded), false);
    }

    /** Forgets every key and refuses the person. */
    void revoke() {
        sql.update("DELETE FROM lever WHERE realm = ? AND subject = ?", realm, subject);
        insert(NAMELESS, new byte[0], true);
    }

    private void insert(byte[] parameters, byte[] encoded, boolean revoked) {
        sql.update(
                "INSERT INTO lever (realm, subject, basis, encoded, revoked) VALUES (?, ?, ?, ?, ?)",
                realm,
                subject,
                parameters,
                encoded,
                revoked);
    }

    /** Takes an attribute out of every key, and of those to come. */
    void lose(Attribute attribute) {
        sql.update(
                "INSERT INTO loss (realm, subject, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                realm,
                subject,
                IssueTable.name(attribute));
        List<byte[]> bases = sql.list(
                "SELECT basis FROM lever WHERE realm = ? AND subject = ? AND NOT revoked",
                row -> row.getBytes(1),
                realm,
                subject);
        for (byte[] basis : bases) {
            byte[] kept = key(sql, realm, subject, basis).orElseThrow();
            sql.update(
                    "UPDATE lever SET encoded = ? WHERE realm = ? AND subject = ? AND basis = ?",
                    stripped(kept),
                    realm,
                    subject,
                    basis);
        }
    }

    void giveBack(Attribute attribute) {
        sql.update(
                "DELETE FROM loss WHERE realm = ? AND subject = ? AND name = ?",
                realm,
                subject,
                IssueTable.name(attribute));
    }

    /** The key without what was lost. */
    private byte[] stripped(byte[] encoded) {
        List<String> lost = sql.list(
                "SELECT name FROM loss WHERE realm = ? AND subject = ?", row -> row.getString(1), realm, subject);
        return lost.isEmpty() ? encoded : without(encoded, lost);
    }

    /** The key without any issue of these attributes. */
    static byte[] without(byte[] encoded, List<String> lost) {
        try {
            TransformKey key = TransformKey.decode(encoded);
            for (Attribute held : List.copyOf(key.attributes())) {
                if (lost.contains(IssueTable.name(held))) {
                    key = key.without(held);
                }
            }
            return key.encode();
        } catch (GeneralSecurityException unfit) {
            throw new IllegalArgumentException("not a transform key", unfit);
        }
    }
}
