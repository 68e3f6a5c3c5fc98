package org.sosia.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** The steps of the main job, as the worked example of the interface does them. */
final class Journey {

    static final String POLICY = "role:doctor and department:cardiology";

    private final Api owner;
    private final Api doctor;

    Journey(Api owner, Api doctor) {
        this.owner = owner;
        this.doctor = doctor;
    }

    String patient() {
        return owner.post("/patients", """
                        {"name":"Asha Rao","birthDate":"1979-04-02","sex":"female","phone":"+91 44 5550 1234","symptoms":["R05","R50.9"]}
                        """).expect(201).json().getString("id");
    }

    /** A patient whose file an account stands for. */
    String patientWithAccount(String account) {
        return owner.post("/patients", """
                        {"name":"Asha Rao","birthDate":"1979-04-02","sex":"female","pulse":72,"symptoms":["R05"],"account":"%s"}
                        """.formatted(account))
                .expect(201)
                .json()
                .getString("id");
    }

    /** A record of this patient; its id. */
    String uploadFor(String patient, String name, String mediaType, byte[] file) {
        return owner.upload(metadata(patient, "report", POLICY), name, mediaType, file)
                .expect(201)
                .json()
                .getString("id");
    }

    String metadata(String kind) {
        return metadata(patient(), kind, POLICY);
    }

    static String metadata(String patient, String kind, String policy) {
        return """
                {"patient":"%s","kind":"%s","sensitivity":"medium","policy":"%s","keywords":["chest"]}
                """.formatted(patient, kind, policy).strip();
    }

    JsonObject upload(String kind, String name, String mediaType, byte[] file) {
        return owner.upload(metadata(kind), name, mediaType, file).expect(201).json();
    }

    String request(String record) {
        return doctor.post("/records/" + record + "/requests", "{\"purpose\":\"TREAT\",\"note\":\"follow-up\"}")
                .expect(201)
                .json()
                .getString("id");
    }

    JsonObject approve(String request) {
        return owner.post("/requests/" + request + "/approve", "{\"expires\":\"PT8H\"}")
                .expect(200)
                .json();
    }

    /** Request and approval in one go; the partial key. */
    String grant(String record) {
        return approve(request(record)).getString("partialKey");
    }

    /** An upload answers before its words are in the index. */
    static void isFound(Api who, String record, String... words) {
        String body = "{\"keywords\":[\"" + String.join("\",\"", words) + "\"]}";
        Instant end = Instant.now().plusSeconds(60);
        while (!who.post("/search", body).expect(200).text().contains(record)) {
            assertThat(Instant.now()).as("found by %s", List.of(words)).isBefore(end);
        }
    }
}
