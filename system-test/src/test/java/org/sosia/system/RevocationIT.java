package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An attribute that somebody loses while their grant is alive, and all that follows, by REST. */
class RevocationIT {

    private static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api authority = system.freshlyAs("key-authority");
    private final Api dora = system.as("doctor");
    private final Api derek = system.person("derek.doctor");

    /** An attribute of this test's own: what others hold stays as it is. */
    private final String attribute = "ward:" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoLosesAnAttributeOpensNothingAtOnceAndOthersGoOnReading() throws Exception {
        String doras = subject("Dora Doctor");
        give(doras);
        give(subject("Derek Doctor"));
        String record = record();
        String dorasKey = new Journey(owner, dora).grant(record);
        String dereksKey = new Journey(owner, derek).grant(record);
        assertThat(open(dora, record, dorasKey)).isEqualTo(NOTE);
        assertThat(open(derek, record, dereksKey)).isEqualTo(NOTE);
        String digest = sealedDigest(record);

        JsonObject receipt = authority
                .post("/attributes/" + attribute + "/revocations", "{\"user\":\"" + doras + "\"}")
                .expect(200)
                .json();

        assertThat(open(dora, record, dorasKey)).as("the very next opening").isNotEqualTo(NOTE);
        assertThat(open(derek, record, dereksKey)).isEqualTo(NOTE);
        assertThat(receipt.getInt("epochAfter")).isEqualTo(2);
        assertThat(verifies(receipt)).isTrue();

        JsonObject job = done(receipt.getString("job"), record, dereksKey);
        assertThat(job.getInt("done")).isEqualTo(1);
        assertThat(open(dora, record, dorasKey))
                .as("when records have followed")
                .isNotEqualTo(NOTE);
        assertThat(open(derek, record, dereksKey)).isEqualTo(NOTE);
        assertThat(sealedDigest(record)).as("the content was not touched").isEqualTo(digest);
        assertThat(owner.get("/records/" + record).expect(200).json().getString("policy"))
                .isEqualTo("role:doctor and " + attribute);
    }

    @Test
    void onlyTheKeyAuthorityMayTakeAttributesAway() {
        String body = "{\"user\":\"" + subject("Dora Doctor") + "\"}";

        assertThat(dora.post("/attributes/role:doctor/revocations", body).status())
                .isEqualTo(403);
        assertThat(owner.post("/attributes/role:doctor/revocations", body).status())
                .isEqualTo(403);
        assertThat(authority.post("/attributes/no:such/revocations", body).status())
                .isEqualTo(404);
        assertThat(authority
                        .post("/attributes/role:doctor/revocations", "{\"user\":\"nobody\"}")
                        .status())
                .isEqualTo(404);
        assertThat(authority.post("/attributes/role:doctor/revocations", "{}").status())
                .isEqualTo(400);
    }

    private String subject(String name) {
        return system
                .as("key-authority")
                .get("/registrations?limit=200")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(person -> person.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getString("subject");
    }

    private void give(String subject) {
        authority
                .post("/attributes/" + attribute + "/holders", "{\"user\":\"" + subject + "\"}")
                .expect(200);
    }

    private String record() {
        String metadata = Journey.metadata(new Journey(owner, dora).patient(), "note", "role:doctor and " + attribute);
        return owner.upload(metadata, "note.txt", "text/plain", NOTE)
                .expect(201)
                .json()
                .getString("id");
    }

    private static byte[] open(Api who, String record, String partialKey) {
        return who.get("/records/" + record + "/content", "Sosia-Partial-Key", partialKey)
                .expect(200)
                .bytes();
    }

    private String sealedDigest(String record) {
        return system.as("cloud-operator")
                .get("/records/" + record + "/envelope")
                .expect(200)
                .json()
                .getString("sealedDigest");
    }

    /** Looks until the job is done; meanwhile whoever may read reads. */
    private JsonObject done(String job, String record, String dereksKey) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonObject state = authority.get("/attributes/jobs/" + job).expect(200).json();
        while (!state.getString("state").equals("DONE")) {
            assertThat(open(derek, record, dereksKey)).isEqualTo(NOTE);
            assertThat(Instant.now()).as("the job %s", state).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            state = authority.get("/attributes/jobs/" + job).expect(200).json();
        }
        return state;
    }

    /** As docs/VERIFYING.md says. */
    private boolean verifies(JsonObject receipt) throws Exception {
        JsonObject parameters = authority.get("/parameters").expect(200).json();
        X509Certificate signer = certificate(receipt.getString("certificate"));
        signer.verify(certificate(parameters.getString("certificate")).getPublicKey());
        assertThat(signer).isEqualTo(certificate(parameters.getString("keyAuthority")));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(signer.getPublicKey());
        check.update(receipt.getString("statement").getBytes(UTF_8));
        return check.verify(Base64.getDecoder().decode(receipt.getString("signature")));
    }

    private static X509Certificate certificate(String base64) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
