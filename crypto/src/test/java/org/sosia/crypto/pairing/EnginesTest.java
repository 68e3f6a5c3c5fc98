package org.sosia.crypto.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Engine.Element;
import org.sosia.crypto.pairing.Engine.Exponent;
import org.sosia.crypto.pairing.Engine.Point;

/** Two engines, written by different people in different languages, side by side: every operation gives the same bytes. */
class EnginesTest {
    private static final Engine NATIVE = new BlstEngine();
    private static final Engine JAVA = new BouncyCastleEngine();

    private final long seed = new SecureRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final byte[] a = bytes(64);
    private final byte[] b = bytes(32);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private interface Computation {
        byte[] with(Engine engine) throws MalformedException;
    }

    private void same(Computation computation) throws MalformedException {
        assertThat(computation.with(JAVA)).as("seed %d", seed).isEqualTo(computation.with(NATIVE));
    }

    private Exponent a(Engine engine) {
        return engine.exponent(a);
    }

    private Exponent b(Engine engine) {
        return engine.exponent(b);
    }

    @RepeatedTest(3)
    void exponents() throws Exception {
        same(engine -> a(engine).encode());
        same(engine -> a(engine).add(b(engine)).encode());
        same(engine -> a(engine).multiply(b(engine)).encode());
        same(engine -> a(engine).inverse().encode());
        same(engine -> engine.hashToExponent(a, "a domain").encode());
    }

    @Test
    void sumsThatAreZeroAreRefusedByBoth() {
        byte[] one = {1};
        byte[] minusOne = Scalar.of(-1).encode();
        for (Engine engine : new Engine[] {NATIVE, JAVA}) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> engine.exponent(one).add(engine.exponent(minusOne)));
        }
    }

    @RepeatedTest(3)
    void points() throws Exception {
        same(engine -> engine.hashToG1(a, "a domain").encode());
        same(engine -> engine.hashToG1(a, "a domain").power(b(engine)).encode());
        same(engine -> engine.generatorOfG1()
                .power(a(engine))
                .multiply(engine.hashToG1(b, "x"))
                .encode());
        same(engine -> engine.generatorOfG1().power(a(engine)).inverse().encode());
        same(engine -> engine.generatorOfG2()
                .power(a(engine))
                .multiply(engine.generatorOfG2())
                .encode());
        same(engine -> engine.generatorOfG2().power(b(engine)).inverse().encode());
    }

    @Test
    void theNeutralElementIsKnownToBoth() throws Exception {
        for (Engine engine : new Engine[] {NATIVE, JAVA}) {
            Point first = engine.generatorOfG1();
            Point second = engine.generatorOfG2();
            assertThat(first.multiply(first.inverse()).isOne()).isTrue();
            assertThat(second.multiply(second.inverse()).isOne()).isTrue();
            assertThat(first.isOne() || second.isOne()).isFalse();
            assertThat(engine.product().value().isOne()).isTrue();
        }
        same(engine -> engine.product().value().encode());
    }

    @RepeatedTest(2)
    void pairings() throws Exception {
        same(engine -> pairing(engine).encode());
        same(engine -> pairing(engine).power(b(engine)).encode());
        same(engine -> engine.powersOf(pairing(engine)).power(b(engine)).encode());
        same(engine -> pairing(engine).multiply(pairing(engine)).encode());
        same(engine -> engine.decodeGt(pairing(engine).encode()).encode());
    }

    private Element pairing(Engine engine) {
        Engine.Product product = engine.product();
        product.times(engine.hashToG1(a, "x"), engine.generatorOfG2().power(b(engine)));
        product.times(engine.generatorOfG1().power(a(engine)), engine.generatorOfG2());
        return product.value();
    }

    /** What one engine refuses and the other takes would be a record that opens in one hospital only. */
    @Test
    void bothRefuseTheSameBytes() throws Exception {
        byte[] g1 = NATIVE.generatorOfG1().power(a(NATIVE)).encode();
        byte[] g2 = NATIVE.generatorOfG2().power(a(NATIVE)).encode();
        int taken = 0;
        for (int i = 0; i < 60; i++) {
            byte[] changed = flipped(g1);
            taken += taken(changed, Engine::decodeG1);
        }
        for (int i = 0; i < 20; i++) {
            byte[] changed = flipped(g2);
            taken += taken(changed, Engine::decodeG2);
        }
        byte[] gt = pairing(NATIVE).encode();
        taken += taken(flipped(gt), Engine::decodeGt);
        assertThat(taken).as("flipping one bit leads out of the group").isZero();
        assertThat(taken(g1, Engine::decodeG1) + taken(g2, Engine::decodeG2) + taken(gt, Engine::decodeGt))
                .isEqualTo(3);
        assertThat(taken(new byte[Gt.BYTES], Engine::decodeGt)).isZero();
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(8 * bytes.length);
        // The bit that picks one of two inverse points leads to another point of the group.
        at = at == 5 ? 6 : at;
        changed[at / 8] ^= (byte) (1 << at % 8);
        return changed;
    }

    private interface Decoding {
        Element with(Engine engine, byte[] encoded) throws MalformedException;
    }

    private int taken(byte[] encoded, Decoding decoding) {
        boolean byNative = accepts(NATIVE, encoded, decoding);
        assertThat(accepts(JAVA, encoded, decoding))
                .as("seed %d, %s", seed, Arrays.toString(encoded))
                .isEqualTo(byNative);
        return byNative ? 1 : 0;
    }

    private static boolean accepts(Engine engine, byte[] encoded, Decoding decoding) {
        try {
            return Arrays.equals(decoding.with(engine, encoded).encode(), encoded);
        } catch (MalformedException e) {
            return false;
        }
    }
}
