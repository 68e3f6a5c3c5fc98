package org.sosia.crypto.nearest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sosia.crypto.nearest.SearchRefusedException.Reason;

class PrunedSearchTest {
    private static final Shape SHAPE = Shape.image(28, 28, 7);

    /** The real images, and the same moved by one and two columns: more than the sample. */
    private static List<byte[]> rows() {
        List<byte[]> images = Images.chestXrays();
        List<byte[]> rows = new ArrayList<>(images);
        for (int moved = 1; moved <= 2; moved++) {
            for (byte[] image : images) {
                byte[] copy = new byte[image.length];
                for (int i = 0; i < image.length; i++) {
                    copy[i] = image[i / 28 * 28 + (i + moved) % 28];
                }
                rows.add(copy);
            }
        }
        return rows;
    }

    @Test
    void findsExactlyWhatAPlaintextScanFindsAndLooksAtFewRows() throws Exception {
        try (var servers = new TwoServers(SHAPE)) {
            servers.put(0, rows());
            for (int k : new int[] {1, 10}) {
                for (int i = 0; i < 10; i++) {
                    byte[] query = servers.row(1300 - 111 * i);
                    var result = servers.search(
                            servers.mint(k, true), query, k, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
                    assertThat(result.neighbours())
                            .isEqualTo(TwoServers.bruteForce(servers.plaintext, query, k, Rows.all()));
                    assertThat(result.searched()).isEqualTo(servers.plaintext.size());
                    assertThat(result.kept()).isBetween(k, servers.plaintext.size() / 2);
                }
            }
        }
    }

    @Test
    void aSmallCollectionIsSearchedWhole() throws Exception {
        try (var servers = new TwoServers(SHAPE)) {
            servers.put(0, Images.chestXrays().subList(0, 300));
            byte[] query = servers.row(7);
            var result = servers.search(servers.mint(5, true), query, 5, TwoServers.EVERYTHING, TwoServers.EVERYTHING);
            assertThat(result.neighbours()).isEqualTo(TwoServers.bruteForce(servers.plaintext, query, 5, Rows.all()));
            assertThat(result.kept()).isEqualTo(300);
        }
    }

    @Test
    void withoutTheOwnersConsentItIsRefused() throws Exception {
        try (var servers = new TwoServers(SHAPE)) {
            servers.put(0, Images.chestXrays().subList(0, 10));
            var sealedOnly = new Grant(Rows.all(), true, false);
            assertThatThrownBy(() ->
                            servers.search(servers.mint(1, true), new byte[784], 1, TwoServers.EVERYTHING, sealedOnly))
                    .isInstanceOfSatisfying(
                            SearchRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_GRANTED));
        }
    }

    /** What the search relies on, on real images and on noise, extremes included. */
    @Test
    void theBoundIsNeverAboveTheDistance() {
        var random = new SplittableRandom(7);
        List<byte[]> images = new ArrayList<>(Images.chestXrays().subList(0, 60));
        for (int amplitude : new int[] {1, 2, 16, 256}) {
            byte[] noise = new byte[784];
            IntStream.range(0, noise.length).forEach(i -> noise[i] = (byte) random.nextInt(amplitude));
            images.add(noise);
        }
        byte[] white = new byte[784];
        Arrays.fill(white, (byte) 255);
        images.add(white);

        for (byte[] x : images) {
            for (byte[] y : images) {
                int[] difference = Words.minus(LowerBound.of(SHAPE, x), LowerBound.of(SHAPE, y));
                long bound = Words.dot(difference, difference);
                assertThat(32 * bound)
                        .isLessThanOrEqualTo(
                                33L * TwoServers.squaredDistance(x, y) + 33L * 32 * SHAPE.boundDimensions());
            }
        }
    }

    @Test
    void shapesThatCannotBePrunedAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.image(28, 28, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.image(64, 64, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.vector(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.vector(Shape.MOST_DIMENSIONS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Plan(Shape.vector(8), 16, 8, 1, true));
    }
}
