package org.sosia.persistence.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.RecordState;
import org.sosia.persistence.SampleHospital;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Spare;
import org.sosia.persistence.TwoStores;
import org.sosia.persistence.check.Violation.Name;

/** Damages one share of the recovery copies of a record, and reads what the checker says. */
class CopiedInvariantsIT {

    private static final int BYTES = 700_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital REAL = new SampleHospital();
    private static final SampleHospital TWIN = new SampleHospital();

    @TempDir
    Path folder;

    private final List<HiddenShare> shares = new ArrayList<>();
    private UUID id = new UUID(0, 0);
    private byte[] links = new byte[0];

    @BeforeEach
    void aCopiedRecordIsThere() throws Exception {
        STORES.original().keepCertificate(REAL.certificate());
        STORES.duplicate().keepCertificate(TWIN.certificate());
        id = UUID.randomUUID();
        REAL.keep(STORES.original(), id, BYTES, RecordState.READY);
        TWIN.keep(STORES.duplicate(), id, BYTES, RecordState.READY);
        links = new byte[3 * HiddenShare.LINK_BYTES];
        new SecureRandom().nextBytes(links);
        for (int i = 0; i < 3; i++) {
            shares.add(new HiddenShare(
                    Arrays.copyOfRange(links, i * HiddenShare.LINK_BYTES, (i + 1) * HiddenShare.LINK_BYTES)));
        }
        copy(id);
    }

    private void copy(UUID of) throws Exception {
        List<ByteArrayOutputStream> written =
                List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
        List<OutputStream> sinks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sinks.add(shares.get(i).covering(written.get(i)));
        }
        SplittingStream split = Splitting.TWO_OF_THREE.split(id, sinks);
        try (split;
                InputStream content = STORES.original().content(of).read(0, Long.MAX_VALUE)) {
            content.transferTo(split);
        }
        keep(STORES.original(), 0, written.get(0).toByteArray());
        keep(STORES.duplicate(), 1, written.get(1).toByteArray());
        Files.createDirectories(file().getParent());
        Files.write(file(), written.get(2).toByteArray());
        STORES.original()
                .keepSpare(new Spare(id, UUID.randomUUID(), split.receipt().encode(), links));
    }

    private void keep(Cloud cloud, int number, byte[] share) {
        UUID name = shares.get(number).id();
        cloud.repair(name, 0, share, true);
        cloud.restorePiece(SealedRecord.receivingPiece(name, SampleHospital.NOW).arrived(share.length, new byte[] {7}));
    }

    private Path file() {
        String name = shares.get(2).id().toString();
        return folder.resolve("1").resolve(name.substring(0, 2)).resolve(name + ".share");
    }

    private List<Violation> violations() throws Exception {
        return new InvariantChecker().withCopies(folder).check(STORES.atA(), STORES.atB(), null);
    }

    private Violation found(Name name, String place) {
        return new Violation(name, place, id, 0);
    }

    @Test
    void soundCopiesViolateNothing() throws Exception {
        assertThat(violations()).isEmpty();
        assertThat(new InvariantChecker().check(STORES.atA(), STORES.atB(), null))
                .isEmpty();
    }

    @Test
    void aLostShareIsFoundByItsPlace() throws Exception {
        STORES.original().dropPiece(shares.get(0).id());
        assertThat(violations()).containsExactly(found(Name.COPY_MISSING, "A"));
        STORES.duplicate().dropPiece(shares.get(1).id());
        Files.delete(file());
        assertThat(violations())
                .containsExactly(
                        found(Name.COPY_MISSING, "A"),
                        found(Name.COPY_MISSING, "B"),
                        found(Name.COPY_MISSING, "folder"));
    }

    @Test
    void aChangedShareIsFoundByItsPlace() throws Exception {
        STORES.tamper(
                STORES.atB(),
                "UPDATE part SET body = set_byte(body, 5, get_byte(body, 5) # 1) WHERE seq = 1 AND item_id = '"
                        + shares.get(1).id() + "'");
        assertThat(violations()).containsExactly(found(Name.COPY_ALTERED, "B"));
        byte[] bytes = Files.readAllBytes(file());
        bytes[100] ^= 1;
        Files.write(file(), bytes);
        assertThat(violations()).containsExactly(found(Name.COPY_ALTERED, "B"), found(Name.COPY_ALTERED, "folder"));
    }

    @Test
    void copiesOfSomethingElseAreFound() throws Exception {
        UUID other = UUID.randomUUID();
        REAL.keep(STORES.original(), other, BYTES, RecordState.SEALED);
        copy(other);

        assertThat(violations()).containsExactly(found(Name.COPY_OF_SOMETHING_ELSE, "A"));
    }

    @Test
    void whatWasDeletedIsNotMissed() throws Exception {
        STORES.original().deleteRecord(id, SampleHospital.event("DELETE"), List.of());
        STORES.duplicate().deleteRecord(id, SampleHospital.event("DELETE"), List.of());
        STORES.original().dropPiece(shares.get(0).id());
        STORES.duplicate().dropPiece(shares.get(1).id());
        STORES.original().dropSpare(id);

        assertThat(violations()).isEmpty();
    }
}
