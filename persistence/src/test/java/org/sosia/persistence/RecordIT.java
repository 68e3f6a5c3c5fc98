package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.IssuedGrant;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.envelope.TransformedSlot;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.signature.OperatorHistory;
import org.sosia.crypto.statement.Work;

/** The life of a record at a cloud. */
class RecordIT {

    /** Three commit groups and a bit. */
    private static final int LARGE = 13_000_000;

    @RegisterExtension
    static final TwoStores STORES = new TwoStores();

    private static final SampleHospital HOSPITAL = new SampleHospital();

    private final OriginalCloud cloud = STORES.original();

    // ------------------------------------------------------------------------------------------------------ receiving

    @Test
    void aRecordIsSeenWhenReadyAndNotBefore() throws Exception {
        UUID id = UUID.randomUUID();
        SealedRecord sealed = HOSPITAL.keep(cloud, id, 100, RecordState.SEALED);

        assertThat(cloud.record(id)).isEmpty();
        assertThat(cloud.records(new RecordFilter(null, null, null, 10))).isEmpty();
        assertThat(cloud.recordInAnyState(id)).isPresent();

        cloud.markReady(id);
        cloud.markReady(id);
        SealedRecord ready = cloud.record(id).orElseThrow();
        assertThat(ready)
                .usingRecursiveComparison()
                .ignoringFields("state", "updatedAt")
                .isEqualTo(sealed);
        assertThat(cloud.records(new RecordFilter(sealed.patient(), "olga", null, 10)))
                .hasSize(1);
        assertThat(cloud.records(new RecordFilter(UUID.randomUUID(), null, null, 10)))
                .isEmpty();
    }

    @Test
    void contentComesBackByteForByte() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        SealedSource source = cloud.content(record.id());

        byte[] all = read(source, 0, source.length());

