package org.sosia.crypto.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.Hkdf;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.Json;
import org.sosia.crypto.testing.StrictReading;

class PointTest {
    @Test
    void hashingFollowsThePublishedVectors() {
        Json file = Json.resource("hash-to-curve/P256_XMD-SHA-256_SSWU_RO_.json");
        byte[] domain = file.text("dst").getBytes(StandardCharsets.UTF_8);
        assertThat(file.get("vectors").list()).hasSize(5);
        for (Json vector : file.get("vectors").list()) {
            byte[] x = HexFormat.of().parseHex(vector.get("P").text("x").substring(2));
            byte[] y = HexFormat.of().parseHex(vector.get("P").text("y").substring(2));
            byte[] point = Point.hash(domain, vector.text("msg").getBytes(StandardCharsets.UTF_8))
                    .encode();
            assertThat(point[0]).isEqualTo((byte) (2 + (y[31] & 1)));
            assertThat(Arrays.copyOfRange(point, 1, 33)).isEqualTo(x);
        }
    }

    @Test
    void aDomainHasABoundedLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Point.hash(new byte[0], new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Point.hash(new byte[256], new byte[0]));
    }

    @Test
    void multiplicationIsThatOfTheGroup() throws Exception {
        Exponent x = Exponent.random();
        Exponent y = Exponent.random();
        Point point = Point.generate(x);
        assertThat(point.times(y)).isEqualTo(Point.generate(x.times(y))).isNotEqualTo(point);
        assertThat(point.times(x.inverse())).isEqualTo(Point.generate(y.times(y.inverse())));
        assertThat(point.plus(Point.generate(y))).isEqualTo(Point.generate(x.plus(y)));
        assertThat(point.minus(Point.generate(y))).isEqualTo(Point.generate(x.plus(y.negated())));
        assertThat(point.timesPlus(y, Point.generate(y), x))
                .isEqualTo(Point.generate(x.times(y)).plus(Point.generate(x.times(y))));
        assertThat(Point.decode(point.encode())).isEqualTo(point).hasSameHashCodeAs(point);
        assertThat(Exponent.decode(x.exposeSecretBytes()).exposeSecretBytes()).isEqualTo(x.exposeSecretBytes());
        assertThat(x).hasToString("Exponent[secret]");
    }

    @Test
    void whatIsNoPointIsRefused() {
        byte[] infinity = new byte[33];
        byte[] offCurve = Point.generate(Exponent.random()).encode();
        do {
            offCurve[32]++;
        } while (isPoint(offCurve));
        byte[] tooLarge = new byte[33];
        Arrays.fill(tooLarge, (byte) 0xff);
        tooLarge[0] = 2;
        for (byte[] bad : new byte[][] {{}, {0}, infinity, offCurve, tooLarge, new byte[65]}) {
            assertThatThrownBy(() -> Point.decode(bad)).isInstanceOf(MalformedException.class);
        }
    }

    private static boolean isPoint(byte[] encoded) {
        try {
            return Point.decode(encoded).encode().length == 33;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void exponentsAreNeitherZeroNorTooLarge() {
        byte[] order = Point.ORDER.toByteArray();
        for (byte[] bad :
                new byte[][] {new byte[32], Arrays.copyOfRange(order, order.length - 32, order.length), {1}}) {
            assertThatThrownBy(() -> Exponent.decode(bad)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void bothFormsAreOfTheSamePoint() throws Exception {
        Point point = Point.generate(Exponent.random());
        byte[] inLong = point.encodeLong();
        assertThat(inLong).hasSize(Point.LONG_BYTES).startsWith(4);
        assertThat(Point.decodeLong(inLong)).isEqualTo(point).isEqualTo(Point.decode(point.encode()));
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(inLong, Point::decodeLong);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(point.encode(), Point::decode);
    }

    /** SEC 1 has a hybrid form too, 6 or 7 and both coordinates: a second encoding of the same point. */
    @Test
    void theLongFormIsTheOnlyOneOfItsLength() {
        byte[] hybrid = Point.generate(Exponent.random()).encodeLong();
        hybrid[0] = (byte) (6 | (hybrid[64] & 1));
        byte[] offCurve = Point.generate(Exponent.random()).encodeLong();
        offCurve[64] ^= 1;
        for (byte[] bad : new byte[][] {hybrid, offCurve, new byte[65], {0}}) {
            assertThatThrownBy(() -> Point.decodeLong(bad)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void pointsTellNothingInALog() {
        Point point = Point.generate(Exponent.random());
        assertThat(point).hasToString("Point").isNotEqualTo(Point.generate(Exponent.random()));
        assertThat(point.hashCode())
                .isNotEqualTo(Point.generate(Exponent.random()).hashCode());
    }

    @Test
    void exponentsComeFromSecretsAndFromDigestsAsDocumented() {
        byte[] secret = new byte[32];
        secret[0] = 9;
        byte[] wide = Hkdf.SHA_256.expand(secret, new byte[] {1}, 48);
        byte[] expected = BigIntegers.asUnsignedByteArray(32, new BigInteger(1, wide).mod(Point.ORDER));
        assertThat(Exponent.from(SecretBytes.copyOf(secret)).exposeSecretBytes())
                .isEqualTo(expected);

        byte[] all = new byte[32];
        Arrays.fill(all, (byte) 0xff);
        byte[] reduced = BigIntegers.asUnsignedByteArray(32, new BigInteger(1, all).subtract(Point.ORDER));
        assertThat(Exponent.reduced(all).exposeSecretBytes()).isEqualTo(reduced);
    }

    @Test
    void exponentsAreEqualByValueAndHashAlike() {
        Exponent one = Exponent.random();
        Exponent other = Exponent.random();
        assertThat(one)
                .isEqualTo(one.times(other).times(other.inverse()))
                .isNotEqualTo(other)
                .isNotEqualTo("Exponent[secret]")
                .hasSameHashCodeAs(other);
        assertThatThrownBy(() -> one.plus(one.negated())).isInstanceOf(ArithmeticException.class);
    }
}
