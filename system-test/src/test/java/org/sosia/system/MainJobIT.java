package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A real file, from the owner who seals it to the doctor who reads it, by REST. */
class MainJobIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    @SuppressWarnings("unused") // read by @FieldSource
    static final String[] DICOM = Samples.DICOM;

    @SuppressWarnings("unused") // read by @FieldSource
    static final String[] FHIR = Samples.FHIR;

    @ParameterizedTest
    @FieldSource("DICOM")
    void dicomComesBackAsItWentIn(String name) {
        comesBack("imaging", name, "application/dicom", Samples.dicom(name));
    }

    @ParameterizedTest
    @FieldSource("FHIR")
    void fhirComesBackAsItWentIn(String name) {
        comesBack("bundle", name, "application/fhir+json", Samples.fhir(name));
    }

    private void comesBack(String kind, String name, String mediaType, byte[] original) {
        JsonObject receipt = journey.upload(kind, name, mediaType, original);
        String record = receipt.getString("id");

        assertThat(receipt.getString("digest")).isEqualTo(Samples.sha256(original));
        assertThat(receipt.getString("state")).isEqualTo("READY");
        assertThat(receipt.getJsonNumber("size").longValue()).isEqualTo(original.length);

        var withoutProof = doctor.get("/records/" + record + "/content").expect(200);
        assertThat(withoutProof.bytes()).as("the double").isNotEqualTo(original);
        assertThat(withoutProof.header("Content-Type")).startsWith(mediaType);

        String partialKey = journey.grant(record);
        var opened = doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", partialKey)
                .expect(200);
        assertThat(opened.bytes()).isEqualTo(original);
        assertThat(owner.get("/records/" + record + "/content").expect(200).bytes())
                .isEqualTo(original);
    }

    @Test
    void bothLanesAnswerWithTheSameHeaders() {
        byte[] original = Samples.dicom("CT_small.dcm");
        String record = journey.upload("imaging", "CT_small.dcm", "application/dicom", original)
                .getString("id");
        String partialKey = journey.grant(record);

        var twin = doctor.get("/records/" + record + "/content").expect(200);
        var real = doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", partialKey)
                .expect(200);

        assertThat(twin.response().headers().map().keySet())
                .isEqualTo(real.response().headers().map().keySet());
        assertThat(twin.header("ETag")).isEqualTo(real.header("ETag"));
        assertThat(twin.header("Content-Disposition")).isEqualTo(real.header("Content-Disposition"));
        assertThat(real.header("Cache-Control")).contains("no-store");
    }

    @Test
    void aRangeIsThatPartOfTheOriginal() {
        byte[] original = Samples.dicom("waveform_ecg.dcm");
        String record = journey.upload("waveform", "ecg.dcm", "application/dicom", original)
                .getString("id");

        var part = owner.get("/records/" + record + "/content", "Range", "bytes=20000-36500");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(java.util.Arrays.copyOfRange(original, 20_000, 36_501));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 20000-36500/" + original.length);
        assertThat(owner.get("/records/" + record + "/content", "Range", "bytes=9000000-")
                        .status())
                .isEqualTo(416);
    }

    @Test
    void twoGibibytesComeBackAsTheyWentIn() throws Exception {
        long size = 2L << 30;
        String digest = Samples.sha256(Samples.large(size));
        var receipt = owner.upload(
                        journey.metadata("attachment"),
                        "large.bin",
                        "application/octet-stream",
                        () -> Samples.large(size))
                .expect(201)
                .json();
        assertThat(receipt.getString("digest")).isEqualTo(digest);
        assertThat(receipt.getJsonNumber("size").longValue()).isEqualTo(size);

        String record = receipt.getString("id");
        String partialKey = journey.grant(record);
        HttpResponse<InputStream> opened =
                doctor.stream("/records/" + record + "/content", "Sosia-Partial-Key", partialKey);
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(Samples.sha256(opened.body())).isEqualTo(digest);

        owner.delete("/records/" + record).expect(204);
    }

    @Test
    void aPatientIsStoredAndReadBack() {
        String patient = journey.patient();

        var read = owner.get("/patients/" + patient).expect(200).json();

        assertThat(read.toString()).contains("Asha Rao", "+91 44 5550 1234", "R50.9");
        assertThat(owner.get("/patients?limit=5").expect(200).json().getJsonArray("items"))
                .isNotEmpty();
    }

    @Test
    void aDeletedRecordIsGoneForEverybody() {
        String record = journey.upload("note", "note.txt", "text/plain", "Rest and fluids.\n".getBytes(UTF_8))
                .getString("id");
        String partialKey = journey.grant(record);

        owner.delete("/records/" + record).expect(204);

        assertThat(owner.get("/records/" + record).status()).isEqualTo(404);
        assertThat(doctor.get("/records/" + record + "/content", "Sosia-Partial-Key", partialKey)
                        .status())
                .isEqualTo(404);
    }
}
