package org.sosia.identity;

import java.time.Instant;
import java.util.Set;

/**
 * What the front door has established about a caller from a valid token or session of the identity provider.
 *
 * <p>These are facts, not a verdict: a caller with impeccable credentials may still be in the twin hospital.
 *
 * @param subject the identity provider's stable id of the person
 * @param name the name to greet the person with
 * @param roles the roles the token claims
 * @param assurance the level of the sign-in ({@code acr}): 1 password, 2 password and one-time code; 0 unknown
 * @param authenticatedAt when the person last proved who they are ({@code auth_time})
 * @param session the identity provider's session ({@code sid}); empty when the token names none
 * @param client the client that the token was issued to ({@code azp})
 * @param source the network address the request came from
 * @param browser whether the caller sits in front of the screens, and so meets the gate
 * @param deceived whether the identity provider itself let an intruder in on purpose
 */
public record Credentials(
        String subject,
        String name,
        Set<String> roles,
        int assurance,
        Instant authenticatedAt,
        String session,
        String client,
        String source,
        boolean browser,
        boolean deceived) {

    /** Nobody: no subject, no role, no proof. */
    public static final Credentials NOBODY =
            new Credentials("", "", Set.of(), 0, Instant.EPOCH, "", "", "", false, false);

    public Credentials {
        roles = Set.copyOf(roles);
    }

    /** Whether the token claims this role. */
    public boolean has(String role) {
        return roles.contains(role);
    }
}
