package org.sosia.persistence;

import java.security.GeneralSecurityException;
import java.util.List;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.policy.Attribute;

/**
 * One person's transform key in one realm, and what it may no longer hold. The lock of that pair is held to the end of the
 * transaction, also when there is no key yet: a key that is being renewed and an attribute that is being lost wait for each other.
 */
final class Levers {

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

    void lose(Attribute attribute) {
        sql.update(
                "INSERT INTO loss (realm, subject, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                realm,
                subject,
                IssueTable.name(attribute));
    }

    void giveBack(Attribute attribute) {
        sql.update(
                "DELETE FROM loss WHERE realm = ? AND subject = ? AND name = ?",
                realm,
                subject,
                IssueTable.name(attribute));
    }

    /** The key without what was lost. */
    byte[] stripped(byte[] encoded) {
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
