package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A doctor gets another key in the place of a lost one, and key authorities begin to come together; an answer that was lost is given again, and the clouds take new keys. By REST. */
class LostKeyIT {
    private static final String KIM = "97d77e11-ef45-55fd-8fe2-0a973f4d905a";
    private static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);

    private final RunningSystem system = RunningSystem.started();
    private final Api authority = system.freshlyAs("key-authority");
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.freshlyAs("doctor");

    @Test
    void aLostKeyIsReplacedOnAnAuthoritysWordAndPartialKeysStayValid() throws Exception {
        Journey journey = new Journey(owner, doctor);
        String patient = owner.post("/patients", "{\"name\":\"Asha Rao\"}")
                .expect(201)
                .json()
                .getString("id");
        String record = owner.upload(Journey.metadata(patient, "note", Journey.POLICY), "note.txt", "text/plain", NOTE)
                .expect(201)
                .json()
                .getString("id");
        String key = journey.grant(record);
        String order = doctor.post("/recoveries", "{\"note\":\"my laptop was stolen\"}")
                .expect(200)
                .json()
                .getString("id");
        assertThat(doctor.post("/key-orders/" + order + "/parts", "{\"identity\":\"me\"}")
                        .status())
                .isEqualTo(403);
        assertThat(authority.post("/key-orders/" + order + "/parts", "{}").problem())
                .isEqualTo("invalid-value");

        JsonObject done = authority
                .post("/key-orders/" + order + "/parts", "{\"identity\":\"passport seen\"}")
                .expect(200)
                .json();

        assertThat(done.getString("state")).isEqualTo("ISSUED");
        assertThat(verifies(done.getJsonObject("receipt"))).isTrue();
        assertThat(doctor.get("/recoveries")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("receipt"))
                .isEqualTo(done.getJsonObject("receipt"));
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
        assertThat(doctor.get("/recoveries/challenge").expect(200).json().getString("context"))
                .startsWith("sosia-recovery-1\n");
        assertThat(doctor.post("/recoveries", "{\"keyRequest\":\"AAAA\"}").problem())
                .isEqualTo("invalid-value");
    }

    @Test
    void anApprovalWhoseAnswerWasLostIsAnsweredAgain() {
        Journey journey = new Journey(owner, doctor);
        String record = journey.uploadFor(journey.patient(), "note.txt", "text/plain", NOTE);
        String approve = "/requests/" + journey.request(record) + "/approve";
        String attempt = UUID.randomUUID().toString();

        JsonObject lost = owner.post(approve, "{\"expires\":\"PT8H\"}", "Idempotency-Key", attempt)
                .expect(200)
                .json();

        assertThat(owner.post(approve, "{\"expires\":\"PT8H\"}", "Idempotency-Key", attempt)
                        .expect(200)
                        .json())
                .isEqualTo(lost);
        assertThat(owner.post(approve, "{\"expires\":\"PT8H\"}").problem()).isEqualTo("already-decided");
    }

    @Test
    void bothCloudsTakeNewKeysToSignWithAndOpeningsGoOn() {
        Journey journey = new Journey(owner, doctor);
        String record = journey.uploadFor(journey.patient(), "note.txt", "text/plain", NOTE);
        String key = journey.grant(record);
        int before = keeperKeys();

        String job = authority
                .post("/keys/cloud-keys/rotations", "{}")
                .expect(200)
                .json()
                .getString("id");
        RunningSystem.await(
                "the clouds have new keys",
                Duration.ofMinutes(1),
                () -> authority
                        .get("/keys/jobs/" + job)
                        .expect(200)
                        .json()
                        .getString("state")
                        .equals("DONE"));

        assertThat(keeperKeys()).isEqualTo(before + 1);
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", key)
                        .expect(200)
                        .bytes())
                .isEqualTo(NOTE);
    }

    private int keeperKeys() {
        return doctor.get("/parameters")
                .expect(200)
                .json()
                .getJsonArray("keeper")
                .size();
    }

    private static boolean verifies(JsonObject receipt) throws Exception {
        Base64.Decoder text = Base64.getDecoder();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.decode(receipt.getString("certificate"))));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(certificate.getPublicKey());
        signature.update(receipt.getString("statement").getBytes(UTF_8));
        return signature.verify(text.decode(receipt.getString("signature")));
    }

    @Test
    void aCeremonyIsBegunSeenAndGivenUp() {
        String other = "kai-" + UUID.randomUUID();
        authority
                .post("/registrations", "{\"subject\":\"" + other + "\",\"name\":\"Kai\",\"role\":\"key-authority\"}")
                .expect(201);
        assertThat(authority.post("/registrations/" + other + "/approve", "{}").problem())
                .isEqualTo("second-person-needed");
        system.freshlyAs("cloud-operator")
                .post("/registrations/" + other + "/approve", "{}")
                .expect(200);
        String body = "{\"threshold\":2,\"members\":[\"" + KIM + "\",\"" + other + "\"]}";
        assertThat(doctor.post("/key-authorities/ceremonies", body).status()).isEqualTo(403);

        JsonObject begun =
                authority.post("/key-authorities/ceremonies", body).expect(200).json();
        String ceremony = "/key-authorities/ceremonies/" + begun.getString("id");
        assertThat(authority.post("/key-authorities/ceremonies", body).problem())
                .isEqualTo("ceremony-refused");
        JsonObject seat = authority.post(ceremony + "/seats", "{}").expect(200).json();
        assertThat(seat.getString("seatKey")).hasSize(33);
        assertThat(authority
                        .post(ceremony + "/shares", "{\"seatKey\":\"" + seat.getString("seatKey") + "\"}")
                        .problem())
                .isEqualTo("ceremony-refused");
        JsonObject now = authority.get("/key-authorities").expect(200).json();
        assertThat(now.getString("mode")).isEqualTo("ONE");
        assertThat(now.getJsonObject("ceremony").getString("state")).isEqualTo("SEATING");

        assertThat(authority.delete(ceremony).expect(200).json().getString("state"))
                .isEqualTo("ABANDONED");
    }
}
