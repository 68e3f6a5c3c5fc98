package org.sosia.ceremony;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ceremony as everybody in the office may see it; never a share.
 *
 * @param id of the ceremony
 * @param kind {@code SHARING}: the hospital gives its master key away; {@code RENEWAL}: a council passes its shares on
 * @param state how far it is
 * @param threshold how many authorities will have to act together
 * @param members who will sit in the council, by number
 * @param dealers who deals
 * @param digest SHA-256 of the quorum parameters that come out of it, in hex, for members to compare by another way; null before all dealt
 * @param begunAt when
 * @param begunBy by whom, the account
 * @param cheater the account of who dealt wrongly; null if nobody did
 */
public record CeremonyView(
        UUID id,
        String kind,
        CeremonyState state,
        int threshold,
        List<Member> members,
        List<DealerView> dealers,
        @Nullable String digest,
        Instant begunAt,
        String begunBy,
        @Nullable String cheater) {

    /**
     * A member of the council to come.
     *
     * @param number from 1
     * @param subject the account
     * @param name the name
     * @param seated whether she has taken her seat
     * @param received whether she has her share
     */
    public record Member(int number, String subject, String name, boolean seated, boolean received) {}

    /**
     * Somebody who deals.
     *
     * @param number from 1
     * @param subject the account; {@code hospital} where the hospital itself deals
     * @param dealing SHA-256 of the published commitments, in hex; null before
     */
    public record DealerView(
            int number, String subject, @Nullable String dealing) {}
}
