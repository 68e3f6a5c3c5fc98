package org.sosia.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sosia.crypto.testing.Json;

/** Texts, canonical forms and encodings against those that another program wrote from docs/FORMATS.md. */
class PolicyVectorsTest {
    static List<Json> policies() {
        return Json.resource("sosia/policy-1.json").get("tests").list();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aTextHasItsOneCanonicalForm(Json vector) throws Exception {
        AccessPolicy policy = AccessPolicy.parse(vector.text("text"));
        byte[] canonical = vector.text("canonical").getBytes(StandardCharsets.UTF_8);
        assertThat(policy.canonical()).isEqualTo(canonical);
        assertThat(AccessPolicy.decode(canonical)).isEqualTo(policy);

        List<Json> attributes = vector.get("attributes").list();
        assertThat(policy.leaves()).hasSameSizeAs(attributes);
        for (int i = 0; i < attributes.size(); i++) {
            Attribute leaf = policy.leaves().get(i);
            assertThat(leaf.encode()).isEqualTo(attributes.get(i).hex("encoded"));
            assertThat(leaf.toText()).isEqualTo(attributes.get(i).text("text"));
            assertThat(Attribute.parse(leaf.toText())).isEqualTo(Attribute.decode(leaf.encode()));
        }
    }
}
