package org.sosia.persistence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A referral in force that has tags.
 *
 * @param referral the grant
 * @param at when it was tagged
 * @param tags the ids of its tags
 */
public record Tagged(UUID referral, Instant at, List<UUID> tags) {

    /** Takes a copy. */
    public Tagged {
        tags = List.copyOf(tags);
    }
}
