package org.sosia.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.decoy.RecordKind;
import org.sosia.identity.Credentials;
import org.sosia.lane.TestHospital;
import org.sosia.patients.PatientDetails;
import org.sosia.patients.Patients;
import org.sosia.records.Sensitivity;
import org.sosia.retrieval.Retrieval;
import org.sosia.upload.RecordMetadata;
import org.sosia.upload.Upload;

/** The steps of the main job over a hospital in memory, each in a request of its own. */
public final class Story {
    public static final byte[] NOTE = "Rest and fluids.\n".getBytes(UTF_8);

    public final TestHospital hospital = new TestHospital();
    public final Credentials owner = hospital.proven(TestHospital.OWNER, "data-owner");
    public final Credentials doctor = hospital.proven(TestHospital.DOCTOR, "doctor");

    /** A record of a new patient of this owner. */
    public UUID record(Credentials of) throws Exception {
        return record(of, patient(of, null));
    }

    public UUID record(Credentials of, UUID patient) throws Exception {
        RecordMetadata metadata =
                new RecordMetadata(patient, RecordKind.NOTE, Sensitivity.MEDIUM, TestHospital.POLICY, List.of("rest"));
        return hospital.signIn(of)
                .bean(Upload.class)
                .upload(metadata, new ByteArrayInputStream(NOTE), "note.txt", "text/plain")
                .id();
    }

    public UUID patient(Credentials of, @Nullable String account) throws Exception {
        PatientDetails details =
                new PatientDetails("Asha Rao", null, null, null, null, null, null, null, List.of(), account);
        return hospital.signIn(of).bean(Patients.class).register(details);
    }

    public Sharing sharing(Credentials who) {
        return hospital.signIn(who).bean(Sharing.class);
    }

    public UUID ask(Credentials who, UUID record) throws Exception {
        return sharing(who).request(record, "TREAT", "follow-up").id();
    }

    public Approval approve(Credentials who, UUID request) throws Exception {
        return sharing(who).approve(request, hospital.clock.instant().plus(Duration.ofHours(8)), Handover.SHOW);
    }

    public byte[] open(Credentials who, UUID record, @Nullable String partialKey) throws Exception {
        try (var body = hospital.signIn(who)
                .bean(Retrieval.class)
                .open(record, partialKey, null)
                .body()) {
            return body.readAllBytes();
        }
    }
}
