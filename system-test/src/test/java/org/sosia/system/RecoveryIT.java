package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sosia.persistence.check.Violation;

/** Whoever runs a store loses or changes what lies there; the owner has it put back from its copies, by REST. */
class RecoveryIT {

    /** Two commit groups at cloud A. */
    private static final int BYTES = 9_000_123;

    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Journey journey = new Journey(owner, system.as("doctor"));

    private String copied() throws Exception {
        String metadata = journey.metadata("attachment").replace("\"medium\"", "\"high\"");
        String record = owner.upload(metadata, "large.bin", "application/octet-stream", () -> Samples.large(BYTES))
                .expect(201)
                .json()
                .getString("id");
        system.awaitCopies(record);
        return record;
    }

    private byte[] content(String record) {
        return owner.get("/records/" + record + "/content").expect(200).bytes();
    }

    private JsonObject recovered(String record) {
        return owner.post("/records/" + record + "/recover", "{}").expect(200).json();
    }

    private static List<String> texts(JsonObject receipt, String member) {
        return receipt.getJsonArray(member).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    @Test
    void whatCloudALosesComesBackAndNobodyElseMayAsk() throws Exception {
        byte[] original = Samples.large(BYTES).readAllBytes();
        String record = copied();
        UUID id = UUID.fromString(record);
        assertThat(system.violations()).isEmpty();

        // Rows of its content are gone, and one is changed.
        system.tamper('a', "DELETE FROM part WHERE item_id = ? AND seq IN (2, 7)", record);
        system.tamper(
                'a',
                "UPDATE part SET body = set_byte(body, 77, get_byte(body, 77) # 1) WHERE item_id = ? AND seq = 5",
                record);
        assertThat(owner.post("/records/" + record + "/verify", "{}")
                        .expect(200)
                        .json()
                        .getBoolean("contentIntact"))
                .isFalse();
        assertThat(system.violations()).extracting(Violation::id).contains(id);
        for (String role : List.of("doctor", "cloud-operator", "key-authority", "security-desk")) {
            assertThat(system.as(role)
                            .post("/records/" + record + "/recover", "{}")
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
        assertThat(system.nobody().post("/records/" + record + "/recover", "{}").status())
                .isEqualTo(401);
        assertThat(system.as("patient")
                        .post("/records/" + record + "/recover", "{}")
                        .problem())
                .isEqualTo("no-such-record");
        JsonObject receipt = recovered(record);
        assertThat(receipt.getString("outcome")).isEqualTo("restored");
        assertThat(texts(receipt, "restored")).containsExactly("first-share");
        assertThat(texts(receipt, "from")).containsExactly("cloud-a", "cloud-b");
        assertThat(content(record)).isEqualTo(original);
        assertThat(system.violations()).isEmpty();

        // Cloud A has forgotten that there ever was such a record.
        system.tamper('a', "DELETE FROM part WHERE item_id = ?", record);
        system.tamper('a', "DELETE FROM item WHERE id = ?", record);
        assertThat(owner.get("/records/" + record).status()).isEqualTo(404);
        assertThat(texts(recovered(record), "restored")).containsExactly("first-share", "description");
        assertThat(content(record)).isEqualTo(original);
        assertThat(recovered(record).getString("outcome")).isEqualTo("intact");
        assertThat(system.violations()).isEmpty();

        // Of what is less sensitive there are no copies here: the hospital says so, and changes nothing.
        String whole = owner.upload(journey.metadata("note"), "note.txt", "text/plain", "Resting.".getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");
        system.tamper(
                'a', "UPDATE part SET body = set_byte(body, 77, get_byte(body, 77) # 1) WHERE item_id = ?", whole);
        var refused = owner.post("/records/" + whole + "/recover", "{}");
        assertThat(refused.problem()).isEqualTo("too-few-copies");
        assertThat(refused.json().getString("hospital")).isEqualTo("MISSING");

        owner.delete("/records/" + whole).expect(204);
        owner.delete("/records/" + record).expect(204);
        assertThat(owner.post("/records/" + record + "/recover", "{}").problem())
                .isEqualTo("no-such-record");
        assertThat(system.violations()).isEmpty();
    }
}
