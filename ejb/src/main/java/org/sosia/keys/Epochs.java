package org.sosia.keys;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.Issue;

/**
 * Leads from attributes as people name them, without an epoch, to the issues in which keys and records hold them, and back.
 * As they are when this is made: nothing to keep for long.
 */
public final class Epochs {

    private final Map<Attribute, Issue> known = new HashMap<>();

    private Epochs() {}

    /** The issues of one hospital's attributes. */
    public static Epochs of(Cloud store) {
        Epochs epochs = new Epochs();
        store.issues().forEach(issue -> epochs.known.put(issue.attribute(), issue));
        return epochs;
    }

    /** Which issues of an attribute are in use. */
    public Issue issue(Attribute attribute) {
        Attribute named = attribute.inEpoch(1);
        return known.getOrDefault(named, Issue.first(named));
    }

    /** Whether there ever was another issue of the attribute than the first. */
    public boolean isRenewed(Attribute attribute) {
        return known.containsKey(attribute.inEpoch(1));
    }

    /** A policy as new records are sealed for it: whatever epochs it names, the newest count. */
    public AccessPolicy newest(AccessPolicy policy) {
        return policy.map(this::newest);
    }

    /** An attribute as new records name it. */
    public Attribute newest(Attribute attribute) {
        return attribute.inEpoch(issue(attribute).newest());
    }

    /** What a key must hold so that it opens every record that names an issue in use, and those that will name the next. */
    Set<Attribute> held(Set<Attribute> attributes) {
        Set<Attribute> held = new HashSet<>();
        for (Attribute attribute : attributes) {
            Issue issue = issue(attribute);
            for (int epoch = issue.oldest(); epoch <= issue.newest(); epoch++) {
                held.add(attribute.inEpoch(epoch));
            }
            // Issues between the newest and the next were skipped: no record will ever name them.
            held.add(attribute.inEpoch(issue.next()));
        }
        return held;
    }

    /** A policy as people wrote it. */
    public static AccessPolicy named(AccessPolicy policy) {
        return policy.map(attribute -> attribute.inEpoch(1));
    }
}
