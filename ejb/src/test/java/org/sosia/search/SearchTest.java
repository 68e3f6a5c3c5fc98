package org.sosia.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.keywords.Normaliser;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;
import org.sosia.lane.TestRecords;
import org.sosia.paging.Page;
import org.sosia.refusal.InvalidValueException;
import org.sosia.retrieval.RecordView;
import org.sosia.retrieval.Retrieval;
import org.sosia.retrieval.Selection;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Sharing;
import org.sosia.words.LaterWords;

/** Who finds which record by which word, and what a search leaves behind. */
class SearchTest {

    private final TestHospital hospital = new TestHospital();
    private final TestRecords records = new TestRecords(hospital);
    private final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    private final Credentials otherOwner = hospital.proven(TestHospital.OTHER_OWNER, "data-owner");
    private final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");
    private UUID patient = new UUID(0, 0);
    private UUID pneumonia = new UUID(0, 0);
    private UUID murmur = new UUID(0, 0);

    @BeforeEach
    void twoRecordsAreThere() throws Exception {
        patient = records.patient(owner, TestHospital.PATIENT);
        pneumonia = records.record(owner, patient, "Pneumonie links, J18.9; Fieber\n".getBytes(UTF_8));
        hospital.clock.pass(Duration.ofSeconds(1));
        murmur = records.record(owner, patient, "No murmur, kein Fieber\n".getBytes(UTF_8));
    }

    private Search as(Credentials who) {
        return hospital.signIn(who).bean(Search.class);
    }

    private static SearchQuery all(String... words) {
        return new SearchQuery(List.of(words), true, Selection.ALL);
    }

    private static SearchQuery any(String... words) {
        return new SearchQuery(List.of(words), false, Selection.ALL);
    }

    private List<UUID> found(Credentials who, SearchQuery query) throws InvalidValueException {
        return as(who).find(query, null, 50).items().stream()
                .map(RecordView::id)
                .toList();
    }

    // ------------------------------------------------------------------------------------------------------- finding

    @Test
    void anOwnerFindsHerRecordsByWordsOfTheTextAndByThoseThatSheTyped() throws Exception {
        assertThat(found(owner, all("fieber"))).containsExactly(murmur, pneumonia);
        assertThat(found(owner, all("FIEBER", "pneumonie"))).containsExactly(pneumonia);
        assertThat(found(owner, any("murmur", "pneumonie"))).containsExactly(murmur, pneumonia);
        assertThat(found(owner, all("murmur", "pneumonie"))).isEmpty();
        assertThat(found(owner, all("chest"))).hasSize(2);
        assertThat(found(owner, all("fracture"))).isEmpty();
    }

    @Test
    void aCodeIsFoundWithAndWithoutItsDot() throws Exception {
        assertThat(found(owner, all("J18.9"))).containsExactly(pneumonia);
        assertThat(found(owner, all("j189"))).containsExactly(pneumonia);
    }

    @Test
    void anotherOwnerFindsNothing() throws Exception {
        assertThat(found(otherOwner, all("fieber"))).isEmpty();
    }

    @Test
    void aDoctorFindsWhatIsGrantedAndOnlyThat() throws Exception {
        assertThat(found(doctor, all("fieber"))).isEmpty();
        records.grant(owner, doctor, pneumonia);

        assertThat(found(doctor, all("fieber"))).containsExactly(pneumonia);
        assertThat(found(hospital.proven(TestHospital.OTHER_DOCTOR, "doctor"), all("fieber")))
                .isEmpty();
    }

    @Test
    void aRevocationTakesEffectAtOnceAndSoDoesTheEndOfAGrant() throws Exception {
        Approval approval = records.grant(owner, doctor, pneumonia);
        assertThat(found(doctor, all("fieber"))).containsExactly(pneumonia);
        hospital.signIn(owner).bean(Sharing.class).revoke(approval.grant());
        assertThat(found(doctor, all("fieber"))).isEmpty();

        records.grant(owner, doctor, pneumonia);
        assertThat(found(doctor, all("fieber"))).containsExactly(pneumonia);
        hospital.clock.pass(Duration.ofHours(9));
        Credentials tomorrow = hospital.proven(TestHospital.DOCTOR, "doctor");
        assertThat(found(tomorrow, all("fieber"))).isEmpty();
    }

