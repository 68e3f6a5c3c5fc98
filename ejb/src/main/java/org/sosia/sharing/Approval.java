package org.sosia.sharing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an approval answers, once.
 *
 * <p><b>Security.</b> Carries a partial key in clear when the owner chose to see it. It is not kept anywhere: whoever loses it asks
 * again. It never prints itself.
 */
public final class Approval {
    private final UUID grant;
    private final Instant expires;
    private final @Nullable String partialKey;

    Approval(UUID grant, Instant expires, @Nullable String partialKey) {
        this.grant = grant;
        this.expires = expires;
        this.partialKey = partialKey;
    }

    /** The grant, by which it can be revoked. */
    public UUID grant() {
        return grant;
    }

    /** Until when the grant lasts. */
    public Instant expires() {
        return expires;
    }

    /** The partial key as it is written down, to be handed over; empty when it was sealed to the requester. */
    public Optional<String> partialKey() {
        return Optional.ofNullable(partialKey);
    }

    @Override
    public String toString() {
        return "Approval[" + grant + "]";
    }
}
