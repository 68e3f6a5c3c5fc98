package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.testing.StrictReading;

/** The limits of shapes, plans, rows and rolls: the last value that is taken, and the first that is not. */
class BoundsTest {
    private static final Roll NONE = new Roll(new int[0], new long[0]);

    private static Shape shape(int dimensions, int columns, int segments) {
        return new Shape(dimensions, columns, segments);
    }

    @Test
    void aShapeHasLimits() {
        assertThat(Shape.vector(1).prunes()).isFalse();
        assertThat(Shape.vector(33_024).distanceBits()).isEqualTo(31);
        assertThat(Shape.vector(1).distanceBits()).isEqualTo(16);
        assertThat(Shape.image(49, 20, 1).dimensions()).isEqualTo(980);
        assertThat(Shape.image(28, 28, 7).prunes()).isTrue();
        assertThat(Shape.image(28, 28, 7).boundDimensions()).isEqualTo(98);
        for (int[] none : new int[][] {
            {0, 0, 0},
            {33_025, 0, 0},
            {-1, 0, 0},
            {12, 4, 0},
            {12, 0, 2},
            {13, 4, 2},
            {12, 4, 3},
            {20, 4, 2},
            {981, 981, 1},
            {12, -4, 2},
            {12, 4, -2}
        }) {
            assertThatIllegalArgumentException()
                    .as("%s", Arrays.toString(none))
                    .isThrownBy(() -> shape(none[0], none[1], none[2]));
        }
        for (int length : new int[] {0, 2, 4}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Shape.vector(3).check(new byte[length]));
        }
        Shape.vector(3).check(new byte[3]);
    }

    @Test
    void aPlanHasLimits() {
        Shape shape = Shape.vector(3);
        assertThat(new Plan(shape, 1, 1, 1, false).columns()).isPositive();
        assertThat(new Plan(shape, 2, 1, 256, false).mostNeighbours()).isEqualTo(256);
        assertThat(new Plan(shape, Roll.MOST_ROWS, 24, 1, false).capacity()).isEqualTo(1 << 20);
        for (int[] none : new int[][] {
            {0, 5, 1}, {Roll.MOST_ROWS + 1, 24, 1}, {1, 0, 1}, {1, 25, 1}, {3, 1, 1}, {33, 5, 1}, {1, 5, 0}, {1, 5, 257}
        }) {
            assertThatIllegalArgumentException()
                    .as("%s", Arrays.toString(none))
                    .isThrownBy(() -> new Plan(shape, none[0], none[1], none[2], false));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Plan(shape, 1, 5, 1, true));
    }

    @Test
    void aPlanFitsTheRowsThatThereAreAndSomeMore() {
        Shape shape = Shape.vector(3);
        assertThat(Plan.of(shape, NONE, 0, 1, false)).isEqualTo(new Plan(shape, 1, 1, 1, false));
        assertThat(Plan.of(shape, NONE, 7, 1, false)).isEqualTo(new Plan(shape, 7, 3, 1, false));
        assertThat(Plan.of(shape, NONE, 8, 1, false)).isEqualTo(new Plan(shape, 8, 4, 1, false));
        Roll roll = new Roll(new int[] {3, 60}, new long[] {1, 2});
        assertThat(Plan.of(shape, roll, 3, 9, false)).isEqualTo(new Plan(shape, 5, 6, 9, false));
        assertThat(Plan.of(shape, roll, 4, 9, false)).isEqualTo(new Plan(shape, 6, 7, 9, false));
    }

    @Test
    void aPlanSaysHowMuchIsDealt() {
        Plan sealed = new Plan(Shape.vector(3), 300, 9, 40, false);
        assertThat(sealed.keyBits()).isEqualTo(18 + 9);
        assertThat(sealed.boundBits()).isEqualTo(31 + 9);
        assertThat(sealed.shuffles()).containsExactly(300);
        // Two passes over 300, then a dozen times all pairs of 80 and a little.
        assertThat(sealed.columns()).isEqualTo(2 * 6 + 12 * (50 + 2));
        assertThat(sealed.boundColumns()).isZero();
        Plan pruned = new Plan(Shape.image(4, 4, 2), 3_000, 12, 40, true);
        assertThat(pruned.shuffles()).containsExactly(1_024, 256, 512, 1_024, 2_048, 3_000);
        assertThat(pruned.columns()).isEqualTo(2 * 48 + 12 * 52 + 2 * 16 + 12 * 52);
        assertThat(pruned.boundColumns()).isEqualTo(48);
        assertThat(new Plan(Shape.image(4, 4, 2), 256, 12, 1, true).shuffles()).containsExactly(1_024, 256);
    }

    @Test
    void aPlanIsReadStrictly() throws Exception {
        Plan plan = new Plan(Shape.image(4, 4, 2), 300, 9, 5, true);
        byte[] encoded = written(plan);
        assertThat(encoded).hasSize(13);
        StrictReading.assertReadsOnlyTheWhole(encoded, BoundsTest::readPlan);
        assertThat(readPlan(encoded)).isEqualTo(plan);
        for (int[] change :
                new int[][] {{12, 2}, {9, 0}, {9, 25}, {9, 8}, {3, 5}, {4, 3}, {5, 0x7f}, {10, 2}, {11, 0}}) {
            byte[] wrong = encoded.clone();
            wrong[change[0]] = (byte) change[1];
            assertThatExceptionOfType(MalformedException.class)
                    .as("%s", Arrays.toString(change))
                    .isThrownBy(() -> readPlan(wrong));
        }
    }

    private static byte[] written(Plan plan) {
        ByteWriter out = new ByteWriter();
        plan.write(out);
        return out.toByteArray();
    }

    private static Plan readPlan(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        Plan plan = Plan.read(in);
        in.end();
        return plan;
    }

    @Test
    void aRowsNumberAndVersionHaveLimits() throws Exception {
        Shape shape = Shape.vector(2);
        Dealer dealer = new Dealer(shape, SecretBytes.random(32));
        assertThat(dealer.mask(0).seal(new byte[2]).a().row()).isZero();
        assertThat(dealer.mask(Dealer.MOST_ROW_NUMBER - 1).seal(new byte[2]).b().row())
                .isEqualTo((1 << 24) - 1);
        for (int none : new int[] {-1, Dealer.MOST_ROW_NUMBER}) {
            assertThatIllegalArgumentException().isThrownBy(() -> dealer.mask(none));
        }
        assertThat(dealer.mask(4).seal(new byte[2]).a().version())
                .isPositive()
                .isNotEqualTo(dealer.mask(4).seal(new byte[2]).a().version());
        assertThat(dealer).hasToString("Dealer[secret]");

        byte[] row = dealer.mask(5).seal(new byte[2]).a().encode();
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(row, encoded -> SealedRow.decode(shape, encoded));
        assertThat(row(0xff_ffff, 1).row()).isEqualTo(0xff_ffff);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> row(1 << 24, 1));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> row(1, 0));
        int[][] sealed = {new int[2]};
        for (int[] none : new int[][] {{-1, 1}, {1 << 24, 1}, {1, 0}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SealedRow(shape, none[0], none[1], sealed, new int[1]));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new SealedRow(Shape.vector(3), 1, 1, sealed, new int[1]));
        assertThatIllegalArgumentException().isThrownBy(() -> dealer.mask(5).seal(new byte[3]));
    }

    private static SealedRow row(int number, long version) throws MalformedException {
        return SealedRow.decode(
                Shape.vector(1),
                new ByteWriter()
                        .u8(1)
                        .u32(number)
                        .u64(version)
                        .fixed(new byte[8])
                        .toByteArray());
    }

    @Test
    void aRollAscends() throws Exception {
        Roll roll = new Roll(new int[] {0, 4, 9}, new long[] {7, 1, Long.MAX_VALUE});
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(roll.encode(), Roll::decode);
        Roll read = Roll.decode(roll.encode());
        assertThat(read.size()).isEqualTo(3);
        assertThat(List.of(read.row(0), read.row(1), read.row(2))).containsExactly(0, 4, 9);
        assertThat(List.of(read.version(0), read.version(1), read.version(2))).containsExactly(7L, 1L, Long.MAX_VALUE);
        for (Roll wrong : List.of(
                new Roll(new int[] {4, 4}, new long[] {1, 2}),
                new Roll(new int[] {5, 4}, new long[] {1, 2}),
                new Roll(new int[] {4, 5}, new long[] {1, 0}),
                new Roll(new int[] {4}, new long[] {0}))) {
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Roll.decode(wrong.encode()));
        }
        byte[] fewer = roll.encode();
        fewer[4] = 2;
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Roll.decode(fewer));
        assertThat(Roll.decode(NONE.encode()).size()).isZero();
    }

    @Test
    void whatCameSinceIsNewRowsAndNewVersions() {
        Roll earlier = new Roll(new int[] {1, 3, 5, 9}, new long[] {10, 30, 50, 90});
        Roll now = new Roll(new int[] {0, 3, 5, 7, 9, 11}, new long[] {1, 30, 51, 70, 90, 110});
        assertThat(now.since(earlier).encode())
                .isEqualTo(new Roll(new int[] {0, 5, 7, 11}, new long[] {1, 51, 70, 110}).encode());
        assertThat(now.since(now).size()).isZero();
        assertThat(now.since(NONE).encode()).isEqualTo(now.encode());
        assertThat(NONE.since(now).size()).isZero();
    }

    @Test
    void setsOfRowsAreRanges() {
        Rows some = Rows.of(9, 3, 4, 5, 4, 7);
        for (int row = 0; row < 12; row++) {
            assertThat(some.contains(row))
                    .as("%d", row)
                    .isEqualTo(List.of(3, 4, 5, 7, 9).contains(row));
            assertThat(Rows.range(3, 6).contains(row)).as("%d", row).isEqualTo(row >= 3 && row < 6);
            assertThat(Rows.of().contains(row) || Rows.range(4, 4).contains(row))
                    .isFalse();
            assertThat(Rows.all().contains(row)).isTrue();
        }
        assertThat(Rows.all().contains((1 << 24) - 1)).isTrue();
        assertThat(Rows.of(0).contains(0)).isTrue();
        assertThat(Rows.range(0, 1).contains(0)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.of(3, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.range(-1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> Rows.range(3, 2));
    }

    @Test
    void aDealerMintsForItsOwnCollectionAndForAsManyRowsAsThePlanHas() {
        Dealer dealer = new Dealer(Shape.vector(2), SecretBytes.random(32));
        Roll roll = new Roll(new int[] {1, 2}, new long[] {1, 2});
        Plan plan = new Plan(Shape.vector(2), 2, 2, 1, false);
        List<Token> tokens = dealer.mint(plan, roll, 3);
        assertThat(tokens).hasSize(3);
        assertThat(tokens.stream().map(Token::id)).doesNotHaveDuplicates();
        assertThat(dealer.minted()).isEqualTo(3);
        assertThat(tokens.get(0).forUser().plan()).isEqualTo(plan);
        assertThat(tokens.get(0).forUser().id()).isEqualTo(tokens.get(0).id());
        assertThat(tokens.get(0).forUser()).hasToString("UserToken[secret]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dealer.mint(new Plan(Shape.vector(3), 2, 2, 1, false), roll, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dealer.mint(new Plan(Shape.vector(2), 1, 2, 1, false), roll, 1));
        assertThat(dealer.maskKey(Side.A)).isNotEqualTo(dealer.maskKey(Side.B));
    }

    @Test
    void usersTokensAreReadStrictly() throws Exception {
        Dealer dealer = new Dealer(Shape.vector(2), SecretBytes.random(32));
        Token token = dealer.mint(Plan.of(Shape.vector(2), NONE, 4, 3, false), NONE, 1)
                .get(0);
        byte[] encoded = token.forUser().exposeSecretBytes();
        assertThat(encoded).hasSize(1 + 16 + 13 + 8);
        StrictReading.assertReadsOnlyTheWholeOfItsVersion(encoded, UserToken::decode);
        for (Side side : Side.values()) {
            StrictReading.assertReadsOnlyTheWholeOfItsVersion(
                    token.exposeSecretBytesFor(side), bytes -> ServerToken.decode(side, bytes));
            assertThat(ServerToken.decode(side, token.exposeSecretBytesFor(side)))
                    .hasToString("ServerToken[secret]");
        }
        assertThat(UserToken.decode(encoded).id()).isEqualTo(token.id());
        assertThatIllegalArgumentException().isThrownBy(() -> new Question(token.forUser(), new byte[2], 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Question(token.forUser(), new byte[2], 4, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Question(token.forUser(), new byte[3], 1, false));
        assertThat(new Question(token.forUser(), new byte[2], 3, false).request(Side.A))
                .hasSize(33);
    }
}