        assertThat(source.length()).isEqualTo(record.sealedBytes());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all)))
                .isEqualTo(
                        HexFormat.of().formatHex(Header.decode(record.header()).sealedDigest()));
        for (long from : new long[] {0, 1, 262_399, 262_400, 262_401, 4_198_400, record.sealedBytes() - 1}) {
            for (long length : new long[] {0, 1, 16_400, 262_400, 600_000, Long.MAX_VALUE}) {
                assertThat(read(source, from, length))
                        .as("%d bytes from %d", length, from)
                        .isEqualTo(Arrays.copyOfRange(all, (int) from, (int)
                                Math.min(all.length, length > all.length ? all.length : from + length)));
            }
        }
        assertThat(read(source, source.length() + 5, 3)).isEmpty();
    }

    @Test
    void contentIsKeptInRowsOfSixteenChunks() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);

        assertThat(number("SELECT count(*) FROM part WHERE item_id = '" + record.id() + "'"))
                .isEqualTo((record.sealedBytes() + 262_399) / 262_400);
        assertThat(number("SELECT max(octet_length(body)) FROM part")).isEqualTo(262_400);
        assertThat(number("SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                        + " WHERE c.relname LIKE 'part%' AND a.attname = 'body' AND a.attstorage = 'e'"))
                .as("one table and its eight partitions keep bodies uncompressed")
                .isEqualTo(9);
    }

    @Test
    void anEmptyContentIsContentToo() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 0, RecordState.READY);
        assertThat(read(cloud.content(record.id()), 0, Long.MAX_VALUE)).hasSize((int) record.sealedBytes());
    }

    @Test
    void thereIsNoContentWithoutARecord() throws Exception {
        SealedSource none = cloud.content(UUID.randomUUID());
        assertThat(none.length()).isZero();
        assertThat(read(none, 0, 10)).isEmpty();
    }

    @Test
    void aMissingRowIsAnErrorAndNotAnEnd() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        STORES.tamper(STORES.atA(), "DELETE FROM part WHERE seq = 20");

        assertThatIOException().isThrownBy(() -> read(cloud.content(record.id()), 0, Long.MAX_VALUE));
        assertThat(read(cloud.content(record.id()), 0, 20 * 262_400L)).hasSize(20 * 262_400);
    }

    @Test
    void aShortenedRowIsAnError() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        STORES.tamper(STORES.atA(), "UPDATE part SET body = substr(body, 2) WHERE seq = 3");

        assertThatIOException().isThrownBy(() -> read(cloud.content(record.id()), 0, Long.MAX_VALUE));
    }

    @Test
    void whatWasCompletedOnceIsNotCompletedTwice() throws Exception {
        SealedRecord sealed = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.SEALED);
        cloud.markReady(sealed.id());
        cloud.commitRecord(
                sealed, SampleHospital.event("UPLOAD"), List.of(Task.of("x", SampleHospital.NOW, new byte[0])));

        assertThat(cloud.record(sealed.id())).isPresent();
        assertThat(cloud.auditEntries(0, 10)).hasSize(1);
        assertThat(cloud.pendingTasks()).isZero();
    }

    // ------------------------------------------------------------------------------------------------------- refusals

    @Test
    void aRecordWithoutAllItsContentIsRefused() throws Exception {
        SealedRecord receiving = SampleHospital.receiving();
        cloud.beginRecord(receiving);
        SealedRecord sealed = HOSPITAL.send(cloud, receiving, LARGE, RecordState.SEALED);
        STORES.tamper(STORES.atA(), "DELETE FROM part WHERE seq = 7");

        assertThatThrownBy(() -> cloud.commitRecord(sealed, SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(StoreConflictException.class);
        assertThat(cloud.recordInAnyState(sealed.id()).orElseThrow().state()).isEqualTo(RecordState.RECEIVING);
        assertThat(cloud.auditEntries(0, 1)).isEmpty();
    }

    @Test
    void aHeaderOfAnotherRecordIsRefused() throws Exception {
        SealedRecord other = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.SEALED);
        SealedRecord receiving = SampleHospital.receiving();
        cloud.beginRecord(receiving);
        SealedRecord sealed = HOSPITAL.send(cloud, receiving, 100, RecordState.SEALED);
        SealedRecord mixed = receiving.sealed(
                RecordState.SEALED, sealed.sealedBytes(), sealed.metadata(), other.header(), SampleHospital.NOW);

        assertThatThrownBy(() -> cloud.commitRecord(mixed, SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(RefusedHeaderException.class);
    }

    @Test
    void metadataOtherThanSignedIsRefused() throws Exception {
        SealedRecord receiving = SampleHospital.receiving();
        cloud.beginRecord(receiving);
        SealedRecord sealed = HOSPITAL.send(cloud, receiving, 100, RecordState.SEALED);
        SealedRecord mixed = receiving.sealed(
                RecordState.SEALED, sealed.sealedBytes(), new byte[] {9}, sealed.header(), SampleHospital.NOW);

        assertThatThrownBy(() -> cloud.commitRecord(mixed, SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(RefusedHeaderException.class);
    }

    @Test
    void aHeaderSignedUnderAnotherCertificateIsRefused() throws Exception {
        cloud.keepCertificate(new SampleHospital().certificate());
        SealedRecord receiving = SampleHospital.receiving();
        cloud.beginRecord(receiving);
        SealedRecord sealed = HOSPITAL.send(cloud, receiving, 100, RecordState.SEALED);

        assertThatThrownBy(() -> cloud.commitRecord(sealed, SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(RefusedHeaderException.class);

        cloud.keepCertificate(HOSPITAL.certificate());
        assertThat(cloud.certificate().orElseThrow()).isEqualTo(HOSPITAL.certificate());
        cloud.commitRecord(sealed, SampleHospital.event("UPLOAD"), List.of());
    }

    @Test
    void aCompleteRecordIsNotBegunAgain() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);

        assertThatThrownBy(() -> cloud.beginRecord(SampleHospital.receiving(record.id())))
                .isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> cloud.appendContent(record.id())).isInstanceOf(StoreConflictException.class);
        cloud.abandonRecord(record.id());
        assertThat(cloud.record(record.id())).isPresent();
    }

    // ------------------------------------------------------------------------------------------------ two at the same
    // time

    @Test
    void aRecordBegunAnewLosesWhatHadArrivedAndItsSender() throws Exception {
        SealedRecord first = SampleHospital.receiving();
        cloud.beginRecord(first);
        SealedRecord firstSealed = HOSPITAL.send(cloud, first, LARGE, RecordState.READY);

        SealedRecord second = SampleHospital.receiving(first.id());
        cloud.beginRecord(second);
        SealedRecord secondSealed = HOSPITAL.send(cloud, second, LARGE, RecordState.READY);

        // Same id, same length, other bytes: only the attempt tells them apart.
        assertThatThrownBy(() -> cloud.commitRecord(firstSealed, SampleHospital.event("UPLOAD"), List.of()))
                .isInstanceOf(StoreConflictException.class);
        cloud.commitRecord(secondSealed, SampleHospital.event("UPLOAD"), List.of());
        assertThat(cloud.record(first.id())).isPresent();
    }

    @Test
    void theSenderOfARecordBegunAnewFindsOutAtTheNextGroup() throws Exception {
        SealedRecord first = SampleHospital.receiving();
        cloud.beginRecord(first);
        ContentSink sending = cloud.appendContent(first.id());
        sending.write(new byte[1_000]);
        cloud.beginRecord(SampleHospital.receiving(first.id()));

        assertThatIOException().isThrownBy(sending::close);
        assertThatIOException().isThrownBy(() -> sending.write(1));
        assertThat(number("SELECT count(*) FROM part")).isZero();
    }

    @Test
    void anAbandonedRecordTakesNoMoreContent() throws Exception {
        SealedRecord record = SampleHospital.receiving();
        cloud.beginRecord(record);
        ContentSink sending = cloud.appendContent(record.id());
        sending.write(new byte[5_000_000]);
        settled(sending);
        assertThat(number("SELECT count(*) FROM part")).isEqualTo(16);
        cloud.abandonRecord(record.id());

        assertThatIOException().isThrownBy(sending::close);
        assertThat(cloud.recordInAnyState(record.id())).isEmpty();
        assertThat(number("SELECT count(*) FROM part")).isZero();
    }

    @Test
    void nothingComesAfterASenderWhoGaveUp() throws Exception {
        SealedRecord record = SampleHospital.receiving();
        cloud.beginRecord(record);
        ContentSink sending = cloud.appendContent(record.id());
        sending.write(new byte[5_000_000]);

        sending.giveUp();

        assertThat(sending.hasRoomFor(Integer.MAX_VALUE)).isTrue();
        assertThatIOException().isThrownBy(() -> sending.write(1));
        assertThatIOException().isThrownBy(sending::close);
        cloud.abandonRecord(record.id());
        assertThat(number("SELECT count(*) FROM part")).isZero();
    }

    @Test
    void aReaderWhoGoesAwayInTheMiddleLeavesNoConnectionBehind() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        InputStream reading = cloud.content(record.id()).read(0, Long.MAX_VALUE);
        assertThat(reading.readNBytes(300_000)).hasSize(300_000);

        reading.close();

        assertThat(reading.read()).isEqualTo(-1);
    }

    @Test
    void groupsAreCommittedWithoutWaitingAndTheRecordIsNot() throws Exception {
        // The test's servers are set to wait for nothing; an operator's do wait.
        STORES.tamper(STORES.atA(), noting() + ";ALTER DATABASE postgres SET synchronous_commit = on");
        try {
            HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.SEALED);

            assertThat(text("SELECT string_agg(DISTINCT waits, ',') FROM noted WHERE what = 'part'"))
                    .isEqualTo("off");
            assertThat(text("SELECT waits FROM noted WHERE what = 'item' ORDER BY n DESC LIMIT 1"))
                    .as("the last word, for which the store waits for its disk")
                    .isEqualTo("on");
        } finally {
            STORES.tamper(
                    STORES.atA(),
                    "ALTER DATABASE postgres RESET synchronous_commit; DROP TRIGGER noting ON part; DROP TRIGGER noting ON item;"
                            + " DROP FUNCTION noting; DROP TABLE noted");
        }
    }

    private static String noting() {
        return "CREATE TABLE noted (n serial, what text, waits text);"
                + "CREATE FUNCTION noting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO noted (what, waits)"
                + " VALUES (TG_ARGV[0], current_setting('synchronous_commit')); RETURN NEW; END $$;"
                + "CREATE TRIGGER noting BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION noting('part');"
                + "CREATE TRIGGER noting BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION noting('item')";
    }

    // --------------------------------------------------------------------------------------------------------- crashes

    @Test
    void aConnectionKilledInTheMiddleLeavesOnlyAReceivingRecord() throws Exception {
        SealedRecord record = SampleHospital.receiving();
        cloud.beginRecord(record);
        ContentSink sending = cloud.appendContent(record.id());
        sending.write(new byte[5_000_000]);
        settled(sending);

        STORES.tamper(STORES.atA(), slowInserts());
        try {
            assertThatIOException()
                    .isThrownBy(() -> KilledSoon.during(
                            STORES.atA(), "INSERT INTO part%", () -> sending.write(new byte[9_000_000])));
        } finally {
            STORES.tamper(STORES.atA(), "DROP TRIGGER slow ON part");
        }

        assertThat(cloud.recordInAnyState(record.id()).orElseThrow().state()).isEqualTo(RecordState.RECEIVING);
        assertThat(number("SELECT count(*) FROM part"))
                .as("whole groups or nothing")
                .isEqualTo(16);
        assertThat(cloud.staleUploads(SampleHospital.NOW)).isEmpty();
        STORES.tamper(STORES.atA(), "UPDATE item SET updated_at = '2026-01-01'");
        assertThat(cloud.staleUploads(SampleHospital.NOW)).containsExactly(record.id());
        cloud.abandonRecord(record.id());
        assertThat(number("SELECT count(*) FROM part")).isZero();
    }

    /** Until the store has committed what it was given. */
    private static void settled(ContentSink sending) {
        while (!sending.hasRoomFor(Integer.MAX_VALUE)) {
            Thread.onSpinWait();
        }
    }

    private static String slowInserts() {
        return "CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$;"
                + "CREATE TRIGGER slow BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION slow()";
    }

    // -------------------------------------------------------------------------------------------------------- deletion

    @Test
    void aDeletedRecordIsForgottenWithItsGrantsAndTheIdStaysTaken() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        GrantHalfRow grant = grant(record, HOSPITAL.grant());
        SealedSource source = cloud.content(record.id());

        cloud.deleteRecord(record.id(), SampleHospital.event("DELETE"), List.of());
        cloud.deleteRecord(record.id(), SampleHospital.event("DELETE"), List.of());

        SealedRecord left = cloud.recordInAnyState(record.id()).orElseThrow();
        assertThat(left.state()).isEqualTo(RecordState.DELETED);
        assertThat(left.header()).isEmpty();
        assertThat(left.metadata()).isEmpty();
        assertThat(number("SELECT count(*) FROM part")).isZero();
        assertThat(cloud.grant(grant.id()).orElseThrow().half()).isEmpty();
        assertThat(cloud.content(record.id()).length()).isZero();
        assertThatIOException().isThrownBy(() -> read(source, 0, 1));
        assertThatThrownBy(() -> cloud.beginRecord(SampleHospital.receiving(record.id())))
                .isInstanceOf(StoreConflictException.class);
    }

    // --------------------------------------------------------------------------------------------------------- opening

    @Test
    void bothCloudsTogetherWithAPartialKeyOpenARecord() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), LARGE, RecordState.READY);
        UserKeys keys = HOSPITAL.keysOf("role:doctor", "department:cardiology");
        DuplicateCloud mediator = STORES.duplicate();
        mediator.keepTransformKey(
                "1", "dora", HOSPITAL.parameters().digest(), keys.transformKey().encode());
        mediator.keepCertificate("1", HOSPITAL.certificate());
        IssuedGrant issued = HOSPITAL.grant();
        GrantHalfRow grant = grant(record, issued);

        byte[] slot =
                mediator.transform("1", "dora", record.header()).orElseThrow().result();
        byte[] converted = cloud.convert(grant.id(), "dora", record.id(), record.header(), SampleHospital.NOW)
                .orElseThrow()
                .result();

        try (OpenedEnvelope opened = Header.decode(record.header())
                .open(
                        HOSPITAL.parameters(),
                        TransformedSlot.decode(slot),
                        keys.retrievalKey(),
                        ConvertedGrant.decode(converted),
                        issued.partialKey())) {
            SealedSource source = cloud.content(record.id());
            try (InputStream clear = opened.decrypting(source.read(0, source.length()))) {
                assertThat(clear.readAllBytes()).isEqualTo(new byte[LARGE]);
            }
            try (InputStream range = opened.decryptingRange(source, 12_345_678, 99)) {
                assertThat(range.readAllBytes()).isEqualTo(new byte[99]);
            }
        }
    }

    @Test
    void eachCloudSignsWhatItComputedWithAKeyThatStays() throws Exception {
        OperatorHistory operator = OperatorHistory.decode(cloud.operators());

        assertThat(converted().signer(operator)).isEqualTo(operator.newest());
        assertThat(cloud.operators()).isEqualTo(operator.encode());
        assertThat(number("SELECT count(*) FROM stamp WHERE name LIKE 'operator %'"))
                .isEqualTo(1);
        DuplicateCloud other = STORES.duplicate();
        assertThat(newest(other.operators())).isNotEqualTo(operator.newest());
        assertThat(newest(other.operators("1")))
                .as("who reads one hospital's learns nothing of the other's")
                .isNotEqualTo(newest(other.operators()))
                .isNotEqualTo(newest(other.operators("2")));
    }

    private static X509Certificate newest(byte[] history) throws Exception {
        return OperatorHistory.decode(history).newest();
    }

    private org.sosia.crypto.statement.Statement converted() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);
        GrantHalfRow grant = grant(record, HOSPITAL.grant());
        Computed converted = cloud.convert(grant.id(), "dora", record.id(), record.header(), SampleHospital.NOW)
                .orElseThrow();
        var said = org.sosia.crypto.statement.Statement.decode(converted.statement());
        said.require(newest(cloud.operators()), Work.CONVERSION, record.header(), converted.result());
        return said;
    }

    @Test
    void anOperatorsNewKeySignsFromThenOnAndOldWordsVerify() throws Exception {
        var before = converted();
        OperatorHistory old = OperatorHistory.decode(cloud.operators());

        OperatorHistory renewed =
                OperatorHistory.decode(cloud.renewOperator(old.terms().size()));

        assertThat(renewed.continues(old)).isTrue();
        assertThat(renewed.newest()).isNotEqualTo(old.newest());
        assertThat(cloud.renewOperator(old.terms().size())).as("done once").isEqualTo(renewed.encode());
        assertThat(converted().signer(renewed)).isEqualTo(renewed.newest());
        assertThat(before.signer(renewed)).isEqualTo(old.newest());
        assertThat(number("SELECT count(*) FROM stamp WHERE name LIKE 'operator %'"))
                .as("the old key is in no row")
                .isEqualTo(1);
    }

    @Test
    void theMediatorRefusesWhomItWasToldToRefuse() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);
        DuplicateCloud mediator = STORES.duplicate();
        byte[] key = HOSPITAL.keysOf("role:doctor", "department:cardiology")
                .transformKey()
                .encode();
        mediator.keepTransformKey("1", "dora", HOSPITAL.parameters().digest(), key);

        assertThat(mediator.transform("1", "dora", record.header())).isPresent();
        assertThat(mediator.transform("2", "dora", record.header())).isEmpty();
        assertThat(mediator.transform("1", "derek", record.header())).isEmpty();

        mediator.revoke("1", "dora");
        assertThat(mediator.transform("1", "dora", record.header())).isEmpty();
        mediator.keepTransformKey("1", "dora", HOSPITAL.parameters().digest(), key);
        assertThat(mediator.transform("1", "dora", record.header())).isPresent();
    }

    @Test
    void theMediatorTransformsNothingForUnfitAttributes() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);
        STORES.duplicate()
                .keepTransformKey(
                        "1",
                        "derek",
                        HOSPITAL.parameters().digest(),
                        HOSPITAL.keysOf("role:doctor", "department:oncology")
                                .transformKey()
                                .encode());

        assertThat(STORES.duplicate().transform("1", "derek", record.header())).isEmpty();
    }

    @Test
    void neitherCloudAcceptsAHeaderItCannotTrust() throws Exception {
        SealedRecord record = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);
        SealedRecord other = HOSPITAL.keep(cloud, UUID.randomUUID(), 100, RecordState.READY);
        GrantHalfRow grant = grant(record, HOSPITAL.grant());
        DuplicateCloud mediator = STORES.duplicate();
        mediator.keepTransformKey(
                "1",
                "dora",
                HOSPITAL.parameters().digest(),
                HOSPITAL.keysOf("role:doctor", "department:cardiology")
                        .transformKey()
                        .encode());
        mediator.keepCertificate("1", new SampleHospital().certificate());

        assertThatThrownBy(() -> mediator.transform("1", "dora", record.header()))
                .isInstanceOf(RefusedHeaderException.class);
        assertThatThrownBy(() -> mediator.transform("1", "dora", new byte[] {1}))
                .isInstanceOf(RefusedHeaderException.class);
        assertThatThrownBy(() -> cloud.convert(grant.id(), "dora", record.id(), other.header(), SampleHospital.NOW))
                .isInstanceOf(RefusedHeaderException.class);
    }

    // ------------------------------------------------------------------------------------------------------------------

    private GrantHalfRow grant(SealedRecord record, IssuedGrant issued) {
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(),
                record.id(),
                record.patient(),
                "dora",
                record.owner(),
                RequestState.PENDING,
                SampleHospital.NOW,
                null,
                null,
                null,
                new byte[0]);
        GrantHalfRow grant = new GrantHalfRow(
                UUID.randomUUID(),
                record.id(),
                "dora",
                issued.half().encode(),
                SampleHospital.NOW.plusSeconds(60),
                false,
                null);
        cloud.saveRequest(request, SampleHospital.event("ASK"));
        cloud.keep(
                grant,
                request.approved(grant.id(), SampleHospital.NOW, grant.expiresAt(), new byte[0]),
                SampleHospital.event("APPROVE"));
        return grant;
    }

    private static byte[] read(SealedSource source, long from, long length) throws IOException {
        try (InputStream range = source.read(from, length)) {
            return range.readAllBytes();
        }
    }

    private static String text(String question) throws Exception {
        try (Connection connection = STORES.atA().getConnection();
                Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long number(String question) throws Exception {
        try (Connection connection = STORES.atA().getConnection();
                Statement ask = connection.createStatement();
                ResultSet row = ask.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }
}
