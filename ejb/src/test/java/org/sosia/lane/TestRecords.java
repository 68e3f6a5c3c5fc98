package org.sosia.lane;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.patients.PatientDetails;
import org.sosia.patients.Patients;
import org.sosia.records.Sensitivity;
import org.sosia.retrieval.Retrieval;
import org.sosia.sharing.Approval;
import org.sosia.sharing.Handover;
import org.sosia.sharing.Sharing;
import org.sosia.upload.RecordMetadata;
import org.sosia.upload.Upload;

/** The steps of the main job, as the people of a {@link TestHospital} do them. */
public final class TestRecords {

    private final TestHospital hospital;

    public TestRecords(TestHospital hospital) {
        this.hospital = hospital;
    }

    /** Registers a patient. */
    public UUID patient(Credentials owner, String account) throws Exception {
        var details = new PatientDetails(
                "Asha Rao", null, "female", "+91 44 5550 1234", null, null, 72, null, List.of("R05"), account);
        return hospital.signIn(owner).bean(Patients.class).register(details);
    }

    /** Hands a text in. */
    public UUID record(Credentials owner, UUID patient, byte[] content) throws Exception {
        return record(owner, patient, content, Sensitivity.MEDIUM);
    }

    /** Hands a text in. */
    public UUID record(Credentials owner, UUID patient, byte[] content, Sensitivity sensitivity) throws Exception {
        var metadata = new RecordMetadata(patient, RecordKind.NOTE, sensitivity, TestHospital.POLICY, List.of("chest"));
        return hospital.signIn(owner)
                .bean(Upload.class)
                .upload(metadata, new ByteArrayInputStream(content), "note.txt", "text/plain")
                .id();
    }

    /** Asks and approves; gives back the approval with the partial key in it. */
    public Approval grant(Credentials owner, Credentials doctor, UUID record) throws Exception {
        UUID request = hospital.signIn(doctor)
                .bean(Sharing.class)
                .request(record, "TREAT", "follow-up")
                .id();
        return hospital.signIn(owner)
                .bean(Sharing.class)
                .approve(request, hospital.clock.instant().plus(Duration.ofHours(8)), Handover.SHOW);
    }

    /** Reads a content as somebody. */
    public byte[] read(Credentials who, UUID record, @Nullable String partialKey) throws Exception {
        try (var body = hospital.signIn(who)
                .bean(Retrieval.class)
                .open(record, partialKey, null)
                .body()) {
            return body.readAllBytes();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
