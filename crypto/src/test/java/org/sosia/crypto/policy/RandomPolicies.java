package org.sosia.crypto.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Policies and sets of attributes at random, from a seed that a failing test names. */
public final class RandomPolicies {
    private static final int ATTRIBUTES = 8;

    private final RandomGenerator random;

    public RandomPolicies(RandomGenerator random) {
        this.random = random;
    }

    public static Attribute attribute(int number) {
        return Attribute.of("x", "v" + number);
    }

    public AccessPolicy policy() throws PolicySyntaxException {
        return AccessPolicy.parse(text(3));
    }

    private String text(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return attribute(random.nextInt(ATTRIBUTES)).toText();
        }
        int children = 2 + random.nextInt(3);
        int threshold = 1 + random.nextInt(children);
        String parts =
                IntStream.range(0, children).mapToObj(i -> text(depth - 1)).collect(Collectors.joining(", "));
        return threshold + " of (" + parts + ")";
    }

    public Set<Attribute> attributes() {
        List<Attribute> all = new ArrayList<>(IntStream.range(0, ATTRIBUTES)
                .mapToObj(RandomPolicies::attribute)
                .toList());
        Collections.rotate(all, random.nextInt(ATTRIBUTES));
        return new LinkedHashSet<>(all.subList(0, 1 + random.nextInt(ATTRIBUTES - 1)));
    }

    /** Judges independently of the code under test: reads the text again, from left to right. */
    public static boolean oracle(AccessPolicy policy, Set<Attribute> held) {
        return new Oracle(new String(policy.canonical(), StandardCharsets.UTF_8), held).value();
    }

    private static final class Oracle {
        private final String json;
        private final Set<String> held;
        private int at;

        Oracle(String json, Set<Attribute> held) {
            this.json = json;
            this.held = held.stream()
                    .map(a -> a.authority() + "/" + a.name() + ":" + a.value() + "@" + a.epoch())
                    .collect(Collectors.toSet());
        }

        boolean value() {
            if (json.charAt(at) == '"') {
                int end = json.indexOf('"', at + 1);
                String leaf = json.substring(at + 1, end);
                at = end + 1;
                return held.contains(leaf);
            }
            int comma = json.indexOf(',', at);
            int missing = Integer.parseInt(json.substring(at + 1, comma));
            at = comma;
            while (json.charAt(at) == ',') {
                at++;
                missing -= value() ? 1 : 0;
            }
            at++;
            return missing <= 0;
        }
    }
}
