package org.sosia.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.Jsonb;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.decoy.RecordKind;
import org.sosia.keys.SignatureView;
import org.sosia.paging.Page;
import org.sosia.records.Sensitivity;
import org.sosia.retrieval.Access;
import org.sosia.retrieval.RecordView;

class JsonShapeTest {
    private final Jsonb json = new JsonShape().getContext(Object.class);

    @Test
    void aPageIsItemsAndNext() {
        assertThat(json.toJson(new Page<>(List.of("a"), null))).isEqualTo("{\"items\":[\"a\"],\"next\":null}");
    }

    @Test
    void kindsAreLowerCaseAndTimesAreUtc() {
        RecordView view = new RecordView(
                new UUID(0, 1),
                new UUID(0, 2),
                RecordKind.IMAGING,
                Sensitivity.MEDIUM,
                "application/dicom",
                "IMAGING_2026-03-14_7K.dcm",
                10,
                "sha-256:00",
                Instant.parse("2026-03-14T10:00:00.123456Z"),
                "role:doctor",
                new SignatureView("olga", "Ed25519", true, "1"),
                Access.NONE);

        assertThat(json.toJson(view))
                .contains("\"kind\":\"imaging\"", "\"sensitivity\":\"medium\"", "\"2026-03-14T10:00:00.123456Z\"");
    }

    @Test
    void whatIsMissingIsNamed() {
        Bodies.PatientBody body = json.fromJson("{\"phone\":\"1\",\"unknown\":[]}", Bodies.PatientBody.class);

        assertThatThrownBy(body::toDetails)
                .isInstanceOfSatisfying(
                        RefusedCallException.class,
                        refused -> assertThat(refused.problem().toJson()).contains("\"field\":\"name\""));
    }

    @Test
    void metadataAreReadAsTheExampleWritesThem() throws RefusedCallException {
        var body = json.fromJson("""
                {"patient":"0000abcd-0000-4000-8000-000000000000","kind":"imaging","sensitivity":"medium",
                 "policy":"role:doctor and department:cardiology","keywords":["chest","ct"]}
                """, Bodies.MetadataBody.class);

        var metadata = body.toMetadata();

        assertThat(metadata.kind()).isEqualTo(RecordKind.IMAGING);
        assertThat(metadata.keywords()).containsExactly("chest", "ct");
    }

    @Test
    void nullsInAListAreRefused() {
        var body = json.fromJson("{\"name\":\"x\",\"symptoms\":[null]}", Bodies.PatientBody.class);

        assertThatThrownBy(body::toDetails).isInstanceOf(RefusedCallException.class);
    }
}
