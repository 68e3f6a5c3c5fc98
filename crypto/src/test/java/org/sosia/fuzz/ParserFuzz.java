package org.sosia.fuzz;

/**
 * The fuzzer's way in: one parser of one class, named by the system properties {@code sosia.fuzz.parser} and {@code sosia.fuzz.parsers}, without
 * end. {@link FuzzEveryParser} starts it for each.
 */
public final class ParserFuzz {
    private static final Parser PARSER = chosen();

    private ParserFuzz() {}

    private static Parser chosen() {
        String name = System.getProperty("sosia.fuzz.parser", "");
        try {
            return FuzzEveryParser.named(System.getProperty("sosia.fuzz.parsers", "")).parsers().stream()
                    .filter(parser -> parser.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no parser " + name));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Called by Jazzer before the first input: making the keys of all parsers is no hang of one. */
    public static void fuzzerInitialize() {
        PARSER.accepts(new byte[0]);
    }

    /**
     * Called by Jazzer.
     *
     * @param input what it thought of
     */
    public static void fuzzerTestOneInput(byte[] input) {
        PARSER.accepts(input);
    }
}
