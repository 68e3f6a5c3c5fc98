package org.sosia.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;

/**
 * Makes a retried POST do its work once: the header {@code Idempotency-Key} names the attempt, and whoever repeats it gets the first
 * answer again.
 *
 * <p>An outcome belongs to one person in one session at one assurance, so that a weaker session, which is in the twin hospital, never
 * learns what a stronger one did. Outcomes live in this node's memory for a day, the oldest giving way; failures are not kept, so
 * that a retry after one tries again. An answer that shows a secret lives for a quarter of an hour only.
 */
@ApplicationScoped
public class Idempotency {
    static final String HEADER = "Idempotency-Key";
    static final Duration KEPT = Duration.ofHours(24);

    /** As long as a sign-in is fresh by default: long enough for a retry, not for whoever finds the machine in the evening. */
    static final Duration SECRET_KEPT = Duration.ofMinutes(15);

    /** About 1 KiB each: 10 MiB at most. */
    static final int MOST = 10_000;

    private static final int KEY_CHARACTERS = 255;

    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final Clock clock;

    @Inject
    Caller caller;

    /** For the container. */
    public Idempotency() {
        this(Clock.systemUTC());
    }

    Idempotency(Clock clock) {
        this.clock = clock;
    }

    /**
     * What an attempt came to.
     *
     * @param status the HTTP status
     * @param location what was made; null if nothing has an address
     * @param entity the body, as it becomes JSON
     */
    record Outcome(int status, @Nullable URI location, Object entity) {
        Response toResponse() {
            return Response.status(status).location(location).entity(entity).build();
        }
    }

    private record Attempt(
            String fingerprint, Instant until, @Nullable Outcome outcome) {}

    /**
     * Does the work, or answers as the first time.
     *
     * @param key the header's value, or null for work that is simply done
     * @param fingerprint what was asked; the same key with another one is refused
     * @param work does it
     */
    Outcome once(@Nullable String key, String fingerprint, Callable<Outcome> work) throws Exception {
        return once(key, KEPT, fingerprint, work);
    }

    /** As {@link #once(String, String, Callable)}, for an answer that shows a secret. */
    Outcome onceInSecret(@Nullable String key, String fingerprint, Callable<Outcome> work) throws Exception {
        return once(key, SECRET_KEPT, fingerprint, work);
    }

    private Outcome once(@Nullable String key, Duration kept, String fingerprint, Callable<Outcome> work)
            throws Exception {
        if (key == null) {
            return work.call();
        }
        if (key.isBlank() || key.length() > KEY_CHARACTERS) {
            throw RefusedCallException.value(HEADER, "must have 1 to " + KEY_CHARACTERS + " characters");
        }
        String name = name(caller.credentials(), key);
        String asked = digest(fingerprint);
        Outcome known = begin(name, asked);
        return known == null ? work(name, asked, kept, work) : known;
    }

    private Outcome work(String name, String asked, Duration kept, Callable<Outcome> work) throws Exception {
        boolean done = false;
        try {
            Outcome outcome = work.call();
            end(name, asked, kept, outcome);
            done = true;
            return outcome;
        } finally {
            if (!done) {
                forget(name);
            }
        }
    }

    private synchronized @Nullable Outcome begin(String name, String asked) throws RefusedCallException {
        dropOld();
        Attempt known = attempts.get(name);
        if (known == null) {
            attempts.put(name, new Attempt(asked, clock.instant().plus(KEPT), null));
            return null;
        }
        if (!known.fingerprint().equals(asked)) {
            throw new RefusedCallException(Problem.of(
                    422,
                    "idempotency-key-reused",
                    "The idempotency key was used for another request",
                    "Make a new key for a new request."));
        }
        if (known.outcome() == null) {
            throw new RefusedCallException(Problem.of(
                            409,
                            "idempotency-in-progress",
                            "The first request with this key is still being worked on",
                            "Try again a little later.")
                    .header("Retry-After", "2"));
        }
        return known.outcome();
    }

    private synchronized void end(String name, String asked, Duration kept, Outcome outcome) {
        attempts.put(name, new Attempt(asked, clock.instant().plus(kept), outcome));
    }

    private synchronized void forget(String name) {
        attempts.remove(name);
    }

    private void dropOld() {
        Instant now = clock.instant();
        attempts.values().removeIf(attempt -> attempt.until().isBefore(now));
        Iterator<Attempt> oldest = attempts.values().iterator();
        while (attempts.size() >= MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    private static String name(Credentials of, String key) {
        return digest(
                String.join("\n", of.subject(), of.session(), of.client(), Integer.toString(of.assurance()), key));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
