package org.sosia.persistence.check;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads both stores and names whatever violates invariants I1 to I4 and I8, and I5 as far as stores show it (the rest of I5, I6 and
 * I7 are properties of answers).
 *
 * <p>It may run beside a working system: each store is read in one snapshot, A's before B's, and a record that seems to lack
 * its double, or its second share, is looked at once more. It reads every byte of content but holds only a few rows at a time; it needs no secret
 * and writes nothing.
 *
 * <p><b>Not checked.</b> That an audit entry precedes the release it tells of: a store sees no releases. What is checked is that
 * no entry was altered, moved or left out afterwards, so that an entry once written is evidence.
 */
public final class InvariantChecker {

    private final Duration stale;
    private final @Nullable Path copies;

    /** A checker that takes uploads without progress for a day as left behind. */
    public InvariantChecker() {
        this(Duration.ofDays(1));
    }

    /**
     * A checker of its own opinion on what is left behind.
     *
     * @param stale how long a record may be receiving without progress
     */
    public InvariantChecker(Duration stale) {
        this(stale, null);
    }

    private InvariantChecker(Duration stale, @Nullable Path copies) {
        this.stale = stale;
        this.copies = copies;
    }

    /**
     * The same, looking besides at the hospital's own shares of recovery copies.
     *
     * @param folder what the application calls {@code sosia.copies.dir}
     */
    public InvariantChecker withCopies(Path folder) {
        return new InvariantChecker(stale, folder);
    }

    /**
     * Checks both stores.
     *
     * @param a the original store
     * @param b the duplicate store
     * @param ca the certificate under which owners' signatures at A verify; null to trust the one kept there, if any. At B the
     *     one kept there is used
     * @return what is wrong; empty if nothing is
     * @throws SQLException if a store cannot be read
     */
    public List<Violation> check(DataSource a, DataSource b, @Nullable X509Certificate ca) throws SQLException {
        List<Violation> found = new ArrayList<>();
        check(a, b, ca, found::add);
        return found;
    }

    /**
     * Checks both stores and tells of each violation as soon as it is found, for stores in which there may be many.
     *
     * @param report is told of each violation
     * @throws SQLException if a store cannot be read
     */
    public void check(DataSource a, DataSource b, @Nullable X509Certificate ca, Consumer<Violation> report)
            throws SQLException {
        try (Snapshot atA = Snapshot.of(a, "A", ca, report);
                Snapshot atB = Snapshot.of(b, "B", null, report)) {
            Set<UUID> lonelyRecords = lonely(atA, atB, "item");
            Set<UUID> lonelyPatients = lonely(atA, atB, "subject");
            atA.check(stale);
            atB.check(stale);
            CopiedRecords copied = new CopiedRecords(atA, atB, copies);
            SplitRecords split = new SplitRecords(atA, atB, copied.sharesAtB());
            split.check(report);
            copied.check(report);
            confirm(a, b, "item", lonelyRecords, Violation.Name.DOUBLE_MISSING, report);
            confirm(a, b, "subject", lonelyPatients, Violation.Name.TWIN_MISSING, report);
            confirmPieces(a, split.lacking, report);
            confirmCopies(a, copied, report);
        }
    }

    private static Set<UUID> lonely(Snapshot atA, Snapshot atB, String table) throws SQLException {
        Set<UUID> lonely = new LinkedHashSet<>();
        atA.forEachReady(table, id -> {
            if (!atB.isReady(table, id)) {
                lonely.add(id);
            }
        });
        return lonely;
    }

    /** A record deleted between the two snapshots lacks its second share rightly. */
    private static void confirmPieces(DataSource a, List<UUID> lacking, Consumer<Violation> report)
            throws SQLException {
        if (lacking.isEmpty()) {
            return;
        }
        try (Snapshot nowAtA = Snapshot.of(a, "A", null, report)) {
            nowAtA.forEachSplit(record -> {
                if (lacking.contains(record.id())) {
                    report.accept(new Violation(Violation.Name.PIECE_MISSING, "B", record.id(), 0));
                }
            });
        }
    }

    /** The copies of a record deleted between the two snapshots are missing rightly. */
    private static void confirmCopies(DataSource a, CopiedRecords copied, Consumer<Violation> report)
            throws SQLException {
        if (copied.isLacking()) {
            try (Snapshot nowAtA = Snapshot.of(a, "A", null, report)) {
                copied.confirm(nowAtA, report);
            }
        }
    }

    /** A record deleted between the two snapshots lacks its double rightly: ask A again, in the present. */
    private static void confirm(
            DataSource a, DataSource b, String table, Set<UUID> lonely, Violation.Name name, Consumer<Violation> report)
            throws SQLException {
        if (lonely.isEmpty()) {
            return;
        }
        try (Snapshot nowAtB = Snapshot.of(b, "B", null, report);
                Snapshot nowAtA = Snapshot.of(a, "A", null, report)) {
            for (UUID id : lonely) {
                if (nowAtA.isReady(table, id) && !nowAtB.isReady(table, id)) {
                    report.accept(new Violation(name, "B", id, 0));
                }
            }
        }
    }
}
