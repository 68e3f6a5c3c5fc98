package org.sosia.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records are found by words, by whom they may be found; by REST. */
class WordsIT {
    private final RunningSystem system = RunningSystem.started();
    private final Api owner = system.as("data-owner");
    private final Api doctor = system.as("doctor");
    private final Journey journey = new Journey(owner, doctor);

    /** A word that no other test's record has. */
    private final String word =
            "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    private String record(String text, String... keywords) {
        String patient = owner.post("/patients", "{\"name\":\"Asha Rao\"}")
                .expect(201)
                .json()
                .getString("id");
        String metadata = Journey.metadata(patient, "note", Journey.POLICY);
        String typed = "\"keywords\":[\"" + String.join("\",\"", keywords) + "\"]";
        String with = metadata.replaceFirst("\"keywords\":\\[[^\\]]*\\]", typed);
        return owner.upload(
                        with.contains(typed) ? with : with.replaceFirst("\\}$", "," + typed + "}"),
                        "note.txt",
                        "text/plain",
                        text.getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");
    }

    private static JsonObject search(Api who, String body) {
        return who.post("/search", body).expect(200).json();
    }

    private static List<String> found(Api who, String... words) {
        return search(who, "{\"keywords\":[\"" + String.join("\",\"", words) + "\"]}").getJsonArray("items").stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void anOwnerFindsHerOwnADoctorWhatIsGrantedAndNobodyAfterTheRevocation() {
        String record = record("Splenomegalie (R16.1), " + word + "\n", "liver");

        Journey.isFound(owner, record, word);
        assertThat(found(owner, word)).containsExactly(record);
        assertThat(found(owner, word.toUpperCase(java.util.Locale.ROOT), "r16.1", "Liver"))
                .containsExactly(record);
        assertThat(found(owner, word, "fracture")).isEmpty();
        assertThat(search(owner, "{\"keywords\":[\"" + word + "\",\"fracture\"],\"any\":true}")
                        .getJsonArray("items"))
                .hasSize(1);
        assertThat(found(system.person("otto.owner"), word)).isEmpty();
        assertThat(found(doctor, word)).isEmpty();

        String grant = journey.approve(journey.request(record)).getString("grant");
        assertThat(found(doctor, word)).containsExactly(record);
        assertThat(search(doctor, "{\"keywords\":[\"" + word + "\"]}")
                        .getJsonObject("learned")
                        .getInt("words"))
                .isEqualTo(1);

        owner.delete("/grants/" + grant).expect(200);
        assertThat(found(doctor, word)).isEmpty();
        assertThat(found(owner, word)).containsExactly(record);

        owner.delete("/records/" + record).expect(204);
        assertThat(found(owner, word)).isEmpty();
    }

    @Test
    void withoutProofsTheTwinsWordsAreSearched() {
        String record = record("Only the original says " + word + "\n", word);
        Api low = system.low("data-owner");
        assertThat(found(low, word)).isEmpty();

        String twin = low.get("/records/" + record + "/content").expect(200).text();
        String twinsWord = java.util.Arrays.stream(twin.split("[^\\p{L}]+"))
                .filter(each -> each.length() > 4)
                .findFirst()
                .orElseThrow();
        Journey.isFound(low, record, twinsWord);
    }

    @Test
    void aFhirBundleIsFoundByItsCodes() {
        String patient = owner.post("/patients", "{\"name\":\"Asha Rao\"}")
                .expect(201)
                .json()
                .getString("id");
        String condition = """
                {"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"233604007",
                "display":"Pneumonia %s"}]},"subject":{"reference":"Patient/1"}}""".formatted(word);
        String record = owner.upload(
                        Journey.metadata(patient, "bundle", Journey.POLICY),
                        "condition.json",
                        "application/fhir+json",
                        condition.getBytes(UTF_8))
                .expect(201)
                .json()
                .getString("id");

        Journey.isFound(owner, record, word);
        assertThat(found(owner, word, "snomed:233604007")).containsExactly(record);
        assertThat(found(owner, word, "pneumonia")).containsExactly(record);
    }

    @Test
    void wordsThatCannotBeLookedForAreNamedAndSearchesAreKept() {
        assertThat(owner.post("/search", "{\"keywords\":[]}").expect(400).problem())
                .isEqualTo("invalid-value");
        assertThat(owner.post("/search", "{\"keywords\":[\"" + "x".repeat(65) + "\"]}")
                        .expect(400)
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(system.as("security-desk")
                        .post("/search", "{\"keywords\":[\"x1\"]}")
                        .status())
                .isEqualTo(403);

        String id = owner.post(
                        "/search/saved",
                        "{\"name\":\"" + word + "\",\"search\":{\"keywords\":[\"" + word + "\"],\"any\":true}}")
                .expect(201)
                .json()
                .getString("id");
        assertThat(owner.get("/search/saved").expect(200).text()).contains(id);
        assertThat(system.low("data-owner").get("/search/saved").expect(200).text())
                .doesNotContain(id);
        owner.delete("/search/saved/" + id).expect(204);
        assertThat(owner.delete("/search/saved/" + id).status()).isEqualTo(404);

        String record = record("A text with " + word + "\n", "note");
        Journey.isFound(owner, record, word);
        assertThat(owner.get("/search/suggestions?prefix=" + word.substring(0, 6))
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .containsExactly(word);
    }
}
