package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A record gets another policy, is referred, and is opened in an emergency; and what the clouds signed about it. By REST. */
class HandingOnIT {
    private static final String PAT = "bbf0d8e6-8f19-5192-a83a-43cba680b85f";
    private static final String DEREK = "d03a3fb6-3623-55e0-ab67-e2f0648e6c64";
    private static final byte[] NOTE = "Allergic to penicillin.\n".getBytes(UTF_8);

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Api derek = system.person("derek.doctor");
    private final Api patient = system.as("patient");
    private final Api desk = system.as("security-desk");
    private final Journey journey = new Journey(owner, doctor);

    private String patientOfPat() {
        return owner.post("/patients", "{\"name\":\"Asha Rao\",\"account\":\"" + PAT + "\"}")
                .expect(201)
                .json()
                .getString("id");
    }

    private String record(String of) {
        return owner.upload(Journey.metadata(of, "note", Journey.POLICY), "note.txt", "text/plain", NOTE)
                .expect(201)
                .json()
                .getString("id");
    }

    private static byte[] read(Api who, String record, String... headers) {
        return who.get("/records/" + record + "/content", headers).expect(200).bytes();
    }

    @Test
    void anotherPolicyShutsOutWhoSatisfiesTheOldOneOnly() {
        String record = record(patientOfPat());
        String key = journey.grant(record);
        assertThat(read(doctor, record, "Sosia-Partial-Key", key)).isEqualTo(NOTE);

        JsonObject receipt = owner.put(
                        "/records/" + record + "/policy", "{\"policy\":\"role:doctor and department:oncology\"}")
                .expect(200)
                .json();

        assertThat(receipt.getString("statement")).startsWith("sosia-policy-1\n" + record + "\n");
        assertThat(read(doctor, record, "Sosia-Partial-Key", key)).isNotEqualTo(NOTE);
        assertThat(read(owner, record)).isEqualTo(NOTE);
        assertThat(system.person("otto.owner")
                        .put("/records/" + record + "/policy", "{\"policy\":\"role:doctor\"}")
                        .status())
                .isEqualTo(404);
        assertThat(owner.put("/records/" + record + "/policy", "{\"policy\":\"role:doctor and\"}")
                        .expect(400)
                        .problem())
                .isEqualTo("policy-syntax");
    }

    @Test
    void aPatientRefersHisRecordAndTakesItBack() {
        String record = record(patientOfPat());
        assertThat(patient.get("/doctors?search=oncology").expect(200).text()).contains(DEREK);

        JsonObject referral = patient.post(
                        "/records/" + record + "/referrals", "{\"to\":\"" + DEREK + "\",\"expires\":\"PT72H\"}")
                .expect(201)
                .json();
        String grant = referral.getString("grant");
        String key = derek.post("/grants/" + grant + "/partial-key", "{}")
                .expect(200)
                .json()
                .getString("partialKey");
        assertThat(read(derek, record, "Sosia-Partial-Key", key)).isEqualTo(NOTE);
        assertThat(derek.get("/requests").expect(200).text()).contains("Pat Patient");
        assertThat(doctor.post("/grants/" + grant + "/partial-key", "{}").status())
                .isEqualTo(404);

        patient.delete("/grants/" + grant).expect(200);

        assertThat(read(derek, record, "Sosia-Partial-Key", key)).isNotEqualTo(NOTE);
    }

    /** Other tests refer records to Derek as well: only this one's word counts. */
    @Test
    void theReferredDoctorFindsItByAWordUntilItIsTakenBack() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        String record = record(patientOfPat());
        String grant = patient.post(
                        "/records/" + record + "/referrals",
                        "{\"to\":\"" + DEREK + "\",\"expires\":\"PT72H\",\"keywords\":[\"" + word
                                + "\",\"icd10:J18.9\"]}")
                .expect(201)
                .json()
                .getString("grant");

