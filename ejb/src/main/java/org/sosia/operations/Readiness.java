package org.sosia.operations;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.lane.Housekeeping;
import org.sosia.registration.Bootstrap;

/** Says whether this node can work, and if not, what is missing. Told to everybody who asks: it says nothing about anybody. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How long an answer of the identity provider is believed: probes come often, and it has work of its own. */
    private static final Duration BELIEVED = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Inject
    Housekeeping housekeeping;

    @Inject
    Opening opening;

    @Inject
    Bootstrap bootstrap;

    @Inject
    @ConfigProperty(name = "sosia.oidc.issuer")
    Optional<String> issuer;

    private volatile @Nullable Asked lastAsked;

    private record Asked(boolean answered, long nanos) {}

    /**
     * Each thing that this node needs, and whether it has it: {@code store-a}, {@code store-b}, {@code keys}, {@code crypto},
     * {@code identity-provider}, {@code first-persons}.
     */
    @PermitAll
    public Map<String, Boolean> probes() {
        Map<String, Boolean> probes = new LinkedHashMap<>();
        probes.put("store-a", housekeeping.isOriginalStoreAlive());
        probes.put("store-b", housekeeping.isDuplicateStoreAlive());
        probes.put("keys", opening.isUnlocked());
        probes.put("crypto", opening.isWarm());
        probes.put("identity-provider", isIdentityProviderThere());
        probes.put("first-persons", bootstrap.isDone());
        return probes;
    }

    /** How many doubles and deletions wait to be made up for in the twin hospital. */
    @PermitAll
    public long waitingOrders() {
        return housekeeping.waitingOrders();
    }

    private boolean isIdentityProviderThere() {
        Asked before = lastAsked;
        if (before != null && System.nanoTime() - before.nanos() < BELIEVED.toNanos()) {
            return before.answered();
        }
        boolean answered = issuer.isPresent() && answers(issuer.get());
        lastAsked = new Asked(answered, System.nanoTime());
        return answered;
    }

    private boolean answers(String address) {
        try {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(address + "/.well-known/openid-configuration"))
                    .timeout(PATIENCE)
                    .build();
            return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | IllegalArgumentException unreachable) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
