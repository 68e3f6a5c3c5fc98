package org.sosia.persistence.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.persistence.check.Violation.Name;

/**
 * The records that are split over both stores. Those of A lead to their second shares: both shares are merged and compared with what
 * was signed. Those of B do not, so that B cannot tell their second shares from those of A's; there must be one of the right length for each.
 */
final class SplitRecords {

    private final Snapshot atA;
    private final Snapshot atB;
    private final Map<UUID, Long> unclaimed;

    /** Records of A whose second share was not there: deleted meanwhile, perhaps. */
    final List<UUID> lacking = new ArrayList<>();

    /** @param copies shares at B that are known to be something else */
    SplitRecords(Snapshot atA, Snapshot atB, Set<UUID> copies) throws SQLException {
        this.atA = atA;
        this.atB = atB;
        this.unclaimed = new HashMap<>(atB.pieces());
        unclaimed.keySet().removeAll(copies);
    }

    void check(Consumer<Violation> report) throws SQLException {
        atA.forEachSplit(record -> {
            if (record.link().length == HiddenShare.LINK_BYTES) {
                checkMerged(record, report);
            }
        });
        checkThereAreEnough(report);
    }

    private void checkMerged(Snapshot.SplitRecord record, Consumer<Violation> report) throws SQLException {
        HiddenShare hidden = new HiddenShare(record.link());
        if (unclaimed.remove(hidden.id()) == null) {
            lacking.add(record.id());
            return;
        }
        try {
            Header header = Header.decode(record.header());
            SealedSource whole = Splitting.BOTH.merge(
                    record.id(),
                    header.sealedLength(),
                    List.of(atA.source(record.id()), hidden.uncovered(atB.source(hidden.id()))));
            if (!Arrays.equals(digest(whole), header.sealedDigest())) {
                report.accept(new Violation(Name.CONTENT_DIGEST_MISMATCH, "A+B", record.id(), 0));
            }
        } catch (IOException | GeneralSecurityException doNotFit) {
            report.accept(new Violation(Name.CONTENT_DIGEST_MISMATCH, "A+B", record.id(), 0));
        }
    }

    private static byte[] digest(SealedSource content) throws IOException {
        MessageDigest digest = Digests.newSha256();
        try (InputStream bytes = new DigestInputStream(content.read(0, content.length()), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private void checkThereAreEnough(Consumer<Violation> report) throws SQLException {
        Map<Long, Integer> left = new HashMap<>();
        unclaimed.values().forEach(length -> left.merge(length, 1, Integer::sum));
        atB.forEachSplit(record -> {
            if (left.merge(length(record), -1, Integer::sum) < 0) {
                report.accept(new Violation(Name.PIECE_MISSING, "B", null, 0));
            }
        });
    }

    private static long length(Snapshot.SplitRecord record) {
        try {
            return Splitting.BOTH.shareLength(Header.decode(record.header()).sealedLength());
        } catch (GeneralSecurityException refusedElsewhere) {
            return 0;
        }
    }
}
