package org.sosia.crypto.keywords;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.curve.Exponent;
import org.sosia.crypto.testing.Json;

class OprfTest {
    private final Json file = Json.resource("oprf/rfc9497-P256-SHA256-oprf.json");

    /** The published key, cut in two: neither half is the key, and the outputs are the RFC's. */
    @Test
    void twoServersTogetherFollowThePublishedVectors() throws Exception {
        Exponent key = Exponent.decode(file.hex("skSm"));
        Exponent halfA = Exponent.random();
        Exponent halfB = key.plus(halfA.negated());
        assertThat(file.get("vectors").list()).hasSizeGreaterThanOrEqualTo(2);
        for (Json vector : file.get("vectors").list()) {
            var oprf = new Oprf(vector.hex("Input"), Exponent.decode(vector.hex("Blind")));
            byte[] blinded = oprf.blinded();
            assertThat(blinded).isEqualTo(vector.hex("BlindedElement"));
            assertThat(Oprf.evaluate(key, blinded)).isEqualTo(vector.hex("EvaluationElement"));
            assertThat(oprf.output(Oprf.evaluate(halfA, blinded), Oprf.evaluate(halfB, blinded)))
                    .isEqualTo(vector.hex("Output"));
        }
    }

    @Test
    void theBlindHidesTheInputAndLeavesTheOutput() throws Exception {
        Exponent half = Exponent.random();
        byte[] input = {1, 2, 3};
        var once = new Oprf(input);
        var again = new Oprf(input);
        assertThat(once.blinded()).isNotEqualTo(again.blinded());
        byte[] output = output(once, half);
        assertThat(output).isEqualTo(output(again, half)).isNotEqualTo(output(new Oprf(new byte[] {1, 2, 4}), half));
        assertThat(Arrays.equals(output, output(once, Exponent.random()))).isFalse();
    }

    private static byte[] output(Oprf oprf, Exponent half) throws Exception {
        byte[] evaluated = Oprf.evaluate(half, oprf.blinded());
        return oprf.output(evaluated, evaluated);
    }
}
