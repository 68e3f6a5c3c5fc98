package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad input gets a clear error; nothing becomes half-visible and nothing is lost. */
class BadInputIT {

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Journey journey = new Journey(owner, system.as("doctor"));
    private final String patient = journey.patient();

    private Api.Answer upload(String name, String mediaType, byte[] file) {
        return owner.upload(Journey.metadata(patient, "attachment", Journey.POLICY), name, mediaType, file);
    }

    private void refused(Api.Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().getString("detail")).isNotBlank();
        nothingIsVisible();
    }

    private void nothingIsVisible() {
        assertThat(owner.get("/records?patient=" + patient).expect(200).json().getJsonArray("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "data-owner, /patients",
        "data-owner, /records",
        "data-owner, /requests",
        "cloud-operator, /registrations",
        "security-desk, /alerts",
        "security-desk, /audit"
    })
    void aCursorThatIsNoneIsRefusedTheSameWayByEveryList(String role, String list) {
        var answer = system.as(role).get(list + "?after=" + "neither_a_place_nor_an_account_".repeat(4));

        refused(answer, 400, "invalid-value");
        assertThat(answer.json().getString("field")).isEqualTo("after");
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(upload("empty.pdf", "application/pdf", new byte[0]), 400, "empty-file");
    }

    @Test
    void aWrongTypeUnderARightNameIsRefusedAndBothAreNamed() {
        var answer = upload("scan.dcm", "application/dicom", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".getBytes(UTF_8));

        refused(answer, 415, "unsupported-content");
        assertThat(answer.json().getString("detail")).contains("application/dicom", "application/pdf");
    }

    @Test
    void hostileXmlIsRefusedWithoutReadingAnything() {
        var answer = upload("bundle.xml", "application/fhir+xml", """
                <?xml version="1.0"?><!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                <Bundle xmlns="http://hl7.org/fhir"><id value="&x;"/></Bundle>
                """.getBytes(UTF_8));

        refused(answer, 415, "unsupported-content");
    }

    @Test
    void aBillionLaughsAreRefused() {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"ha\">");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append("<!ENTITY ").append(c).append(" \"");
            bomb.append(("&" + (char) (c - 1) + ";").repeat(10)).append("\">");
        }
        bomb.append("]><Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"&j;\"/></Bundle>");

        refused(
                upload("bundle.xml", "application/fhir+xml", bomb.toString().getBytes(UTF_8)),
                415,
                "unsupported-content");
    }

    @Test
    void truncatedDicomIsRefused() {
        refused(upload("mr.dcm", "application/dicom", Samples.dicom("MR_truncated.dcm")), 415, "unsupported-content");
        byte[] whole = Samples.dicom("CT_small.dcm");
        refused(
                upload("ct.dcm", "application/dicom", Arrays.copyOf(whole, whole.length - 2_000)),
                415,
                "unsupported-content");
    }

    @Test
    void aProgramInADicomPreambleIsRefused() {
        byte[] polyglot = Samples.dicom("CT_small.dcm").clone();
        polyglot[0] = 'M';
        polyglot[1] = 'Z';

        refused(upload("ct.dcm", "application/dicom", polyglot), 415, "unsupported-content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role:doctor and            | 15",
                "role:doctor xor role:nurse | 12",
                "(role:doctor               | 12",
                "3 of (role:doctor, role:nurse) | 0",
            })
    void aPolicyWithASyntaxErrorNamesThePosition(String policy, int earliest) {
        var answer = owner.upload(
                Journey.metadata(patient, "note", policy), "note.txt", "text/plain", "x\n".getBytes(UTF_8));

        refused(answer, 400, "policy-syntax");
        assertThat(answer.json().getInt("position")).isGreaterThanOrEqualTo(earliest);
    }

    @Test
    void anAttributeThatNobodyHoldsIsNamed() {
        var answer = owner.upload(
                Journey.metadata(patient, "note", "role:doctor and department:astrology"),
                "note.txt",
                "text/plain",
                "x\n".getBytes(UTF_8));

        refused(answer, 400, "attribute-unheld");
        assertThat(answer.text()).contains("department:astrology");
    }

    @Test
    void anUnknownPatientIsRefused() {
        var answer = owner.upload(
                Journey.metadata("00000000-0000-4000-8000-000000000000", "note", Journey.POLICY),
                "note.txt",
                "text/plain",
                "x\n".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("no-such-patient");
    }

    @Test
    void aFileOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), system.base().getPort())) {
            begin(socket, RunningSystem.UPLOAD_LIMIT_BYTES + (1 << 20), 100_000);

            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

            assertThat(answer.readLine()).contains(" 413 ");
        }
        nothingIsVisible();
    }

    @Test
    void aConnectionThatBreaksMidwayLeavesNothingVisible() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), system.base().getPort())) {
            begin(socket, 50_000_000, 9_000_000);
        }

        nothingIsVisible();
        upload("note.txt", "text/plain", "still here\n".getBytes(UTF_8)).expect(201);
    }

    /** Sends the head of an upload that promises {@code contentLength} bytes, and {@code fileBytes} of its file. */
    private void begin(Socket socket, long contentLength, int fileBytes) throws IOException {
        var out = socket.getOutputStream();
        out.write(("POST /api/v1/records HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + system.token("data-owner")
                        + "\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: " + contentLength
                        + "\r\n\r\n--cut\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n"
                        + Journey.metadata(patient, "attachment", Journey.POLICY)
                        + "\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(UTF_8));
        out.write(Samples.large(fileBytes).readAllBytes());
        out.flush();
    }

    @Test
    void aMultipartBodyWithoutMetadataFirstIsRefused() {
        var answer = owner.post("/records", "{}", "X-Not-Multipart", "yes");
        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-5M", "P400D", "tomorrow"})
    void anExpiryThatMakesNoSenseIsRefused(String expires) {
        String record = owner.upload(
                        Journey.metadata(patient, "note", Journey.POLICY), "n.txt", "text/plain", "x\n".getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");
        String request = journey.request(record);

        var answer = owner.post("/requests/" + request + "/approve", "{\"expires\":\"" + expires + "\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        owner.post("/requests/" + request + "/deny", "{\"reason\":\"not needed\"}")
                .expect(200);
    }

    @Test
    void namesAreTextAndNothingElse() {
        String record = owner.upload(
                        Journey.metadata(patient, "note", Journey.POLICY),
                        "..%2f..%2fetc passwd<script>.txt",
                        "text/plain",
                        "x\n".getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");

        var disposition =
                owner.get("/records/" + record + "/content").expect(200).header("Content-Disposition");

        assertThat(disposition).doesNotContain("..", "<", "/");
    }
}
