package org.sosia.attributes;

import java.util.List;

/**
 * An attribute as the key authority sees it.
 *
 * @param name such as {@code department:cardiology}
 * @param epoch which issue new records name, from 1
 * @param moving whether an issue is being prepared, or records have still to follow
 * @param holders who holds it, approved persons only, by account
 */
public record AttributeView(String name, int epoch, boolean moving, List<Holder> holders) {

    /**
     * Somebody who holds an attribute.
     *
     * @param subject the account
     * @param name the name
     */
    public record Holder(String subject, String name) {}
}
