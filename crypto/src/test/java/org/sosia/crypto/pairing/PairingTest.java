package org.sosia.crypto.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.testing.Json;

@Tag("both-engines")
class PairingTest {
    private static final BigInteger FIELD = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);

    private final Scalar a = Scalar.random();
    private final Scalar b = Scalar.random();

    @Test
    void hashingToG1FollowsRfc9380() throws Exception {
        Json file = Json.resource("hash-to-curve/BLS12381G1_XMD-SHA-256_SSWU_RO_.json");
        assertThat(file.get("vectors").list()).hasSize(5);
        for (Json vector : file.get("vectors").list()) {
            G1 hash = G1.hash(vector.text("msg").getBytes(StandardCharsets.UTF_8), file.text("dst"));
            byte[] expected = HexFormat.of()
                    .parseHex(vector.get("P").text("x").substring(2)
                            + vector.get("P").text("y").substring(2));
            assertThat(hash.encode()).isEqualTo(new supranational.blst.P1_Affine(expected).compress());
        }
    }

    @Test
    void thePairingOfTheGeneratorsIsTheKnownValue() {
        byte[] z = PairingProduct.pair(G1.GENERATOR, G2.GENERATOR).encode();
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(z, 4))).isEqualTo("1250ebd8");
        assertThat(z[46] & 0xff).isEqualTo(0x89);
        assertThat(z[47] & 0xff).isEqualTo(0xb6);
    }

    @Test
    void thePairingIsBilinear() {
        Gt left = PairingProduct.pair(G1.GENERATOR.power(a), G2.GENERATOR.power(b));
        assertThat(left).isEqualTo(Generators.zPower(a.multiply(b)));
        assertThat(left).isEqualTo(Generators.zPower(a).power(b));
        assertThat(left.power(b.inverse())).isEqualTo(Generators.zPower(a));
        assertThat(a.divide(b).multiply(b)).isEqualTo(a);
    }

    @Test
    void aProductIsTheProductOfItsPairings() {
        G1 p = G1.GENERATOR.power(a);
        G2 q = G2.GENERATOR.power(b);
        Gt product = new PairingProduct().times(p, q).times(G1.GENERATOR, q).value();
        assertThat(product).isEqualTo(PairingProduct.pair(p, q).multiply(PairingProduct.pair(G1.GENERATOR, q)));
        assertThat(new PairingProduct().times(p, q).times(p.inverse(), q).isOne())
                .isTrue();
        assertThat(new PairingProduct().isOne()).isTrue();
    }

    @Test
    void theNeutralElementPairsToOne() {
        G1 neutral = G1.GENERATOR.multiply(G1.GENERATOR.inverse());
        assertThat(PairingProduct.pair(neutral, G2.GENERATOR).isOne()).isTrue();
        assertThat(new PairingProduct()
                        .times(neutral, G2.GENERATOR)
                        .times(G1.GENERATOR, G2.GENERATOR)
                        .value())
                .isEqualTo(PairingProduct.pair(G1.GENERATOR, G2.GENERATOR));
    }

    @Test
    void operationsLeaveTheirOperandsAlone() {
        G1 p = G1.GENERATOR.power(a);
        byte[] before = p.encode();
        p.power(b);
        p.multiply(p);
        p.inverse();
        assertThat(p.encode()).isEqualTo(before);
        Gt t = Generators.zPower(a);
        byte[] tBefore = t.encode();
        t.power(b);
        t.multiply(t);
        assertThat(t.encode()).isEqualTo(tBefore);
        byte[] sBefore = a.encode();
        a.multiply(b);
        a.inverse();
        assertThat(a.encode()).isEqualTo(sBefore);
    }

    @Test
    void anIndependentEngineAgrees() {
        G1 p = G1.GENERATOR.power(a);
        G2 q = G2.GENERATOR.power(b);
        Gt ours = PairingProduct.pair(p, q);
        assertThat(ours.encode()).isEqualTo(OtherEngine.pair(p.encode(), q.encode()));
        assertThat(ours.power(b).encode()).isEqualTo(OtherEngine.power(p.encode(), q.encode(), b.toInteger()));
    }

    @Test
    void elementsSurviveEncoding() throws Exception {
        G1 p = G1.GENERATOR.power(a);
        G2 q = G2.GENERATOR.power(a);
        Gt t = Generators.zPower(a);
        assertThat(G1.decode(p.encode())).isEqualTo(p).hasSameHashCodeAs(p);
        assertThat(G2.decode(q.encode())).isEqualTo(q).hasSameHashCodeAs(q);
        assertThat(Gt.decode(t.encode())).isEqualTo(t).hasSameHashCodeAs(t);
        assertThat(Gt.decode(t.encode()).multiply(t)).isEqualTo(t.multiply(t));
        assertThat(Scalar.decode(a.encode())).isEqualTo(a);
        assertThat(Scalar.of(a.toInteger())).isEqualTo(a);
    }

    @Test
    void infinityIsRefused() {
        byte[] g1 = new byte[G1.BYTES];
        g1[0] = (byte) 0xc0;
        byte[] g2 = new byte[G2.BYTES];
        g2[0] = (byte) 0xc0;
        byte[] one = new byte[Gt.BYTES];
        one[47] = 1;
        assertRefused(() -> G1.decode(g1));
        assertRefused(() -> G2.decode(g2));
        assertRefused(() -> Gt.decode(one));
    }

    @Test
    void pointsOutsideTheSubgroupAreRefused() {
        int refused = 0;
        for (int x = 1; x < 60; x++) {
            byte[] g1 = new byte[G1.BYTES];
            g1[0] = (byte) 0x80;
            g1[47] = (byte) x;
            byte[] g2 = new byte[G2.BYTES];
            g2[0] = (byte) 0x80;
            g2[95] = (byte) x;
            refused += onCurve(() -> new supranational.blst.P1_Affine(g1)) ? 1 : 0;
            assertRefused(() -> G1.decode(g1));
            assertRefused(() -> G2.decode(g2));
        }
        assertThat(refused).as("points on the curve but outside the group").isPositive();
    }

    private static boolean onCurve(Runnable decoding) {
        try {
            decoding.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void elementsOfTheLargeFieldOutsideTheGroupAreRefused() {
        byte[] two = new byte[Gt.BYTES];
        two[47] = 2;
        assertRefused(() -> Gt.decode(two));
        assertRefused(() -> Gt.decode(new byte[Gt.BYTES]));
        byte[] changed = Generators.zPower(a).encode();
        changed[100] ^= 1;
        assertRefused(() -> Gt.decode(changed));
    }

    @Test
    void otherFormsOfTheSameElementAreRefused() {
        byte[] uncompressed = supranational.blst.P1.generator().serialize();
        assertRefused(() -> G1.decode(uncompressed));
        assertRefused(() -> G1.decode(Arrays.copyOf(G1.GENERATOR.encode(), G1.BYTES - 1)));
        assertRefused(() -> G1.decode(Arrays.copyOf(G1.GENERATOR.encode(), G1.BYTES + 1)));
        assertRefused(() -> G2.decode(Arrays.copyOf(G2.GENERATOR.encode(), G2.BYTES + 1)));
        assertRefused(() -> Gt.decode(new byte[Gt.BYTES + 1]));
        byte[] notReduced = Generators.zPower(a).encode();
        byte[] first = new BigInteger(1, notReduced, 0, 48).add(FIELD).toByteArray();
        System.arraycopy(first, first.length - 48, notReduced, 0, 48);
        assertRefused(() -> Gt.decode(notReduced));
    }

    @Test
    void scalarsAreBetweenZeroAndTheOrder() {
        assertRefused(() -> Scalar.decode(new byte[Scalar.BYTES]));
        assertRefused(() -> Scalar.decode(HexFormat.of().parseHex(Scalar.ORDER.toString(16))));
        assertRefused(() -> Scalar.decode(new byte[31]));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Scalar.of(Scalar.ORDER));
        assertThat(Scalar.of(BigInteger.ONE.negate()).toInteger()).isEqualTo(Scalar.ORDER.subtract(BigInteger.ONE));
        assertThat(a).hasToString("Scalar[secret]");
    }

    @Test
    void scalarsAddAndSubtractModuloTheOrder() {
        assertThat(a.add(b).toInteger())
                .isEqualTo(a.toInteger().add(b.toInteger()).mod(Scalar.ORDER));
        assertThat(a.subtract(b).toInteger())
                .isEqualTo(a.toInteger().subtract(b.toInteger()).mod(Scalar.ORDER));
        assertThat(a.negate().negate()).isEqualTo(a);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> a.subtract(a));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> a.add(a.negate()));
    }

    @Test
    void hashedPartsHaveBorders() {
        byte[] x = {1};
        byte[] y = {2};
        byte[] xy = {1, 2};
        assertThat(Scalar.hash("d", x, y)).isNotEqualTo(Scalar.hash("d", xy));
        assertThat(Scalar.hash("d", x, y)).isEqualTo(Scalar.hash("d", x, y)).isNotEqualTo(Scalar.hash("e", x, y));
    }

    /** A scalar is expand_message_xmd to 48 bytes modulo the order, recomputed here with plain SHA-256. */
    @Test
    void hashingToScalarsFollowsRfc9380() throws Exception {
        byte[] message = {0, 0, 0, 2, 7, 9};
        byte[] expanded = ExpandMessage.xmdSha256(message, "some domain", 48);
        assertThat(Scalar.hash("some domain", new byte[] {7, 9})).isEqualTo(Scalar.of(new BigInteger(1, expanded)));
        Json file = Json.resource("hash-to-curve/expand_message_xmd_SHA256_38.json");
        for (Json test : file.get("tests").list()) {
            int length = Integer.decode(test.text("len_in_bytes"));
            assertThat(HexFormat.of()
                            .formatHex(ExpandMessage.xmdSha256(
                                    test.text("msg").getBytes(StandardCharsets.UTF_8), file.text("DST"), length)))
                    .isEqualTo(test.text("uniform_bytes"));
        }
    }

    private interface Decoding {
        void run() throws MalformedException;
    }

    private static void assertRefused(Decoding decoding) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(decoding::run);
    }
}
