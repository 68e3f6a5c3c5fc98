package org.sosia.crypto.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Engine.Element;

/** The laws of the groups, what equals what, and what is printed. */
@Tag("both-engines")
class ElementsTest {
    private final Scalar a = Scalar.random();
    private final G1 p = G1.GENERATOR.power(a);
    private final G2 q = G2.GENERATOR.power(a);
    private final Gt t = Generators.zPower(a);

    /** The edges of the windows of four bits, and what has zeros in them. */
    private static final List<Scalar> EXPONENTS = List.of(
            Scalar.of(1),
            Scalar.of(2),
            Scalar.of(15),
            Scalar.of(16),
            Scalar.of(0xf0f0),
            Scalar.of(BigInteger.ONE.shiftLeft(200)),
            Scalar.of(-1),
            Scalar.of(-2));

    @Test
    void aPowerIsARepeatedProduct() {
        assertThat(p.power(Scalar.of(3))).isEqualTo(p.multiply(p).multiply(p));
        assertThat(q.power(Scalar.of(3))).isEqualTo(q.multiply(q).multiply(q));
        assertThat(t.power(Scalar.of(3))).isEqualTo(t.multiply(t).multiply(t));
        assertThat(p.power(Scalar.of(-1))).isEqualTo(p.inverse());
        assertThat(q.power(Scalar.of(-1))).isEqualTo(q.inverse());
        assertThat(t.power(Scalar.of(-1)).multiply(t).isOne()).isTrue();
        assertThat(t.isOne()).isFalse();
    }

    /** Three ways to the same power: in GT, with a table, and in G1 before the pairing. */
    @Test
    void everyWayToAPowerOfThePairingIsTheSame() {
        Gt z = PairingProduct.pair(G1.GENERATOR, G2.GENERATOR);
        Gt.FixedBase table = new Gt.FixedBase(z);
        assertThat(Generators.zPower(Scalar.of(1))).isEqualTo(z);
        for (Scalar exponent : EXPONENTS) {
            Gt expected = PairingProduct.pair(G1.GENERATOR.power(exponent), G2.GENERATOR);
            assertThat(z.power(exponent)).isEqualTo(expected);
            assertThat(table.power(exponent)).isEqualTo(expected);
            assertThat(Generators.zPower(exponent)).isEqualTo(expected);
        }
    }

    @Test
    void elementsAreEqualIfTheirBytesAre() throws Exception {
        G1 otherP = p.multiply(G1.GENERATOR);
        G2 otherQ = q.multiply(G2.GENERATOR);
        Gt otherT = t.multiply(Generators.zPower(Scalar.of(1)));
        assertThat(p).isEqualTo(G1.decode(p.encode())).isNotEqualTo(otherP).isNotEqualTo("G1");
        assertThat(q).isEqualTo(G2.decode(q.encode())).isNotEqualTo(otherQ).isNotEqualTo("G2");
        assertThat(t).isEqualTo(Gt.decode(t.encode())).isNotEqualTo(otherT).isNotEqualTo("Gt");
        assertThat(p.hashCode()).isEqualTo(Arrays.hashCode(p.encode())).isNotEqualTo(otherP.hashCode());
        assertThat(q.hashCode()).isEqualTo(Arrays.hashCode(q.encode())).isNotEqualTo(otherQ.hashCode());
        assertThat(t.hashCode()).isEqualTo(Arrays.hashCode(t.encode())).isNotEqualTo(otherT.hashCode());
        assertThat(p).isNotEqualTo(p.inverse());
        assertThat(q).isNotEqualTo(q.inverse());
    }

    @Test
    void nothingOfAnElementIsPrinted() {
        assertThat(p).hasToString("G1[element]");
        assertThat(q).hasToString("G2[element]");
        assertThat(t).hasToString("Gt[element]");
        assertThat(a).hasToString("Scalar[secret]");
        for (Engine engine : new Engine[] {new BlstEngine(), new BouncyCastleEngine()}) {
            assertThat(engine.exponent(new byte[] {7})).hasToString("Residue[secret]");
        }
    }

