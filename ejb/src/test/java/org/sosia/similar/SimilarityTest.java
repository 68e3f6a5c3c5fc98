package org.sosia.similar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.imaging.UnsupportedImageException;
import org.sosia.imaging.Xrays;
import org.sosia.indexing.Later;
import org.sosia.indexing.Sight;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.persistence.GalleryEnd;
import org.sosia.records.Sensitivity;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Sharing;
import org.sosia.upload.RecordMetadata;
import org.sosia.upload.Upload;

/** Searches for similar images by real X-rays, over clouds in memory and with the real protocol: who finds what, and what is refused. */
class SimilarityTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private final Credentials otherDoctor = hospital.proven(TestHospital.OTHER_DOCTOR, "doctor");
    private final Map<UUID, Integer> xrays = new HashMap<>();

    private UUID xray(Credentials of, int i) throws Exception {
        UUID record = handIn(of, Xrays.png(i), "image/png", "xray.png");
        xrays.put(record, i);
        return record;
    }

    private UUID handIn(Credentials of, byte[] file, String type, String name) throws Exception {
        UUID patient = records.patient(of, "");
        var metadata = new RecordMetadata(
                patient, RecordKind.IMAGING, Sensitivity.MEDIUM, TestHospital.POLICY, List.of("chest"));
        return hospital.signIn(of)
                .bean(Upload.class)
                .upload(metadata, new ByteArrayInputStream(file), name, type)
                .id();
    }

    private List<UUID> granted(int count) throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID record = xray(owner, i);
            records.grant(owner, doctor, record);
            ids.add(record);
        }
        return ids;
    }

    private SimilarImages search(Credentials who, int xray, int k) throws Exception {
        return search(who, xray, new Wish(k, null, false));
    }

    private SimilarImages search(Credentials who, int xray, Wish wish) throws Exception {
        return hospital.signIn(who).bean(Similarity.class).nearest(new ByteArrayInputStream(Xrays.png(xray)), wish);
    }

    private static List<UUID> found(SimilarImages result) {
        return result.items().stream().map(SimilarImage::record).toList();
    }

    private List<Integer> bruteForce(int query, List<UUID> among, int k) {
        return among.stream()
                .map(record -> Xrays.squaredDistance(
                        Xrays.levels(query), Xrays.levels(Objects.requireNonNull(xrays.get(record)))))
                .sorted(Comparator.naturalOrder())
                .limit(k)
                .toList();
    }

    // ---------------------------------------------------------------------------------------------------- who finds
    // what

    @Test
    void theAnswerIsThatOfASearchInTheOpen() throws Exception {
        List<UUID> ids = granted(10);
        for (int query : new int[] {0, 9, 20, 33, 47, 63}) {
            SimilarImages result = search(doctor, query, 4);

            assertThat(result.items().stream().map(SimilarImage::squaredDistance))
                    .isEqualTo(bruteForce(query, ids, 4));
            for (SimilarImage image : result.items()) {
                assertThat(image.squaredDistance())
                        .isEqualTo(Xrays.squaredDistance(
                                Xrays.levels(query), Xrays.levels(Objects.requireNonNull(xrays.get(image.record())))));
            }
            assertThat(result.searched()).isEqualTo(10);
            assertThat(result.disclosed()).contains("no image, no distance");
        }
    }

    @Test
    void onlyWhatWasGrantedIsFoundAndNothingByDefault() throws Exception {
        UUID granted = xray(owner, 1);
        xray(owner, 2);
        Approval approval = records.grant(owner, doctor, granted);

        assertThat(found(search(doctor, 2, 10))).containsExactly(granted);
        assertThat(search(otherDoctor, 2, 10).items()).isEmpty();

        hospital.signIn(owner).bean(Sharing.class).revoke(approval.grant());
        assertThat(search(doctor, 2, 10).items()).isEmpty();
    }

    @Test
    void aGrantThatExpiredFindsNothing() throws Exception {
        granted(2);
        hospital.clock.pass(Duration.ofHours(9));

        assertThat(search(hospital.proven(TestHospital.DOCTOR, "doctor"), 0, 10).items())
                .isEmpty();
    }

    @Test
    void whatIsDeletedIsFoundNoMore() throws Exception {
        List<UUID> ids = granted(3);
        hospital.signIn(owner).bean(Retrieval.class).delete(ids.get(1));

        assertThat(found(search(doctor, 1, 10))).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
    }

    @Test
    void anOwnersLeaveOpensAllHerImagesToSearchesAndDistancesOnlyIfItSaysSo() throws Exception {
        UUID hers = xray(owner, 4);
        xray(otherOwner, 5);
        SearchLeave leave = hospital.signIn(owner)
                .bean(SearchLeaves.class)
                .give(
                        TestHospital.DOCTOR,
                        false,
                        false,
                        hospital.clock.instant().plusSeconds(3600));

        SimilarImages result = search(doctor, 4, 10);

        assertThat(found(result)).containsExactly(hers);
        assertThat(result.items().get(0).squaredDistance()).isNull();
        assertThatThrownBy(() -> search(doctor, 4, new Wish(5, null, true)))
                .isInstanceOfSatisfying(SearchNotGrantedException.class, refused -> {
                    assertThat(refused.refused()).isOne();
                    assertThat(refused.rows()).isOne();
                });
        assertThatThrownBy(() ->
                        hospital.signIn(otherOwner).bean(SearchLeaves.class).takeBack(leave.id()))
                .isInstanceOf(NoSuchLeaveException.class);
        hospital.signIn(owner).bean(SearchLeaves.class).takeBack(leave.id());
        assertThat(search(doctor, 4, 10).items()).isEmpty();
    }

    @Test
    void thePrunedModeAnswersTheSameWhereTheOwnerAllowsIt() throws Exception {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(xray(owner, i));
        }
        hospital.signIn(owner)
                .bean(SearchLeaves.class)
                .give(TestHospital.DOCTOR, true, true, hospital.clock.instant().plusSeconds(3600));

        SimilarImages result = search(doctor, 40, new Wish(3, null, true));

        assertThat(result.items().stream().map(SimilarImage::squaredDistance)).isEqualTo(bruteForce(40, ids, 3));
        assertThat(result.mode()).isEqualTo("pruned");
        assertThat(result.disclosed()).contains("saw which images are near");
    }

    @Test
    void theCoarserIndexAnswersToo() throws Exception {
        List<UUID> ids = granted(3);

        SimilarImages result = search(doctor, 2, new Wish(1, "grey-16.1", false));

        assertThat(found(result)).containsExactly(ids.get(2));
        assertThat(result.dimensions()).isEqualTo(256);
        assertThat(result.items().get(0).squaredDistance()).isZero();
    }

    @Test
    void anOpenRecordCanBeTheQuery() throws Exception {
        UUID first = xray(owner, 0);
        UUID second = xray(owner, 7);
        String key = records.grant(owner, doctor, first).partialKey().orElseThrow();
        records.grant(owner, doctor, second);

        SimilarImages result =
                hospital.signIn(doctor).bean(Similarity.class).nearestTo(first, key, new Wish(2, null, false));

        assertThat(found(result)).containsExactly(first, second);
        assertThat(result.items().get(0).squaredDistance()).isZero();
    }

    // --------------------------------------------------------------------------------------------------- the other
    // lane

    @Test
    void inTheTwinHospitalTheSameIsSearchedAmongDoubles() throws Exception {
        List<UUID> ids = granted(4);
        search(doctor, 0, 4);

        SimilarImages result = search(hospital.low(TestHospital.DOCTOR, "doctor"), 0, 4);

        assertThat(found(result)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(result.items().get(0).squaredDistance())
                .as("no double is an original")
                .isGreaterThan(0);
        assertThat(result.searched()).isEqualTo(4);
    }

    // ----------------------------------------------------------------------------------------------------------
    // refusals

    @Test
    void anImageThatCannotBeReadIsStoredAndNamed() throws Exception {
        UUID record = handIn(owner, Xrays.file("JPEG-lossy.dcm"), "application/dicom", "scan.dcm");

        Sight sight = hospital.signIn(owner).bean(Similarity.class).sight(record);

        assertThat(sight.state()).isEqualTo(Sight.State.UNSUPPORTED);
        assertThat(sight.reason()).contains("JPEG Extended (1.2.840.10008.1.2.4.51)");
        assertThat(hospital.signIn(owner).bean(Retrieval.class).get(record)).isNotNull();
        assertThatThrownBy(() -> hospital.signIn(doctor)
                        .bean(Similarity.class)
                        .nearest(
                                new ByteArrayInputStream(Xrays.file("SC_rgb_jls_lossy_line.dcm")),
                                new Wish(3, null, false)))
                .isInstanceOfSatisfying(
                        UnsupportedImageException.class,
                        refused -> assertThat(refused.reason()).contains("JPEG-LS"));
        assertThatThrownBy(() -> search(doctor, 0, new Wish(0, null, false))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> search(doctor, 0, new Wish(5, "grey-99.1", false)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void whenOneCloudIsAwayThereIsAnErrorAndNoPartOfAResult() throws Exception {
        granted(3);
        hospital.galleryB.away = true;
        assertThatThrownBy(() -> search(doctor, 0, 3))
                .isInstanceOfAny(StoreUnavailableException.class, jakarta.ejb.EJBException.class);

        hospital.galleryB.away = false;
        assertThat(search(doctor, 0, 3).items()).hasSize(3);
    }

    @Test
    void whoSearchesTooOftenIsTold() throws Exception {
        granted(2);
        hospital.galleryA.most = 2;
        search(doctor, 0, 1);
        search(doctor, 0, 1);

        assertThatThrownBy(() -> search(doctor, 0, 1)).isInstanceOf(TooManySearchesException.class);
    }

    // --------------------------------------------------------------------------------------------------- repair

    @Test
    void anImageThatArrivedWhileACloudWasAwayIsIndexedWhenItIsBack() throws Exception {
        granted(1);
        hospital.galleryB.away = true;
        UUID late = xray(owner, 30);
        assertThat(hospital.signIn(owner).bean(Similarity.class).sight(late).state())
                .isEqualTo(Sight.State.WAITING);
        hospital.galleryB.away = false;
        hospital.clock.pass(Duration.ofMinutes(11));
        Later.workOff(hospital);
        Credentials again = hospital.proven(TestHospital.OWNER, "data-owner");
        Credentials doctorAgain = hospital.proven(TestHospital.DOCTOR, "doctor");
        records.grant(again, doctorAgain, late);

        assertThat(found(search(doctorAgain, 30, 1))).containsExactly(late);
    }

    @Test
    void cloudsThatHoldDifferentRowsAreReconciledAndTheAnswerIsRightAgain() throws Exception {
        List<UUID> ids = granted(4);
        assertThat(search(doctor, 2, 4).items()).hasSize(4);
        GalleryEnd end = new GalleryEnd("1", "grey-28.1", GalleryEnd.End.B, 28, 28, 7);
        hospital.galleryB.lose(end, ids.get(2));

        SimilarImages first = search(doctor, 2, 4);
        SimilarImages second = search(doctor, 2, 4);

        assertThat(found(first)).isSubsetOf(ids);
        assertThat(found(second)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found(second).get(0)).isEqualTo(ids.get(2));
    }

    // ------------------------------------------------------------------------------------------------- what is
    // received

    /** Rows that hide the same image look different each time, and no row of either cloud holds its grey levels. */
    @Test
    void noCloudReceivesAnImage() throws Exception {
        xray(owner, 8);
        xray(owner, 8);

        assertThat(hospital.galleryA.received).hasSize(4);
        for (List<byte[]> received : List.of(hospital.galleryA.received, hospital.galleryB.received)) {
            for (byte[] row : received) {
                assertThat(matches(row, Xrays.levels(8))).isLessThan(40);
            }
        }
        assertThat(hospital.galleryA.received.get(0)).isNotEqualTo(hospital.galleryA.received.get(2));
    }

    /** How many of the grey levels stand in the lowest bytes of the row's words, where an unmasked row would have them. */
    private static int matches(byte[] row, byte[] levels) {
        int best = 0;
        for (int offset = 0; offset < 32 && offset + 4 * levels.length <= row.length; offset++) {
            int same = 0;
            for (int i = 0; i < levels.length; i++) {
                same += row[offset + 4 * i] == levels[i] ? 1 : 0;
            }
            best = Math.max(best, same);
        }
        return best;
    }
}
