package org.sosia.persistence;

import java.util.Optional;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A secret that a cloud made for itself and never shows: the first of several nodes makes it.
 *
 * <p><b>Life.</b> Made in the transaction of its first use. Until that is committed nobody may remember it: the transaction could end in a refusal, and with it the row.
 */
final class OwnSecret implements SecretMaterial {

    private final SecretBytes bytes;
    private final boolean lasting;

    private OwnSecret(SecretBytes bytes, boolean lasting) {
        this.bytes = bytes;
        this.lasting = lasting;
    }

    /** The secret of that name. */
    static OwnSecret of(Sql sql, String name) {
        return read(sql, name, true).orElseGet(() -> {
            sql.update(
                    "INSERT INTO stamp (name, body) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    name,
                    SecretBytes.random(SecretBytes.DERIVED_BYTES).exposeSecretBytes());
            return read(sql, name, false)
                    .orElseThrow(() -> new IllegalStateException("the store does not keep its own key"));
        });
    }

    private static Optional<OwnSecret> read(Sql sql, String name, boolean lasting) {
        return sql.first("SELECT body FROM stamp WHERE name = ?", row -> row.getBytes(1), name)
                .map(kept -> new OwnSecret(SecretBytes.copyOf(kept), lasting));
    }

    SecretBytes bytes() {
        return bytes;
    }

    /** Whether it was there before this transaction, so that it may be remembered beyond it. */
    boolean isLasting() {
        return lasting;
    }

    @Override
    public String toString() {
        return "OwnSecret[secret]";
    }
}
