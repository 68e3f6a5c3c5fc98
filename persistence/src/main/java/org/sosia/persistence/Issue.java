package org.sosia.persistence;

import org.sosia.crypto.policy.Attribute;

/**
 * Which issues of an attribute are in use. An attribute that nobody ever lost has none kept: its only issue is 1.
 *
 * @param attribute the attribute, in its first issue
 * @param oldest what records may still name, from 1
 * @param newest what new records name
 * @param next what keys are being prepared for; the same as {@code newest} when nothing is being prepared
 */
public record Issue(Attribute attribute, int oldest, int newest, int next) {

    /** An attribute of which there is one issue. */
    public static Issue first(Attribute attribute) {
        return new Issue(attribute.inEpoch(1), 1, 1, 1);
    }
}
