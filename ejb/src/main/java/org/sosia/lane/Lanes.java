package org.sosia.lane;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Caller;
import org.sosia.identity.StepUpRequiredException;

/** Leads the caller of a request to the hospital they are in. Decided once a request. */
@RequestScoped
public class Lanes {

    @Inject
    Caller caller;

    @Inject
    AuthenticityVerifier verifier;

    @Inject
    Hospitals hospitals;

    @Inject
    Enrolment enrolment;

    @Inject
    Reports reports;

    @Inject
    @ConfigProperty(name = "sosia.step-up.max-age", defaultValue = "PT15M")
    Duration stepUpMaxAge;

    Clock clock = Clock.systemUTC();

    private @Nullable Hospital decided;

    /**
     * The hospital of the caller.
     *
     * @throws StoreUnavailableException if that cannot be decided now; never answered with the twin instead
     */
    public Hospital hospital() {
        Hospital known = decided;
        if (known == null) {
            known = of(verifier.verify(caller.credentials()));
            decided = known;
        }
        return known;
    }

    /** The hospital that the caller hands something in to: it does not wait for cloud B. Nothing may be read with it. */
    public Hospital hospitalForIntake() {
        Hospital known = decided;
        return known == null ? of(verifier.verifyForIntake(caller.credentials())) : known;
    }

    /** The twin hospital: for doubles, session marks, incidents, and the twin half of what is made in the real one. */
    public Hospital twin() {
        return hospitals.twin();
    }

    /**
     * Demands a sign-in that is fresh enough for releasing a key, in either hospital alike.
     *
     * @throws StepUpRequiredException if the caller's is older
     */
    public void requireFreshSignIn() throws StepUpRequiredException {
        if (caller.credentials().authenticatedAt().isBefore(clock.instant().minus(stepUpMaxAge))) {
            throw new StepUpRequiredException(stepUpMaxAge);
        }
    }

    private Hospital of(Lane lane) {
        return switch (lane) {
            case ORIGINAL -> hospitals.real();
            case DUPLICATE -> {
                if (caller.credentials().deceived()) {
                    reports.intruder(caller.credentials());
                }
                enrolment.acquaint(caller.credentials());
                yield hospitals.twin();
            }
        };
    }
}
