package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reaches an original, who gets the double, and who is refused outright. */
class LanesIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);
    private final byte[] original = Samples.dicom("CT_small.dcm");
    private final String record = journey.upload("imaging", "CT_small.dcm", "application/dicom", original)
            .getString("id");

    @Test
    void aWrongKeyGetsTheDoubleAndRaisesOneIncident() {
        var before = incidents();

        var answer = doctor.get(
                        "/records/" + record + "/content", "Sosia-Partial-Key", RunningSystem.randomPartialKey())
                .expect(200);
        doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", RunningSystem.randomPartialKey())
                .expect(200);

        assertThat(answer.bytes()).isNotEqualTo(original);
        var raised = new ArrayList<>(incidents());
        raised.removeAll(before);
        assertThat(raised).as("two tries, one incident").hasSize(1);
        var incident = system.as("security-desk")
                .get("/alerts?limit=100")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(incident.keySet()).contains("id", "technique", "severity", "subject", "record");
        assertThat(incident.getString("record")).isEqualTo(record);
    }

    private List<String> incidents() {
        return system.as("security-desk").get("/alerts?limit=200").expect(200).json().getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void aTypingErrorIsToldAndRaisesNothing() {
        var before = incidents();
        String key = journey.grant(record);
        char last = key.charAt(key.length() - 1);
        String mistyped = key.substring(0, key.length() - 1) + (last == '7' ? '8' : '7');

        for (int i = 0; i < 5; i++) {
            var answer = doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", mistyped);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("typing-error");
        }

        assertThat(incidents()).isEqualTo(before);
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(original);
    }

    @Test
    void threeWrongKeysMoveTheSessionIntoTheTwinHospital() {
        String key = journey.grant(record);
        Api intruder = system.freshlyAs("doctor");
        for (int i = 0; i < 3; i++) {
            intruder.get("/records/" + record + "/content", "Sosia-Partial-Key", RunningSystem.randomPartialKey())
                    .expect(200);
        }

        assertThat(intruder.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .as("even the right key opens the double now")
                .isNotEqualTo(original);
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .as("the doctor's own session is untouched")
                .isEqualTo(original);
    }

    @Test
    void aLowSignInIsInTheTwinHospitalAltogether() {
        String patient = journey.patient();
        Api low = system.low("data-owner");

        var twin = low.get("/patients/" + patient).expect(200).json();

        assertThat(twin.toString()).doesNotContain("Asha Rao");
        assertThat(low.get("/records/" + record + "/content").expect(200).bytes())
                .isNotEqualTo(original);
    }

    @Test
    void whatAnIntruderUploadsStaysInTheTwinHospital() {
        Api low = system.low("data-owner");
        String patient = low.get("/patients?limit=1")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");

        String planted = low.upload(
                        Journey.metadata(patient, "note", Journey.POLICY),
                        "note.txt",
                        "text/plain",
                        "Double the dose.\n".getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");

        assertThat(low.get("/records/" + planted).status()).isEqualTo(200);
        assertThat(owner.get("/records/" + planted).status()).isEqualTo(404);
    }

    @Test
    void anApprovalInTheTwinHospitalOpensNothingReal() {
        Api low = system.low("doctor");
        Api lowOwner = system.low("data-owner");
        String twinKey = new Journey(lowOwner, low).grant(record);

        assertThat(low.get("/records/" + record + "/content", "Sosia-Partial-Key", twinKey)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
        assertThat(system.freshlyAs("doctor")
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", twinKey)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
    }

    @Test
    void anAccountThatNobodyRegisteredIsInTheTwinHospital() {
        Api stranger = system.person("uma.unregistered");

        assertThat(stranger.get("/records/" + record + "/content").expect(200).bytes())
                .isNotEqualTo(original);
        assertThat(stranger.get("/patients?limit=5").expect(200).text()).doesNotContain("Asha Rao");
    }

    @Test
    void anotherClientsTokenIsRefused() {
        var answer = system.withClient("doctor", "other-client").get("/records");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void withoutATokenNothingAnswers() {
        assertThat(system.nobody().get("/records").status()).isEqualTo(401);
        assertThat(system.nobody().get("/patients").status()).isEqualTo(401);
    }

    @Test
    void aRoleReachesOnlyWhatIsItsOwn() {
        assertThat(doctor.post("/patients", "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(doctor.get("/alerts").status()).isEqualTo(403);
        assertThat(owner.get("/records/" + record + "/envelope").status()).isEqualTo(403);
        assertThat(system.as("cloud-operator")
                        .get("/records/" + record + "/content")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theOperatorSeesTheSealedFormAndNeverAName() {
        var envelope = system.as("cloud-operator")
                .get("/records/" + record + "/envelope")
                .expect(200);

        assertThat(envelope.text()).doesNotContain("CT_small", "Asha", "CompressedSamples");
    }

    @Test
    void attributesThatDoNotSatisfyThePolicyDoNotOpenEvenWithAGrant() {
        Api oncologist = system.person("derek.doctor");
        String key = new Journey(owner, oncologist).grant(record);

        assertThat(oncologist
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
    }

    @Test
    void anotherDoctorsPartialKeyDoesNotOpen() {
        String key = journey.grant(record);
        Api other = system.person("derek.doctor");

        assertThat(other.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
    }

    @Test
    void revocationIsInstant() {
        var approval = journey.approve(journey.request(record));
        String key = approval.getString("partialKey");
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(original);

        var receipt = owner.delete("/grants/" + approval.getString("grant"))
                .expect(200)
                .json();

        assertThat(receipt.toString()).contains("signature");
        assertThat(system.freshlyAs("doctor")
                        .get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isNotEqualTo(original);
    }

    @Test
    void anotherOwnersRecordLooksAsIfItDidNotExist() {
        Api otto = system.person("otto.owner");
        String unknown = "/records/00000000-0000-4000-8000-000000000000";

        var foreign = otto.get("/records/" + record);
        var missing = otto.get(unknown);

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.text().replace(record, "#"))
                .isEqualTo(missing.text().replace("00000000-0000-4000-8000-000000000000", "#"));
        assertThat(otto.post("/requests/" + journey.request(record) + "/approve", "{\"expires\":\"PT1H\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSessionThatGotADoubleLeavesNoOriginalKeyUnwrapped() {
        Api intruder = system.freshlyAs("doctor");
        var logBefore = system.serverLog().size();

        intruder.get("/records/" + record + "/content").expect(200);
        intruder.get("/records/" + record + "/content", "Sosia-Partial-Key", RunningSystem.randomPartialKey())
                .expect(200);

        var since = system.serverLog().subList(logBefore, system.serverLog().size());
        assertThat(since).noneMatch(line -> line.contains("UNWRAP original") && line.contains(record));
        String key = journey.grant(record);
        doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key).expect(200);
        assertThat(system.serverLog().subList(logBefore, system.serverLog().size()))
                .as("the line that the test looks for exists when an original is opened")
                .anyMatch(line -> line.contains("UNWRAP original") && line.contains(record));
    }
}
