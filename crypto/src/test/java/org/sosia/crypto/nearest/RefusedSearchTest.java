package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

class RefusedSearchTest {
    private static final byte[] QUERY = {1, 2, 3, 4};

    private final TwoServers servers = new TwoServers(Shape.vector(4));

    @BeforeEach
    void insert() {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            rows.add(new byte[] {(byte) i, 0, 0, (byte) i});
        }
        servers.put(0, rows);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private void assertRefused(Question question, Grant grantA, Grant grantB, Reason... reasons) {
        assertThatThrownBy(() -> servers.ask(question, grantA, grantB))
                .isInstanceOfSatisfying(
                        SearchRefusedException.class,
                        e -> assertThat(e.reason()).isIn((Object[]) reasons));
    }

    private static void assertRefused(Server server, byte[] request, Reason reason) {
        assertThatThrownBy(() -> server.answer(request, TwoServers.EVERYTHING))
                .isInstanceOfSatisfying(
                        SearchRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void eachServerAloneRefusesAUsedToken() throws Exception {
        Token token = servers.mint(3, false);
        var question = new Question(token.forUser(), QUERY, 3, true);
        assertThat(servers.ask(question, TwoServers.EVERYTHING, TwoServers.EVERYTHING)
                        .neighbours())
                .hasSize(3);
        assertRefused(servers.a, question.request(Side.A), Reason.TOKEN_SPENT_OR_UNKNOWN);
        assertRefused(servers.b, question.request(Side.B), Reason.TOKEN_SPENT_OR_UNKNOWN);
        servers.tokensA.deposit(token.id(), token.exposeSecretBytesFor(Side.A));
        servers.tokensB.deposit(token.id(), token.exposeSecretBytesFor(Side.B));
        assertRefused(servers.a, question.request(Side.A), Reason.TOKEN_SPENT_OR_UNKNOWN);
        assertRefused(servers.b, question.request(Side.B), Reason.TOKEN_SPENT_OR_UNKNOWN);
        assertThatIllegalStateException().isThrownBy(() -> new Question(token.forUser(), QUERY, 3, true));
    }

    @Test
    void tokensAreCounted() throws Exception {
        servers.mint(3, false);
        Token token = servers.mint(3, false);
        assertThat(servers.dealer.minted()).isEqualTo(2);
        assertThat(servers.tokensA.left()).isEqualTo(2);
        var unused = servers.search(token, QUERY, 3, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
        assertThat(servers.tokensA.left()).isEqualTo(1);
        assertThat(servers.tokensB.left()).isEqualTo(1);
        assertThat(servers.a.answered()).isEqualTo(1);
    }

    @Test
    void differentGrantsAtTheTwoServersGiveNothing() {
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(
                question, TwoServers.EVERYTHING, new Grant(Rows.range(0, 89), true, true), Reason.SERVERS_DISAGREE);
    }

    @Test
    void distancesThatOneServerWithholdsNobodyGets() {
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(question, TwoServers.EVERYTHING, new Grant(Rows.all(), false, true), Reason.NOT_GRANTED);
    }

    @Test
    void aRowThatDiffersBetweenTheServersGivesNothing() {
        RowMask.Pair one = servers.dealer.mask(7).seal(QUERY);
        RowMask.Pair other = servers.dealer.mask(7).seal(QUERY);
        servers.a.apply(new Change(2, List.of(one.a()), List.of()));
        servers.b.apply(new Change(2, List.of(other.b()), List.of()));
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(
                question, TwoServers.EVERYTHING, TwoServers.EVERYTHING, Reason.SERVERS_DISAGREE, Reason.TOKEN_OUTDATED);
    }

    /** The same version with another coordinate, as after a fault of a disk; and so many changes later that both servers moved their rows together. */
    @Test
    void aRowThatDiffersIsNoticedAlsoAfterRowsMovedTogether() throws Exception {
        RowMask.Pair row = servers.dealer.mask(7).seal(QUERY);
        byte[] faulty = row.b().encode();
        faulty[13] ^= 1;
        servers.a.apply(new Change(2, List.of(row.a()), List.of()));
        servers.b.apply(new Change(2, List.of(SealedRow.decode(servers.shape, faulty)), List.of()));
        for (int round = 0; round < 15; round++) {
            Map<Integer, byte[]> others = new TreeMap<>();
            for (int other = 8; other < 98; other++) {
                others.put(other, QUERY);
            }
            servers.change(others, List.of());
        }
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(question, TwoServers.EVERYTHING, TwoServers.EVERYTHING, Reason.SERVERS_DISAGREE);
    }

    /** One server may be fifteen changes ahead; what it had before that it no longer knows. */
    @Test
    void aServerTooFarBehindIsNotWaitedFor() throws Exception {
        for (int change = 2; change <= 16; change++) {
            assertThat(servers.a.apply(new Change(change, List.of(), List.of())))
                    .isTrue();
        }
        assertThat(servers.search(QUERY, 3).neighbours()).hasSize(3);
        assertThat(servers.a.apply(new Change(17, List.of(), List.of()))).isTrue();
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(
                question,
                TwoServers.EVERYTHING,
                TwoServers.EVERYTHING,
                Reason.SERVERS_DISAGREE,
                Reason.PEER_UNAVAILABLE);
    }

    @Test
    void aServerKnowsWhetherItHasALink() {
        var alone = new Server(
                Side.A, servers.shape, servers.dealer.maskKey(Side.A), servers.tokensA, Duration.ofSeconds(20));
        assertThat(alone.isConnected()).isFalse();
        assertThat(servers.a.isConnected()).isTrue();
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(alone, question.request(Side.A), Reason.PEER_UNAVAILABLE);
        Link.Pair first = Link.pair();
        alone.connect(first.a());
        assertThat(alone.isConnected()).isTrue();
        alone.connect(Link.pair().a());
        assertThatThrownBy(first.b()::receive).as("the link that was replaced").isInstanceOf(IOException.class);
        alone.close();
        assertThat(alone.isConnected()).isFalse();
    }

    @Test
    void aTokenWithoutTheNewestRowsIsOutdated() {
        Token token = servers.mint(3, false);
        servers.put(90, List.of(QUERY));
        var question = new Question(token.forUser(), QUERY, 3, true);
        assertRefused(question, TwoServers.EVERYTHING, TwoServers.EVERYTHING, Reason.TOKEN_OUTDATED);
    }

    @Test
    void moreRowsThanTheTokenSpansAreRefused() {
        Token token = servers.mint(Plan.of(servers.shape, servers.b.roll(), 0, 3, false));
        servers.put(90, List.of(QUERY));
        var question = new Question(token.forUser(), QUERY, 3, true);
        assertRefused(question, TwoServers.EVERYTHING, TwoServers.EVERYTHING, Reason.TOKEN_OUTDATED);
    }

    @Test
    void withoutTheOtherServerThereIsNoAnswer() {
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        servers.b.close();
        assertRefused(servers.a, question.request(Side.A), Reason.PEER_UNAVAILABLE);
        assertRefused(servers.b, question.request(Side.B), Reason.PEER_UNAVAILABLE);
    }

    @Test
    void aServerThatIsNeverAskedIsNotWaitedForForEver() {
        var impatient = new Server(
                Side.A, servers.shape, servers.dealer.maskKey(Side.A), servers.tokensA, Duration.ofMillis(20));
        impatient.connect(Link.pair().a());
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        assertRefused(impatient, question.request(Side.A), Reason.PEER_UNAVAILABLE);
        impatient.close();
    }

    @Test
    void afterALinkBrokeANewOneServes() throws Exception {
        servers.b.close();
        var again = Link.pair();
        servers.a.connect(again.a());
        servers.b.connect(again.b());
        assertThat(servers.search(QUERY, 3).neighbours()).hasSize(3);
    }

    @Test
    void requestsOfAnotherFormAreRefused() throws Exception {
        byte[] good = new Question(servers.mint(3, false).forUser(), QUERY, 3, true).request(Side.A);
        assertRefused(servers.a, new byte[0], Reason.MALFORMED);
        assertRefused(servers.a, Arrays.copyOf(good, 17), Reason.MALFORMED);
        byte[] ofB = good.clone();
        ofB[1] = 1;
        assertRefused(servers.a, ofB, Reason.MALFORMED);
        for (int length : new int[] {18, 20, good.length - 1, good.length + 1}) {
            byte[] bad = new Question(servers.mint(3, false).forUser(), QUERY, 3, true).request(Side.A);
            assertRefused(servers.a, Arrays.copyOf(bad, length), Reason.MALFORMED);
        }
        byte[] tooMany = new Question(servers.mint(3, false).forUser(), QUERY, 3, true).request(Side.A);
        tooMany[19] = 4;
        assertRefused(servers.a, tooMany, Reason.MALFORMED);
    }

    @Test
    void answersOfAnotherFormAreRefused() throws Exception {
        var question = new Question(servers.mint(3, false).forUser(), QUERY, 3, true);
        var ofA = TwoServers.asking(servers.a, question.request(Side.A), TwoServers.EVERYTHING);
        byte[] b = TwoServers.asking(servers.b, question.request(Side.B), TwoServers.EVERYTHING)
                .join();
        byte[] a = ofA.join();
        assertThat(question.read(a, b).neighbours()).hasSize(3);
        assertThatThrownBy(() -> question.read(b, a)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> question.read(Arrays.copyOf(a, a.length - 1), b))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> question.read(Arrays.copyOf(a, a.length + 8), b))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void serverTokensAreReadStrictly() {
        Token token = servers.dealer
                .mint(Plan.of(servers.shape, servers.b.roll(), 4, 3, false), servers.b.roll(), 1)
                .get(0);
        for (Side side : Side.values()) {
            byte[] encoded = token.exposeSecretBytesFor(side);
            Side other = side == Side.A ? Side.B : Side.A;
            assertThatThrownBy(() -> ServerToken.decode(other, encoded)).isInstanceOf(MalformedException.class);
            for (int length : new int[] {0, 5, 30, encoded.length - 1, encoded.length + 1}) {
                assertThatThrownBy(() -> ServerToken.decode(side, Arrays.copyOf(encoded, length)))
                        .isInstanceOf(MalformedException.class);
            }
        }
        assertThat(token).hasToString("Token[secret]");
    }

    @Test
    void rollsAndRowsAreReadStrictly() {
        byte[] roll = servers.b.roll().encode();
        byte[] row = servers.dealer.mask(1).seal(QUERY).a().encode();
        for (int cut : new int[] {1, 3, 12}) {
            assertThatThrownBy(() -> Roll.decode(Arrays.copyOf(roll, roll.length - cut)))
                    .isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> SealedRow.decode(servers.shape, Arrays.copyOf(row, row.length - cut)))
                    .isInstanceOf(MalformedException.class);
        }
        byte[] descending = roll.clone();
        descending[8] = 99;
        assertThatThrownBy(() -> Roll.decode(descending)).isInstanceOf(MalformedException.class);
        byte[] huge = roll.clone();
        huge[1] = 0x7f;
        assertThatThrownBy(() -> Roll.decode(huge)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aFrameThatAnnouncesTooMuchIsRefused() throws IOException {
        byte[] tooLong = {0x7f, 0, 0, 0, 1};
        byte[] negative = {-1, 0, 0, 0};
        byte[] cut = {0, 0, 0, 9, 1};
        for (byte[] bytes : List.of(tooLong, negative, cut, new byte[0])) {
            try (Link link = Link.over(new ByteArrayInputStream(bytes), new ByteArrayOutputStream())) {
                assertThatThrownBy(link::receive).isInstanceOf(IOException.class);
            }
        }
    }

    /** Whatever stands on the link in place of the other server's frames. */
    @Test
    void framesOfAnotherFormEndTheSearch() throws Exception {
        for (int length : new int[] {0, 19, 20, 27, 29, 36}) {
            Token token = servers.mint(3, false);
            var link = Link.pair();
            servers.a.connect(link.a());
            byte[] frame = new byte[length];
            byte[] request = new Question(token.forUser(), QUERY, 3, true).request(Side.A);
            System.arraycopy(request, 2, frame, 0, Math.min(16, length));
            link.b().send(frame);
            assertRefused(servers.a, request, Reason.PEER_UNAVAILABLE);
        }
    }

    @Test
    void changesComeInOrder() {
        assertThat(servers.a.apply(new Change(1, List.of(), List.of(3)))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> servers.a.apply(new Change(3, List.of(), List.of())));
        assertThat(servers.a.epoch()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> servers.a.apply(new Change(0, List.of(), List.of())));
        assertThat(servers.a.apply(new Change(2, List.of(), List.of(3)))).isTrue();
        assertThat(servers.a.epoch()).isEqualTo(2);
        assertThat(servers.a.roll().size()).isEqualTo(89);
        RowMask.Pair row = servers.dealer.mask(4).seal(QUERY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers.a.apply(new Change(3, List.of(row.a(), row.a()), List.of())));
    }

    @Test
    void aMaskHidesOneVectorOnly() {
        RowMask mask = servers.dealer.mask(3);
        mask.seal(QUERY);
        assertThatIllegalStateException().isThrownBy(() -> mask.seal(QUERY));
        assertThat(mask).hasToString("RowMask[secret]");
    }
}