    @Test
    void bothEnginesTellElementsApart() {
        for (Engine engine : new Engine[] {new BlstEngine(), new BouncyCastleEngine()}) {
            Engine.Exponent two = engine.exponent(new byte[] {2});
            Engine.Product product = engine.product();
            product.times(engine.generatorOfG1(), engine.generatorOfG2());
            for (Element element : new Element[] {engine.generatorOfG1(), engine.generatorOfG2(), product.value()}) {
                Element square = element.multiply(element);
                assertThat(element.power(two).isSame(square)).isTrue();
                assertThat(element.isSame(square)).isFalse();
                assertThat(element.isOne()).isFalse();
            }
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> engine.decodeG1(engine.generatorOfG2().encode()));
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> engine.decodeG2(engine.generatorOfG1().encode()));
        }
    }

    @Test
    void aScalarIsSplitIntoTwoRandomSummands() {
        Set<Scalar> seen = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            List<Scalar> halves = a.splitInTwo();
            assertThat(halves).hasSize(2);
            assertThat(halves.get(0).add(halves.get(1))).isEqualTo(a);
            assertThat(seen.addAll(halves)).isTrue();
        }
        assertThat(seen).hasSize(16).doesNotContain(a);
    }

    @Test
    void scalarsHaveTheFieldsLaws() throws Exception {
        Scalar b = Scalar.random();
        assertThat(a).isNotEqualTo(b).isNotEqualTo("Scalar").hasSameHashCodeAs(b);
        assertThat(a.multiply(b).toInteger())
                .isEqualTo(a.toInteger().multiply(b.toInteger()).mod(Scalar.ORDER));
        assertThat(a.inverse().toInteger()).isEqualTo(a.toInteger().modInverse(Scalar.ORDER));
        assertThat(a.divide(b)).isEqualTo(a.multiply(b.inverse()));
        assertThat(a.negate().toInteger()).isEqualTo(Scalar.ORDER.subtract(a.toInteger()));
        Scalar largest = Scalar.of(-1);
        assertThat(Scalar.decode(largest.encode())).isEqualTo(largest);
        assertThat(Scalar.of(256).encode()).hasSize(32).endsWith(1, 0);
        assertThat(Scalar.decode(Scalar.of(1).encode())).isEqualTo(Scalar.of(1));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Scalar.of(0));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Scalar.decode(new byte[33]));
        byte[] longer = new byte[33];
        longer[32] = 1;
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Scalar.decode(longer));
    }

    @Test
    void aDigitIsOneHalfOfAByte() {
        byte[] bytes = {(byte) 0xf1, 0x2e};
        assertThat(List.of(
                        Windows.digit(bytes, 0),
                        Windows.digit(bytes, 1),
                        Windows.digit(bytes, 2),
                        Windows.digit(bytes, 3)))
                .containsExactly(15, 1, 2, 14);
    }

    /** The field's prime itself is zero in another form. */
    @Test
    void aCoefficientIsBelowTheFieldsPrime() {
        for (int coefficient = 0; coefficient < GtEncoding.COEFFICIENTS; coefficient++) {
            byte[] largest = new byte[Gt.BYTES];
            byte[] prime = new byte[Gt.BYTES];
            put(largest, coefficient, GtEncoding.FIELD.subtract(BigInteger.ONE));
            put(prime, coefficient, GtEncoding.FIELD);
            assertThatNoException().isThrownBy(() -> GtEncoding.coefficients(largest));
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> GtEncoding.coefficients(prime));
        }
    }

    private static void put(byte[] encoded, int coefficient, BigInteger value) {
        byte[] digits = value.toByteArray();
        System.arraycopy(digits, digits.length - 48, encoded, 48 * coefficient, 48);
    }
}
