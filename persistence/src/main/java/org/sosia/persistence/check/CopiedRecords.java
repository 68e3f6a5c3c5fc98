package org.sosia.persistence.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.persistence.Spare;
import org.sosia.persistence.check.Violation.Name;

/**
 * The recovery copies of the records of A, which is told where they lie: every share is compared with what was written, and what good
 * shares give back with what the owner signed. Those of B's records B is not told of: of their shares only the length is checked.
 */
final class CopiedRecords {

    /** The names of the places in a violation, in the order of the shares. */
    private static final List<String> PLACES = List.of("A", "B", "folder");

    private final Snapshot atA;
    private final Snapshot atB;
    private final @Nullable Path folder;

    /** Of records that were deleted meanwhile, perhaps. */
    private final List<Violation> missing = new ArrayList<>();

    CopiedRecords(Snapshot atA, Snapshot atB, @Nullable Path folder) {
        this.atA = atA;
        this.atB = atB;
        this.folder = folder;
    }

    /** The ids of the shares at B that belong to records of A. */
    Set<UUID> sharesAtB() throws SQLException {
        Set<UUID> shares = new LinkedHashSet<>();
        atA.forEachSpare((spare, row) -> shares.add(hidden(spare, 1).id()));
        return shares;
    }

    void check(Consumer<Violation> report) throws SQLException {
        atA.forEachSpare((spare, row) -> {
            try {
                check(spare, row, SplitReceipt.decode(spare.receipt()), report);
            } catch (IOException | GeneralSecurityException malformed) {
                report.accept(new Violation(Name.COPY_ALTERED, "A", spare.record(), 0));
            }
        });
    }

    /** Reports what is missing of records that still have copies. */
    void confirm(Snapshot nowAtA, Consumer<Violation> report) throws SQLException {
        Set<UUID> still = new LinkedHashSet<>();
        nowAtA.forEachSpare((spare, row) -> still.add(spare.record()));
        missing.stream().filter(found -> still.contains(found.id())).forEach(report);
    }

    boolean isLacking() {
        return !missing.isEmpty();
    }

    private void check(
            Spare spare, Snapshot.@Nullable SplitRecord row, SplitReceipt receipt, Consumer<Violation> report)
            throws SQLException, IOException, GeneralSecurityException {
        List<@Nullable SealedSource> good = new ArrayList<>();
        int usable = 0;
        for (int i = 0; i < PLACES.size(); i++) {
            SealedSource share = share(spare, i);
            if (share == null) {
                good.add(null);
            } else if (share.length() == 0) {
                missing.add(new Violation(Name.COPY_MISSING, PLACES.get(i), spare.record(), 0));
                good.add(null);
            } else if (!isGood(receipt, i, share)) {
                report.accept(new Violation(Name.COPY_ALTERED, PLACES.get(i), spare.record(), 0));
                good.add(null);
            } else {
                good.add(share);
                usable++;
            }
        }
        if (row != null && usable >= receipt.splitting().needed() && !givesWhatWasSigned(receipt, good, row)) {
            report.accept(new Violation(Name.COPY_OF_SOMETHING_ELSE, "A", spare.record(), 0));
        }
    }

    private static boolean isGood(SplitReceipt receipt, int number, SealedSource share) throws IOException {
        try {
            receipt.verify(number, share);
            return true;
        } catch (DamagedShareException altered) {
            return false;
        }
    }

    private static boolean givesWhatWasSigned(
            SplitReceipt receipt, List<@Nullable SealedSource> shares, Snapshot.SplitRecord row) throws IOException {
        try {
            Header header = Header.decode(row.header());
            SealedSource copied = Splitting.merge(receipt, shares);
            SealedSource whole = copied;
            if (row.link().length > 0) {
                long half = Splitting.BOTH.shareLength(header.sealedLength());
                whole = Splitting.BOTH.merge(
                        row.id(), header.sealedLength(), List.of(part(copied, 0, half), part(copied, half, half)));
            }
            return Arrays.equals(digest(whole), header.sealedDigest());
        } catch (GeneralSecurityException | DamagedShareException doNotFit) {
            return false;
        }
    }

    private static SealedSource part(SealedSource whole, long from, long length) {
        return new SealedSource() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream read(long start, long wanted) throws IOException {
                return whole.read(from + start, Math.min(wanted, length - start));
            }
        };
    }

    private static byte[] digest(SealedSource content) throws IOException {
        MessageDigest digest = Digests.newSha256();
        try (InputStream bytes = new DigestInputStream(content.read(0, content.length()), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    /** A share as it was written; null where it cannot be looked for. */
    private @Nullable SealedSource share(Spare spare, int number) throws SQLException {
        HiddenShare hidden = hidden(spare, number);
        if (number < 2) {
            return hidden.uncovered((number == 0 ? atA : atB).source(hidden.id()));
        }
        return folder == null ? null : hidden.uncovered(file(folder, hidden.id()));
    }

    private static HiddenShare hidden(Spare spare, int number) {
        int from = number * HiddenShare.LINK_BYTES;
        return new HiddenShare(Arrays.copyOfRange(spare.links(), from, from + HiddenShare.LINK_BYTES));
    }

    private static SealedSource file(Path folder, UUID share) {
        String name = share.toString();
        Path file = folder.resolve("1").resolve(name.substring(0, 2)).resolve(name + ".share");
        return new SealedSource() {
            @Override
            public long length() {
                try {
                    return Files.size(file);
                } catch (IOException absent) {
                    return 0;
                }
            }

            @Override
            public InputStream read(long from, long length) throws IOException {
                if (length() == 0) {
                    return new ByteArrayInputStream(new byte[0]);
                }
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                channel.position(from);
                return Channels.newInputStream(channel);
            }
        };
    }
}
