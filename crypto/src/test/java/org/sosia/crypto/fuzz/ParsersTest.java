package org.sosia.crypto.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that nobody wrote: a bounded, repeatable round of what the fuzzer does without end. */
class ParsersTest {
    private static final Encodings ENCODINGS = new Encodings();
    private static final int ROUNDS = 400;

    static List<Parser> parsers() {
        return Parsers.all();
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void acceptsItsOwnEncoding(Parser parser) {
        assertThat(parser.accepts(ENCODINGS.of(parser))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void refusesOrReadsTheOnlyEncoding(Parser parser) {
        byte[] valid = ENCODINGS.of(parser);
        Parsers.extremes(valid, ROUNDS / 4).forEach(parser::accepts);
        SplittableRandom random = new SplittableRandom(parser.name().hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            parser.accepts(mutated(valid, random));
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void refusesOrReadsWhatOthersWrote(Parser parser) {
        ENCODINGS.all().forEach(parser::accepts);
        parser.accepts(new byte[0]);
        parser.accepts(new byte[1 << 20]);
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> Parsers.joined(bytes, Arrays.copyOfRange(valid, valid.length / 2, valid.length));
                case 2 ->
                    Parsers.joined(
                            Arrays.copyOf(bytes, at),
                            Arrays.copyOfRange(bytes, Math.min(at + 1, bytes.length), bytes.length));
                case 3 ->
                    Parsers.joined(
                            Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, Math.max(0, at - 3), bytes.length));
                default -> changed(bytes, at, random);
            };
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, int at, SplittableRandom random) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) random.nextInt();
        return changed;
    }
}
