package org.sosia.audit;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.sosia.persistence.AuditChain;
import org.sosia.persistence.AuditEntry;
import org.sosia.persistence.Cloud;

/** Follows a chain from its first entry: numbers without gaps, each entry's own hash, each link to the one before. */
final class ChainCheck {
    private static final int STRIDE = 500;

    private ChainCheck() {}

    static ChainVerdict check(String chain, Cloud store) {
        byte[] previous = AuditChain.root();
        long last = 0;
        while (true) {
            List<AuditEntry> entries = store.auditEntries(last, STRIDE);
            for (AuditEntry entry : entries) {
                if (!holds(entry, last + 1, previous)) {
                    return new ChainVerdict(chain, last, false, last + 1, hex(previous, last));
                }
                previous = entry.hash();
                last++;
            }
            if (entries.size() < STRIDE) {
                return new ChainVerdict(chain, last, true, null, hex(previous, last));
            }
        }
    }

    private static boolean holds(AuditEntry entry, long number, byte[] previous) {
        byte[] hash = AuditChain.hash(
                entry.seq(), entry.at(), entry.actor(), entry.action(), entry.object(), entry.sealed(), previous);
        return entry.seq() == number
                && MessageDigest.isEqual(entry.previous(), previous)
                && MessageDigest.isEqual(entry.hash(), hash);
    }

    private static String hex(byte[] hash, long entries) {
        return entries == 0 ? "" : HexFormat.of().formatHex(hash);
    }
}