        JsonObject found = searched(derek, "{\"keywords\":[\"" + word.toUpperCase(Locale.ROOT) + "\",\"icd10:j189\"]}");
        assertThat(found.getJsonArray("items")).hasSize(1);
        assertThat(found.getJsonArray("items").getJsonObject(0).getString("grant"))
                .isEqualTo(grant);
        assertThat(found.getBoolean("cut")).isFalse();
        JsonObject learned = found.getJsonObject("learned");
        assertThat(learned.getInt("words")).isEqualTo(2);
        assertThat(learned.getInt("tests")).isEqualTo(2 * 16 * learned.getInt("referrals"));
        String body = "{\"keywords\":[\"" + word + "\"]}";
        assertThat(searched(doctor, body).getJsonArray("items")).isEmpty();
        assertThat(searched(system.low("doctor"), body).getJsonArray("items"))
                .as("the twin hospital")
                .isEmpty();
        assertThat(owner.post("/requests/search", body).status()).isEqualTo(403);
        assertThat(derek.post("/requests/search", "{\"keywords\":[]}").status()).isEqualTo(400);

        patient.delete("/grants/" + grant).expect(200);
        assertThat(searched(derek, body).getJsonArray("items")).isEmpty();
    }

    private static JsonObject searched(Api who, String body) {
        return who.post("/requests/search", body).expect(200).json();
    }

    @Test
    void theGlassIsBrokenByTwoOfThree() {
        String of = patientOfPat();
        String record = record(of);
        Api inOneSession = system.freshlyAs("doctor");
        String plea = inOneSession
                .post("/emergency", "{\"patient\":\"" + of + "\",\"reason\":\"unconscious\"}")
                .expect(201)
                .json()
                .getString("id");

        assertThat(inOneSession
                        .get("/records/" + record + "/content")
                        .expect(409)
                        .problem())
                .isEqualTo("emergency-waits");
        derek.post("/emergency/" + plea + "/shares", "{}").expect(200);
        JsonObject open = system.as("key-authority")
                .post("/emergency/" + plea + "/shares", "{}")
                .expect(200)
                .json();

        assertThat(open.getString("state")).isEqualTo("OPEN");
        assertThat(read(inOneSession, record)).isEqualTo(NOTE);
        assertThat(read(system.freshlyAs("doctor"), record))
                .as("another session")
                .isNotEqualTo(NOTE);
        assertThat(patient.get("/emergency").expect(200).text()).contains(plea);
        assertThat(desk.get("/alerts").expect(200).text()).contains("break-glass");

        inOneSession.delete("/emergency/" + plea).expect(204);
        assertThat(read(inOneSession, record)).isNotEqualTo(NOTE);
    }

    @Test
    void whatTheCloudsSignedIsReadBack() {
        String record = record(patientOfPat());
        read(doctor, record, "Sosia-Partial-Key", journey.grant(record));

        JsonObject unwrap = lastUnwrap(record);
        var statements = desk.get("/statements/" + unwrap.getInt("sequence"))
                .expect(200)
                .json()
                .getJsonArray("items");

        assertThat(statements).hasSize(2);
        JsonObject transformation = statements.getJsonObject(0);
        assertThat(transformation.getString("work")).isEqualTo("transformation");
        assertThat(desk.post(
                                "/statements/check",
                                "{\"statement\":\"%s\",\"certificate\":\"%s\",\"header\":\"AAAA\",\"key\":\"AAAA\"}"
                                        .formatted(
                                                transformation.getString("statement"),
                                                transformation.getString("certificate")))
                        .expect(200)
                        .json()
                        .getString("proof"))
                .isEqualTo("NOTHING");
    }

    private JsonObject lastUnwrap(String record) {
        JsonObject found = null;
        String after = "";
        while (true) {
            JsonObject page = desk.get("/audit?limit=200" + after).expect(200).json();
            for (JsonObject entry : page.getJsonArray("items").getValuesAs(JsonObject.class)) {
                boolean unwraps = entry.getString("chain").equals("a")
                        && entry.getString("action").equals("UNWRAP")
                        && record.equals(entry.getString("object", ""));
                found = unwraps ? entry : found;
            }
            if (page.isNull("next")) {
                break;
            }
            after = "&after=" + page.getString("next");
        }
        if (found == null) {
            throw new AssertionError("the opening is not in the chain");
        }
        return found;
    }
}
