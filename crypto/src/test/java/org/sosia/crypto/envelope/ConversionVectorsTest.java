package org.sosia.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.GrantHalf;
import org.sosia.crypto.testing.Json;

/** What the clouds compute of a header, byte for byte, as Bouncy Castle computed it once: both are functions of the header and a key. */
@Tag("both-engines")
class ConversionVectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"conversion-1-and", "conversion-1-threshold"})
    void theCloudsComputeTheSameForEver(String name) throws Exception {
        Json vector = Json.resource("sosia/" + name + ".json");
        Json sealed = Json.resource("sosia/" + vector.text("of") + ".json");
        Header header = Header.decode(sealed.hex("header"));

        TransformedSlot transformed = header.transform(TransformKey.decode(sealed.hex("transformKey")));
        assertThat(transformed.encode()).isEqualTo(vector.hex("transformedSlot"));
        assertThat(TransformedSlot.decode(vector.hex("transformedSlot")).encode())
                .isEqualTo(vector.hex("transformedSlot"));

        ConvertedGrant converted = GrantHalf.decode(sealed.hex("grantHalf")).convert(header);
        assertThat(converted.encode()).isEqualTo(vector.hex("convertedGrant"));
        assertThat(ConvertedGrant.decode(vector.hex("convertedGrant")).encode())
                .isEqualTo(vector.hex("convertedGrant"));
    }
}
