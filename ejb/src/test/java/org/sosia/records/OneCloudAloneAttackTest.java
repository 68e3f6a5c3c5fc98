package org.sosia.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.identity.Credentials;
import org.sosia.lane.Hospital;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.MemoryCloud;
import org.sosia.persistence.SealedRecord;

/**
 * Somebody copied all that one cloud holds and, years later, also got every key of the hospital, which opens every header of that cloud.
 * For a record that lies whole, that is the end. For one that is split, half of the content is not there, and the half that is there is
 * masked under a key of which the cloud has one share. The operator of cloud B tries besides to tell from what lies there
 * which second share belongs to which record.
 */
class OneCloudAloneAttackTest {

    private static final int CHUNK = 16 * 1024 + 16;

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final byte[] original = "HIV positive since 2019.\n".repeat(12_000).getBytes(UTF_8);
    private UUID record = new UUID(0, 0);

    @BeforeEach
    void aHighlySensitiveRecordIsThere() throws Exception {
        UUID patient = records.patient(owner, TestHospital.PATIENT);
        record = records.record(owner, patient, original, Sensitivity.HIGH);
    }

    private OpenedEnvelope opened() throws Exception {
        Hospital real = hospital.real();
        ShelvedRecord shelved =
                ShelvedRecord.read(real.keys(), hospital.a.record(record).orElseThrow());
        return shelved.header().openAsOwner(real.keys().collection(TestHospital.OWNER, shelved.header()));
    }

    private static byte[] bytes(MemoryCloud cloud, UUID id) throws IOException {
        return cloud.content(id).read(0, Long.MAX_VALUE).readAllBytes();
    }

    private UUID piece() {
        return hospital.real()
                .shelves()
                .piece(hospital.a.record(record).orElseThrow())
                .orElseThrow();
    }

    private void opensNothing(byte[] stolen) throws Exception {
        byte[] prefix = new byte[56];
        try (OpenedEnvelope envelope = opened()) {
            for (int from : new int[] {0, 56, 88, 88 + 56}) {
                byte[] tried = Arrays.copyOfRange(stolen, from, stolen.length);
                assertThatThrownBy(() -> envelope.decrypting(new ByteArrayInputStream(tried))
                                .readAllBytes())
                        .isInstanceOf(IOException.class);
            }
            // With the whole's own beginning in front, which the thief has from elsewhere, and chunks from every place.
            try (var whole = hospital.real()
                    .shelves()
                    .content(ShelvedRecord.read(
                            hospital.real().keys(), hospital.a.record(record).orElseThrow()))
                    .read(0, prefix.length)) {
                prefix = whole.readNBytes(prefix.length);
            }
            for (int from = 88; from + CHUNK <= stolen.length; from += CHUNK) {
                byte[] forged = Arrays.copyOf(prefix, prefix.length + CHUNK);
                System.arraycopy(stolen, from, forged, prefix.length, CHUNK);
                assertThatThrownBy(() -> envelope.decrypting(new ByteArrayInputStream(forged))
                                .readAllBytes())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void theAttackIsSoundAndOpensWhatIsMerged() throws Exception {
        Hospital real = hospital.real();
        ShelvedRecord shelved =
                ShelvedRecord.read(real.keys(), hospital.a.record(record).orElseThrow());
        try (OpenedEnvelope envelope = opened();
                var whole = real.shelves().content(shelved).read(0, Long.MAX_VALUE)) {
            assertThat(new String(envelope.decrypting(whole).readAllBytes(), UTF_8))
                    .startsWith(new String(original, UTF_8));
        }
    }

    @Test
    void cloudAWithEveryKeyOpensNothing() throws Exception {
        opensNothing(bytes(hospital.a, record));
    }

    @Test
    void cloudBWithEveryKeyOpensNothing() throws Exception {
        opensNothing(bytes(hospital.b, piece()));
    }

    @Test
    void noSealedChunkOfTheRecordLiesAtEitherCloudInItsOwnForm() throws Exception {
        Hospital real = hospital.real();
        ShelvedRecord shelved =
                ShelvedRecord.read(real.keys(), hospital.a.record(record).orElseThrow());
        byte[] whole;
        try (var sealed = real.shelves().content(shelved).read(0, Long.MAX_VALUE)) {
            whole = sealed.readAllBytes();
        }
        Set<String> there = new HashSet<>();
        for (int from = 0; from + 8 <= whole.length; from += 8) {
            there.add(HexFormat.of().formatHex(whole, from, from + 8));
        }
        for (byte[] share : List.of(bytes(hospital.a, record), bytes(hospital.b, piece()))) {
            for (int from = 0; from + 8 <= share.length; from += 8) {
                String seen = HexFormat.of().formatHex(share, from, from + 8);
                assertThat(there.contains(seen)).as("8 bytes from %d", from).isFalse();
            }
        }
    }

    /** Both second shares at B, the original's and the double's, look alike: name, owner, length of share and of note. */
    @Test
    void cloudBCannotTellTheOriginalsShareFromTheDoubles() throws Exception {
        List<SealedRecord> pieces = hospital.b.pieces();
        SealedRecord twin = hospital.b.record(record).orElseThrow();

        assertThat(pieces).hasSize(2);
        assertThat(pieces).extracting(SealedRecord::sealedBytes).containsOnly(twin.heldBytes());
        assertThat(pieces)
                .extracting(piece -> piece.metadata().length)
                .containsOnly(pieces.get(0).metadata().length);
        assertThat(pieces).extracting(SealedRecord::patient).containsOnly(new UUID(0, 0));
        assertThat(pieces).extracting(piece -> piece.id().version()).containsOnly(4);
        assertThat(pieces).noneMatch(SealedRecord::isSplit);

        // What the double's first share says in its head, a second share must not repeat.
        String head = HexFormat.of().formatHex(bytes(hospital.b, record), 0, 88);
        for (SealedRecord piece : pieces) {
            String seen = HexFormat.of().formatHex(bytes(hospital.b, piece.id()), 0, 88);
            for (int at = 0; at + 12 <= head.length(); at += 2) {
                assertThat(seen).doesNotContain(head.substring(at, at + 12));
            }
        }
    }

    @Test
    void cloudBIsNotToldWhereTheDoublesSecondShareLies() throws Exception {
        SealedRecord atB = hospital.b.record(record).orElseThrow();
        Shelves twin = hospital.twin().shelves();

        assertThat(twin.toldLink(atB)).isEmpty();
        assertThat(twin.link(atB)).hasSize(32);
        assertThat(atB.heldBytes()).isEqualTo(Splitting.BOTH.shareLength(atB.sealedBytes()));
    }
}
