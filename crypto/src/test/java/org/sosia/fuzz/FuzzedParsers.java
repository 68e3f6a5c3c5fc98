package org.sosia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a package reads from outside, and bytes that nobody wrote: a bounded, repeatable round of what the fuzzer does without end.
 *
 * <p>{@link FuzzEveryParser} finds the classes that extend this by their names, {@code …ParsersTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzedParsers {
    /** {@code -Dsosia.fuzz.rounds=N} goes on for longer. */
    private static final int ROUNDS = Integer.getInteger("sosia.fuzz.rounds", 400);

    private static final int EXTREMES = 100;

    /** All of them, each with what it accepts. */
    public abstract List<Parser> parsers() throws Exception;

    @ParameterizedTest
    @MethodSource("parsers")
    void acceptsItsSeeds(Parser parser) {
        assertThat(parser.seeds()).isNotEmpty().allMatch(parser::accepts);
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void refusesOrReadsTheOnlyEncoding(Parser parser) {
        List<byte[]> seeds = parser.seeds();
        for (byte[] seed : seeds) {
            extremes(seed, Math.max(1, EXTREMES / seeds.size())).forEach(parser::accepts);
        }
        SplittableRandom random = new SplittableRandom(parser.name().hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            parser.accepts(mutated(seeds.get(i % seeds.size()), random));
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void refusesOrReadsWhatOthersWrote(Parser parser) throws Exception {
        parsers().stream().flatMap(other -> other.seeds().stream()).forEach(parser::accepts);
        parser.accepts(new byte[0]);
        parser.accepts(new byte[1 << 20]);
    }

    /** The length fields of a valid encoding are where small changes reach far: every byte once, at its extremes. */
    private static List<byte[]> extremes(byte[] valid, int atMost) {
        return Stream.iterate(0, at -> at < valid.length, at -> at + Math.max(1, valid.length / atMost))
                .flatMap(at -> Stream.of(0x00, 0x7f, 0x80, 0xff).map(value -> {
                    byte[] changed = valid.clone();
                    changed[at] = value.byteValue();
                    return changed;
                }))
                .toList();
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> joined(bytes, Arrays.copyOfRange(valid, valid.length / 2, valid.length));
                case 2 ->
                    joined(
                            Arrays.copyOf(bytes, at),
                            Arrays.copyOfRange(bytes, Math.min(at + 1, bytes.length), bytes.length));
                case 3 ->
                    joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, Math.max(0, at - 3), bytes.length));
                default -> changed(bytes, at, random);
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(one);
        bytes.writeBytes(other);
        return bytes.toByteArray();
    }

    private static byte[] changed(byte[] bytes, int at, SplittableRandom random) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) random.nextInt();
        return changed;
    }
}