    @Test
    void whatIsDeletedIsNotFoundAndNothingOfItStays() throws Exception {
        hospital.signIn(owner).bean(Retrieval.class).delete(pneumonia);

        assertThat(found(owner, all("fieber"))).containsExactly(murmur);
        assertThat(found(owner, all("pneumonie"))).isEmpty();
        assertThat(hospital.a.gist(pneumonia)).isEmpty();
        assertThat(hospital.b.gist(pneumonia)).isEmpty();
        assertThat(hospital.b.gist(murmur)).isPresent();
    }

    @Test
    void filtersAndPagesApplyToWhatWasFound() throws Exception {
        LocalDate today = LocalDate.ofInstant(hospital.clock.instant(), java.time.ZoneOffset.UTC);
        for (Selection none : List.of(
                new Selection(UUID.randomUUID(), null, null, null),
                new Selection(null, RecordKind.LAB, null, null),
                new Selection(null, null, today.plusDays(1), null),
                new Selection(null, null, null, today.minusDays(1)))) {
            assertThat(found(owner, new SearchQuery(List.of("fieber"), true, none)))
                    .as("%s", none)
                    .isEmpty();
        }
        assertThat(found(
                        owner,
                        new SearchQuery(
                                List.of("fieber"), true, new Selection(patient, RecordKind.NOTE, today, today))))
                .hasSize(2);

        SearchResult first = as(owner).find(all("fieber"), null, 1);
        SearchResult second = as(owner).find(all("fieber"), first.next(), 1);
        assertThat(first.items()).extracting(RecordView::id).containsExactly(murmur);
        assertThat(second.items()).extracting(RecordView::id).containsExactly(pneumonia);
        assertThat(second.next()).isNull();
        assertThat(as(owner).find(all("fieber"), Page.OLDEST_FIRST, 1).items())
                .extracting(RecordView::id)
                .containsExactly(pneumonia);
    }

    // ---------------------------------------------------------------------------------------------------- both lanes

    @Test
    void aSessionWithoutProofsSearchesTheTwinsWords() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        assertThat(found(low, all("pneumonie"))).isEmpty();
        assertThat(found(low, all("chest"))).as("typed for the original only").isEmpty();

