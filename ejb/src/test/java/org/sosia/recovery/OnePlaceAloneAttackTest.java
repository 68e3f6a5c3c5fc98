package org.sosia.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.Spare;
import org.sosia.records.HeldShare;
import org.sosia.records.NotEnoughCopiesException;
import org.sosia.records.Sensitivity;

/**
 * Somebody has all that lies at one of the three places, and besides what leads to it and how it was split. He wants the sealed content,
 * to attack it at leisure; or to know whose share it is; or to have something else put back in the record's place: an altered share, a
 * share of another record under this one's name, a label of another share.
 */
class OnePlaceAloneAttackTest {

    private static final int CHUNK = 16;

    private CopiedHospital all;
    private UUID record = new UUID(0, 0);
    private final byte[] original = "Dialysis since March.\n".repeat(15_000).getBytes(UTF_8);

    @BeforeEach
    void aCopiedRecordIsThere() throws Exception {
        all = new CopiedHospital();
        record = all.record(original, Sensitivity.MEDIUM);
    }

    private Set<String> windows(byte[] bytes) {
        Set<String> windows = new HashSet<>();
        for (int i = 0; i + CHUNK <= bytes.length; i++) {
            windows.add(HexFormat.of().formatHex(bytes, i, i + CHUNK));
        }
        return windows;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aShareHoldsNothingOfTheSealedContentInItsOwnForm(int place) throws Exception {
        byte[] sealed = all.hospital.a.content(record).read(0, Long.MAX_VALUE).readAllBytes();
        Set<String> known = windows(sealed);
        byte[] share = all.held(record, place);

        for (int i = 0; i + CHUNK <= share.length; i += CHUNK) {
            assertThat(known.contains(HexFormat.of().formatHex(share, i, i + CHUNK)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void oneShareIsNotMergedWhoeverKnowsHowItWasSplit(int place) throws Exception {
        Spare spare = all.hospital.a.spare(record).orElseThrow();
        SplitReceipt receipt = SplitReceipt.decode(spare.receipt());
        HiddenShare hidden = new HiddenShare(Arrays.copyOfRange(
                spare.links(), place * HiddenShare.LINK_BYTES, (place + 1) * HiddenShare.LINK_BYTES));
        SealedSource mine = hidden.uncovered(source(all.held(record, place)));
        receipt.verify(place, mine);
        List<SealedSource> shares = new ArrayList<>(Arrays.asList(null, null, null));
        shares.set(place, mine);

        assertThatThrownBy(() -> Splitting.merge(receipt, shares)).isInstanceOf(DamagedShareException.class);
    }

    private static SealedSource source(byte[] bytes) {
        return new SealedSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream read(long from, long length) {
                return new ByteArrayInputStream(bytes, (int) from, (int) Math.min(length, bytes.length - from));
            }
        };
    }

    /** Cloud B keeps a share of each original's copies and two of each double's, and nothing of them says which is which. */
    @Test
    void cloudBCannotSortItsShares() throws Exception {
        List<SealedRecord> pieces = all.hospital.b.pieces();
        UUID ofOriginal = all.share(record, 1);

        assertThat(pieces)
                .hasSize(CopiedHospital.SHARES)
                .extracting(SealedRecord::id)
                .contains(ofOriginal);
        assertThat(pieces).extracting(SealedRecord::patient).containsOnly(new UUID(0, 0));
        assertThat(pieces).extracting(piece -> piece.metadata().length / 64).hasSize(CopiedHospital.SHARES);
        assertThat(all.hospital.b.spare(record).orElseThrow().links()).isEmpty();
        String dump = HexFormat.of()
                .formatHex(all.hospital.b.content(ofOriginal).read(0, 88).readAllBytes());
        assertThat(dump).doesNotContain(HexFormat.of().formatHex("SOSH".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anAlteredShareIsNamedByItsPlaceAndNotUsed(int place) throws Exception {
        for (int at : new int[] {0, 30, 87, 88, 150_000}) {
            all.alter(record, place, at);
            all.hospital.a.tamperWithContent(record, 1_000);

            RestorationReceipt receipt = all.recover(all.owner, record);

            assertThat(receipt.places().get(place).state()).isEqualTo(HeldShare.State.ALTERED);
            assertThat(receipt.from())
                    .hasSize(2)
                    .doesNotContain(receipt.places().get(place).place());
            assertThat(all.records.read(all.owner, record, null)).isEqualTo(original);
        }
    }

    @Test
    void theShareAndLabelOfAnotherRecordAreNoneOfThisOne() throws Exception {
        UUID other = all.record(original, Sensitivity.MEDIUM);
        all.hospital.b.swapContents(all.share(record, 1), all.share(other, 1));
        SealedRecord theirs =
                all.hospital.b.recordInAnyState(all.share(other, 1)).orElseThrow();
        SealedRecord mine =
                all.hospital.b.recordInAnyState(all.share(record, 1)).orElseThrow();
        all.hospital.b.plant(SealedRecord.receivingPiece(mine.id(), mine.createdAt())
                .arrived(mine.sealedBytes(), theirs.metadata()));
        all.hospital.a.loseContent(record);

        RestorationReceipt receipt = all.recover(all.owner, record);

        assertThat(receipt.places().get(1).state()).isEqualTo(HeldShare.State.ALTERED);
        assertThat(receipt.from()).containsExactly("cloud-a", "hospital");
        assertThat(all.records.read(all.owner, record, null)).isEqualTo(original);
    }

    /** Two places together could give anything back; what they give is compared with what the owner signed before it is written. */
    @Test
    void whatTheOwnerDidNotSignIsNotPutBack() throws Exception {
        UUID other = all.record("Nothing found.\n".repeat(22_000).getBytes(UTF_8), Sensitivity.MEDIUM);
        Spare theirs = all.hospital.a.spare(other).orElseThrow();
        all.hospital.a.keepSpare(new Spare(record, theirs.attempt(), theirs.receipt(), theirs.links()));
        for (Path file : all.files()) {
            if (file.toString().endsWith(".attempt")) {
                Files.writeString(file, theirs.attempt().toString());
            }
        }
        all.hospital.a.loseContent(record);
        all.hospital.a.calls.clear();

        assertThatThrownBy(() -> all.recover(all.owner, record)).isInstanceOf(NotEnoughCopiesException.class);
        assertThat(all.hospital.a.calls).doesNotContain("repair", "restoreRecord");
    }
}
