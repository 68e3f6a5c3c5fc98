package org.sosia.web.owner;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts a policy together from choices: groups of attributes, where a person must hold everything in one group, and any one
 * group will do. Every policy can be said so; one that is shorter otherwise is written as text.
 */
public final class PolicyBuilder implements Serializable {
    private final List<List<String>> groups = new ArrayList<>(List.of(new ArrayList<>()));

    /** The choices that say a policy; none where it is not written as choices are, though it may mean the same as some. */
    static PolicyBuilder saying(String policy) {
        var choices = new PolicyBuilder();
        choices.groups.clear();
        for (String group : policy.split(" or ", -1)) {
            boolean together = group.startsWith("(") && group.endsWith(")");
            String all = together ? group.substring(1, group.length() - 1) : group;
            choices.groups.add(new ArrayList<>(List.of(all.split(" and ", -1))));
        }
        return choices.text().equals(policy) && choices.isPlain() ? choices : new PolicyBuilder();
    }

    /** Whether each choice is one attribute. */
    private boolean isPlain() {
        return groups.stream().flatMap(List::stream).noneMatch(held -> held.isEmpty() || held.matches(".*[()\\s\"].*"));
    }

    /** Adds an attribute to a group, once. */
    void require(int group, String attribute) {
        if (!groups.get(group).contains(attribute)) {
            groups.get(group).add(attribute);
        }
    }

    /** Takes an attribute out of a group; a group that becomes empty goes, unless it is the last. */
    void drop(int group, String attribute) {
        groups.get(group).remove(attribute);
        if (groups.get(group).isEmpty() && groups.size() > 1) {
            groups.remove(group);
        }
    }

    /** Adds an alternative: a group of its own. */
    void allowInstead(String attribute) {
        groups.add(new ArrayList<>(List.of(attribute)));
    }

    /** The groups, each with its attributes in the order of their choice. */
    List<List<String>> groups() {
        return groups.stream().map(List::copyOf).toList();
    }

    /** The policy as text; empty while nothing is chosen. */
    String text() {
        var chosen = groups.stream().filter(group -> !group.isEmpty()).toList();
        return chosen.stream()
                .map(group -> {
                    var all = String.join(" and ", group);
                    return chosen.size() > 1 && group.size() > 1 ? "(" + all + ")" : all;
                })
                .collect(Collectors.joining(" or "));
    }
}
