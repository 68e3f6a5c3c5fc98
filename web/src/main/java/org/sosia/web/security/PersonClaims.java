package org.sosia.web.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;

/**
 * What a checked token claims about a person.
 *
 * <p>Reading is forgiving in one direction only: a claim that is missing or of the wrong shape counts as the weakest value it
 * could have, never as an error that tells a forger which claim to mend.
 */
final class PersonClaims {

    /** The year 9999, in seconds. */
    private static final long LATEST = 253_370_764_800L;

    private final Map<String, ?> claims;

    /** The claims of a token whose signature, issuer, audience and times were checked. */
    PersonClaims(Map<String, ?> claims) {
        this.claims = claims;
    }

    String subject() {
        return text("sub");
    }

    /** The identity provider's session, or the empty string. */
    String session() {
        return text("sid");
    }

    /** 1 for a password, 2 for a password and a one-time code, 0 for anything we do not know. */
    int assurance() {
        var acr = text("acr");
        return acr.matches("[0-9]") ? Integer.parseInt(acr) : 0;
    }

    /** When the person last proved who they are; the epoch when the token does not say. */
    Instant authenticatedAt() {
        Object value = claims.get("auth_time");
        if (value instanceof Number seconds) {
            long since = seconds.longValue();
            // Beyond all times is what nobody says.
            return since >= 0 && since <= LATEST ? Instant.ofEpochSecond(since) : Instant.EPOCH;
        }
        return value instanceof Date date ? date.toInstant() : Instant.EPOCH;
    }

    Set<String> roles() {
        return claims.get("groups") instanceof Collection<?> groups
                ? groups.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(Roles.ALL::contains)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    Credentials toCredentials(String source, boolean browser, boolean deceived) {
        return new Credentials(
                subject(),
                name(),
                roles(),
                assurance(),
                authenticatedAt(),
                session(),
                text("azp"),
                source,
                browser,
                deceived);
    }

    private String name() {
        var name = text("name");
        return name.isEmpty() ? text("preferred_username") : name;
    }

    private String text(String claim) {
        @Nullable Object value = claims.get(claim);
        return value instanceof String string ? string : "";
    }
}
