package org.sosia.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.identity.Credentials;
import org.sosia.identity.Roles;
import org.sosia.keys.RegisteredPerson;
import org.sosia.persistence.PersonState;

/**
 * The only producer of {@link Lane#ORIGINAL}: it takes every proof about the person. A proof that is missing, failed or doubtful
 * means {@link Lane#DUPLICATE}, and nothing tells which one it was. A proof that cannot be checked because a store does not answer
 * is neither: a person who would be verified must never be given a double for a failure of ours, so that is an error.
 *
 * <p>The proofs that cost no store come first: whoever fails those never causes a call to the original one.
 */
@ApplicationScoped
public class AuthenticityVerifier {

    private static final Logger LOG = Logger.getLogger(AuthenticityVerifier.class.getName());

    /** Password and one-time code. */
    private static final int ASSURANCE_NEEDED = 2;

    /** How far the identity provider's clock may run ahead of ours. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    @Inject
    Hospitals hospitals;

    @Inject
    SessionMarks marks;

    @Inject
    @ConfigProperty(name = "sosia.proof.max-age", defaultValue = "PT8H")
    Duration proofMaxAge;

    Clock clock = Clock.systemUTC();

    /**
     * Takes the proofs about a person.
     *
     * @throws StoreUnavailableException if a proof cannot be checked now
     */
    Lane verify(Credentials who) {
        return verify(who, false);
    }

    /**
     * As {@link #verify}, for a request that only hands something in and is shown nothing: it does not wait for cloud B, which
     * must not stop uploads.
     */
    Lane verifyForIntake(Credentials who) {
        return verify(who, true);
    }

    private Lane verify(Credentials who, boolean intake) {
        boolean proven = isSomebody(who)
                && isTrustedByTheProvider(who)
                && isAssured(who)
                && isFresh(who)
                && !marks.isDeceived(who, intake)
                && isRegistered(who);
        return proven ? Lane.ORIGINAL : Lane.DUPLICATE;
    }

    private static boolean isSomebody(Credentials who) {
        return !who.subject().isBlank() && !claimed(who).isEmpty();
    }

    private static boolean isTrustedByTheProvider(Credentials who) {
        return !who.deceived();
    }

    private static boolean isAssured(Credentials who) {
        return who.assurance() >= ASSURANCE_NEEDED;
    }

    private boolean isFresh(Credentials who) {
        Instant now = clock.instant();
        return who.authenticatedAt().isAfter(now.minus(proofMaxAge))
                && who.authenticatedAt().isBefore(now.plus(CLOCK_SKEW));
    }

    /** Every role that the token claims must have been approved here: a role added at the provider alone is no proof. */
    private boolean isRegistered(Credentials who) {
        try {
            Optional<RegisteredPerson> person = hospitals.real().persons().find(who.subject());
            return person.isPresent()
                    && person.get().state() == PersonState.APPROVED
                    && person.get().roles().containsAll(claimed(who));
        } catch (GeneralSecurityException tampered) {
            LOG.log(Level.SEVERE, "the registration of {0} does not open", who.subject());
            throw new StoreUnavailableException(tampered);
        }
    }

    private static Set<String> claimed(Credentials who) {
        Set<String> claimed = new HashSet<>(who.roles());
        claimed.retainAll(Roles.ALL);
        return claimed;
    }
}