        String twin = new String(records.read(low, pneumonia, null), UTF_8);
        String word = new Normaliser(java.util.Locale.UK)
                .words(twin).stream()
                        .map(keyword -> keyword.word())
                        .filter(one -> one.length() > 4)
                        .findFirst()
                        .orElseThrow();
        assertThat(found(low, all(word))).contains(pneumonia);
    }

    @Test
    void bothLanesAskTheirStoresTheSameQuestions() throws Exception {
        List<String> real = questions(owner);
        List<String> twin = questions(hospital.low(TestHospital.OWNER, "data-owner"));

        assertThat(real).isNotEmpty().isEqualTo(twin);
    }

    /** Of both stores together, without what decides the lane. */
    private List<String> questions(Credentials who) throws InvalidValueException {
        hospital.a.calls.clear();
        hospital.b.calls.clear();
        var unused = as(who).find(all("nothinglikethis"), null, 10);
        List<String> asked = new ArrayList<>(hospital.a.calls);
        asked.addAll(hospital.b.calls);
        return asked.stream()
                .filter(call -> Set.of(
                                "audit",
                                "evaluateForEntries",
                                "evaluateForCounts",
                                "readCounts",
                                "findEntries",
                                "recordsAmong")
                        .contains(call))
                .sorted()
                .toList();
    }

    @Test
    void theOriginalsStoreIsNotTouchedWithoutTheLane() throws Exception {
        Credentials low = hospital.low(TestHospital.OWNER, "data-owner");
        hospital.a.calls.clear();
        assertThat(found(low, all("fieber"))).isEmpty();

        assertThat(hospital.a.calls).doesNotContain("evaluateForEntries", "findEntries", "recordsAmong", "desk");
    }

    // ------------------------------------------------------------------------------------------------- when it fails

    @Test
    void ifOneCloudIsAwayThereIsAnErrorAndNoPartOfAnAnswer() throws Exception {
        for (String call :
                List.of("evaluateForEntries", "findEntries", "evaluateForCounts", "readCounts", "recordsAmong")) {
            hospital.clock.pass(Duration.ofMinutes(16)); // a session with its remembered keys ends
            Credentials now = hospital.proven(TestHospital.OWNER, "data-owner");
            hospital.a.failing = call;
            hospital.b.failing = call;
            assertThatThrownBy(() -> found(now, all("fieber"))).as(call).isInstanceOf(RuntimeException.class);
            hospital.a.failing = null;
            hospital.b.failing = null;
            assertThat(found(now, all("fieber"))).as("after %s", call).hasSize(2);
        }
    }

    @Test
    void whatCouldNotBeIndexedAtOnceIsIndexedLater() throws Exception {
        hospital.a.failing = "addEntries";
        UUID late = records.record(owner, patient, "Splenomegaly\n".getBytes(UTF_8));
        SearchResult gap = as(owner).find(all("splenomegaly"), null, 10);
        assertThat(gap.items()).isEmpty();
        assertThat(gap.learned().missing()).isEqualTo(1);
        hospital.a.failing = null;
        hospital.clock.pass(Duration.ofSeconds(10));
        LaterWords.workOff(hospital);

        SearchResult filled = as(owner).find(all("splenomegaly"), null, 10);
        assertThat(filled.items()).extracting(RecordView::id).containsExactly(late);
        assertThat(filled.learned().missing()).isZero();
    }

    @Test
    void wordsThatCannotBeLookedForAreRefused() {
        List<SearchQuery> refused = List.of(
                all(),
                all(" "),
                all("?!"),
                all("x".repeat(65)),
                all("icd10:fever"),
                all("a b c d e f g h i j k l m n o p q r s"),
                new SearchQuery(java.util.Collections.nCopies(17, "word"), true, Selection.ALL));
        for (SearchQuery query : refused) {
            assertThatThrownBy(() -> as(owner).find(query, null, 10))
                    .as("%s", query.keywords())
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> as(owner).find(all("fieber"), "nonsense", 10))
                .isInstanceOf(InvalidValueException.class);
    }

    // ------------------------------------------------------------------------------------- what a search leaves behind

    @Test
    void neitherStoreHoldsAWordOfRecordsSearchesOrSuggestions() throws Exception {
        assertThat(found(owner, all("Pneumonie"))).hasSize(1);
        var unused = as(owner).save("Pneumonie-Suche", all("Pneumonie"));

        for (byte[] dump : List.of(hospital.a.dump(), hospital.b.dump())) {
            assertThat(new String(dump, UTF_8)).doesNotContainIgnoringCase("pneumonie");
        }
    }

    @Test
    void suggestionsComeFromWordsWithWhichTheCallerFoundSomething() throws Exception {
        assertThat(as(owner).suggest("")).isEmpty();
        found(owner, all("Fieber"));
        found(owner, all("Fraktur"));
        found(owner, all("murmur"));

        assertThat(as(owner).suggest("")).containsExactly("murmur", "Fieber");
        assertThat(as(owner).suggest("fie")).containsExactly("Fieber");
        assertThat(as(otherOwner).suggest("")).isEmpty();
        assertThat(as(hospital.low(TestHospital.OWNER, "data-owner")).suggest(""))
                .isEmpty();
    }

    @Test
    void savedSearchesAreTheCallersOwn() throws Exception {
        SearchQuery query = new SearchQuery(
                List.of("Fieber"), false, new Selection(patient, RecordKind.NOTE, LocalDate.of(2026, 1, 1), null));
        SavedSearch saved = as(owner).save(" Fever ", query);

        assertThat(as(owner).saved()).containsExactly(new SavedSearch(saved.id(), "Fever", query));
        assertThat(as(otherOwner).saved()).isEmpty();
        assertThat(as(hospital.low(TestHospital.OWNER, "data-owner")).saved()).isEmpty();
        assertThatThrownBy(() -> as(otherOwner).forget(saved.id())).isInstanceOf(NoSuchSearchException.class);
        as(owner).forget(saved.id());
        assertThat(as(owner).saved()).isEmpty();
    }

    @Test
    void savedSearchesAreBounded() throws Exception {
        for (int i = 0; i < Drawer.MOST_SAVED; i++) {
            var unused = as(owner).save("search " + i, all("fieber"));
        }
        assertThatThrownBy(() -> as(owner).save("one more", all("fieber"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> as(owner).save(" ", all("fieber"))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theAuditChainNamesASearchAndNoWord() throws Exception {
        found(owner, all("Fieber"));

        var entries = hospital.a.auditEntries(0, 1000);
        var last = entries.get(entries.size() - 1);
        assertThat(last.action()).isEqualTo("SEARCH");
        assertThat(hospital.real().details(last)).containsEntry("words", "1").doesNotContainValue("Fieber");
    }
}
