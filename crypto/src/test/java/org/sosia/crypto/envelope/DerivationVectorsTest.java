package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;

/** What follows from a seed, against values that another program computed from the written format. */
@Tag("both-engines")
class DerivationVectorsTest {
    private final Json vector = Json.resource("sosia/derivations-1.json");
    private final Seed seed = new Seed(SecretBytes.copyOf(vector.hex("seed")));
    private final byte[] context = vector.hex("context");

    @Test
    void theSeedGivesTheExponentsOfAllLocks() {
        assertThat(seed.ownerExponent(context).encode()).isEqualTo(vector.hex("ownerExponent"));
        assertThat(seed.policyExponent(context).encode()).isEqualTo(vector.hex("policyExponent"));
        assertThat(seed.approvalExponent(context).encode()).isEqualTo(vector.hex("approvalExponent"));
    }

    @Test
    void theSeedGivesPayloadKeyAndHeaderMac() {
        assertThat(seed.payloadKey().exposeSecretBytes()).isEqualTo(vector.hex("payloadKey"));
        assertThat(seed.headerMac(vector.hex("core"))).isEqualTo(vector.hex("headerMac"));
    }

    @Test
    void labelsAndContextsAreSeparated() {
        assertThat(seed.bytes()
                        .derive(vector.text("derivedLabel"), vector.hex("derivedContext"))
                        .exposeSecretBytes())
                .isEqualTo(vector.hex("derived"));
    }

    @Test
    void attributesAreEncodedWithTheirLengths() throws Exception {
        assertThat(Attribute.parse(vector.text("attribute")).encode()).isEqualTo(vector.hex("attributeEncoding"));
    }

    @Test
    void aSlotIsCommitmentAndCiphertext() throws Exception {
        byte[] slot = SlotWrap.wrap(vector.hex("slotSecrets"), context, seed.bytes());
        assertThat(Arrays.copyOf(slot, 32)).isEqualTo(vector.hex("slotCommitment"));
        assertThat(Arrays.copyOfRange(slot, 32, SlotWrap.BYTES)).isEqualTo(vector.hex("slotCiphertext"));
        assertThat(SlotWrap.unwrap(vector.hex("slotSecrets"), context, slot)).isEqualTo(seed.bytes());
    }
}
