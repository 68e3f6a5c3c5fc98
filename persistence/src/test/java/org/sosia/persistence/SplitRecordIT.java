package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.splitting.DamagedShareException;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.persistence.SampleHospital.SplitRecord;

/** A record of which each of two clouds keeps one share. */
class SplitRecordIT {

    /** Several commit groups at either cloud. */
    private static final int LARGE = 25_000_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital HOSPITAL = new SampleHospital();

    private final OriginalCloud a = STORES.original();
    private final DuplicateCloud b = STORES.duplicate();

    private SplitRecord kept(int bytes) throws Exception {
        return HOSPITAL.keepSplit(a, b, UUID.randomUUID(), bytes, RecordState.READY);
    }

    private SealedSource merged(SplitRecord record) throws IOException {
        return Splitting.merge(
                record.receipt(),
                Arrays.asList(
                        a.content(record.row().id()),
                        record.hidden().uncovered(b.content(record.hidden().id()))));
    }

    private static byte[] read(SealedSource source, long from, long length) throws IOException {
        try (InputStream bytes = source.read(from, length)) {
            return bytes.readAllBytes();
        }
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    void bothSharesTogetherAreWhatWasSealed() throws Exception {
        SplitRecord record = kept(LARGE);
        SealedSource whole = merged(record);
        byte[] all = read(whole, 0, whole.length());

        assertThat(sha256(all)).isEqualTo(Header.decode(record.row().header()).sealedDigest());
        assertThat(a.content(record.row().id()).length()).isEqualTo(record.row().heldBytes());
        for (long from : new long[] {0, 131_071, 131_072, 12_345_678, all.length - 1}) {
            assertThat(read(whole, from, 300_000))
                    .isEqualTo(Arrays.copyOfRange(all, (int) from, (int) Math.min(all.length, from + 300_000)));
        }
        assertThat(a.record(record.row().id()).orElseThrow().isSplit()).isTrue();
    }

    @Test
    void aSecondShareIsNoRecord() throws Exception {
        UUID piece = kept(100).hidden().id();

        assertThat(b.record(piece)).isEmpty();
        assertThat(b.records(new RecordFilter(null, null, null, 10))).isEmpty();
        b.markReady(piece);
        b.abandonRecord(piece);
        assertThat(b.recordInAnyState(piece).orElseThrow().state()).isEqualTo(RecordState.PIECE);
        assertThatThrownBy(() -> b.appendContent(piece)).isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> b.beginRecord(SampleHospital.receiving(piece)))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void aRecordIsNoSecondShare() throws Exception {
        UUID id = kept(100).row().id();

        a.bindPiece(id);
        a.loosenPiece(id);
        a.dropPiece(id);

        assertThat(a.record(id)).isPresent();
        assertThat(a.content(id).length()).isPositive();
    }

    @Test
    void aRecordWithMoreOrLessThanItsShareIsRefused() throws Exception {
        SealedRecord receiving = SampleHospital.receiving();
        a.beginRecord(receiving);
        SealedRecord whole = HOSPITAL.send(a, receiving, 300_000, RecordState.READY);

        assertThatThrownBy(() -> a.commitRecord(
                        whole.split(new byte[HiddenShare.LINK_BYTES]), SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(StoreConflictException.class);
    }

    @Test
    void aSecondShareThatIsNotAllThereIsNotKept() throws Exception {
        SealedRecord piece = SealedRecord.receivingPiece(UUID.randomUUID(), SampleHospital.NOW);
        b.beginRecord(piece);
        try (ContentSink sink = b.appendContent(piece.id())) {
            sink.write(new byte[1_000]);
        }

        assertThatThrownBy(() -> b.keepPiece(piece.arrived(1_001, new byte[1])))
                .isInstanceOf(StoreConflictException.class);
        SealedRecord another = SealedRecord.receivingPiece(piece.id(), SampleHospital.NOW);
        assertThatThrownBy(() -> b.keepPiece(another.arrived(1_000, new byte[1])))
                .isInstanceOf(StoreConflictException.class);
        b.keepPiece(piece.arrived(1_000, new byte[1]));
        assertThatThrownBy(() -> b.keepPiece(piece.arrived(1_000, new byte[1])))
                .isInstanceOf(StoreConflictException.class);
    }

    // ------------------------------------------------------------------------------------------------------ bad shares

    @Test
    void aLostShareIsNamed() throws Exception {
        SplitRecord record = kept(1_000_000);
        b.dropPiece(record.hidden().id());

        assertThatExceptionOfType(DamagedShareException.class)
                .isThrownBy(() -> merged(record))
                .satisfies(lost -> assertThat(lost.share()).isEqualTo(1));
    }

    @Test
    void aLostRowIsFoundWhereItIsMissing() throws Exception {
        SplitRecord record = kept(LARGE);
        STORES.tamper(STORES.atB(), "DELETE FROM part WHERE seq = 20");

        SealedSource whole = merged(record);
        assertThatIOException().isThrownBy(() -> read(whole, 0, whole.length()));
        assertThat(read(whole, 0, 1_000_000)).hasSize(1_000_000);
    }

    @Test
    void sharesOfOtherRecordsDoNotFit() throws Exception {
        SplitRecord one = kept(1_000_000);
        SplitRecord other = kept(1_000_000);
        STORES.tamper(
                STORES.atB(),
                "UPDATE part SET item_id = CASE item_id WHEN '" + one.hidden().id() + "' THEN '"
                        + other.hidden().id() + "'::uuid ELSE '" + one.hidden().id() + "'::uuid END, seq = seq + 1000;"
                        + "UPDATE part SET seq = seq - 1000");

        assertThatExceptionOfType(DamagedShareException.class).isThrownBy(() -> merged(one));
        assertThatExceptionOfType(DamagedShareException.class).isThrownBy(() -> merged(other));
    }

    @Test
    void aShortenedShareIsFound() throws Exception {
        SplitRecord record = kept(1_000_000);
        STORES.tamper(STORES.atA(), "UPDATE part SET body = substr(body, 1, octet_length(body) - 1) WHERE seq = 1");

        SealedSource whole = merged(record);
        assertThatIOException().isThrownBy(() -> read(whole, 0, whole.length()));
    }

    @Test
    void aFlippedBitChangesWhatComesOut() throws Exception {
        SplitRecord record = kept(1_000_000);
        STORES.tamper(
                STORES.atB(), "UPDATE part SET body = set_byte(body, 9000, get_byte(body, 9000) # 1) WHERE seq = 1");
        SealedSource whole = merged(record);

        assertThat(sha256(read(whole, 0, whole.length())))
                .isNotEqualTo(Header.decode(record.row().header()).sealedDigest());
        assertThatExceptionOfType(DamagedShareException.class)
                .isThrownBy(() -> record.receipt()
                        .verify(
                                1,
                                record.hidden()
                                        .uncovered(b.content(record.hidden().id()))))
                .satisfies(damaged -> assertThat(damaged.share()).isEqualTo(1));
    }

    // ------------------------------------------------------------------------------------------------ sweeping,
    // deleting

    @Test
    void whatIsLooseIsBoundOrDropped() throws Exception {
        UUID piece = kept(600_000).hidden().id();
        Instant later = Instant.now().plus(Duration.ofDays(1));

        assertThat(b.loosePieces(SampleHospital.NOW)).isEmpty();
        assertThat(b.loosePieces(later)).singleElement().satisfies(loose -> {
            assertThat(loose.id()).isEqualTo(piece);
            assertThat(loose.metadata()).containsExactly(7);
        });
        b.bindPiece(piece);
        assertThat(b.loosePieces(later)).isEmpty();
        b.loosenPiece(piece);
        assertThat(b.loosePieces(later)).hasSize(1);
        b.dropPiece(piece);
        b.dropPiece(piece);
        assertThat(b.recordInAnyState(piece)).isEmpty();
        assertThat(b.content(piece).length()).isZero();
        assertThat(read(b.content(piece), 0, 10)).isEmpty();
    }

    @Test
    void aShareThatStoppedArrivingIsSweptAsARecordIs() throws Exception {
        SealedRecord piece = SealedRecord.receivingPiece(UUID.randomUUID(), SampleHospital.NOW);
        b.beginRecord(piece);
        try (ContentSink sink = b.appendContent(piece.id())) {
            sink.write(new byte[5_000_000]);
        }

        assertThat(b.staleUploads(Instant.now().plus(Duration.ofDays(1)))).containsExactly(piece.id());
        b.abandonRecord(piece.id());
        assertThat(b.recordInAnyState(piece.id())).isEmpty();
    }

    @Test
    void aDeletedRecordLeadsToItsSecondShareStill() throws Exception {
        SplitRecord record = kept(600_000);

        a.deleteRecord(record.row().id(), SampleHospital.event("DELETE"), List.of());

        SealedRecord left = a.recordInAnyState(record.row().id()).orElseThrow();
        assertThat(left.isSplit()).isTrue();
        assertThat(left.attempt()).isEqualTo(record.row().attempt());
        assertThat(a.content(left.id()).length()).isZero();
    }
}
