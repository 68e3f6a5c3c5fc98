package org.sosia.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Set;

/**
 * Says whether a signed token was issued for us, by our identity provider, for now, and of the expected kind.
 *
 * <p><b>Security.</b> Only asymmetric signatures are accepted: with an HMAC the public key would serve as the secret, and
 * {@code none} is no signature. The audience is ours alone: a token that a person gave to another application of the same realm
 * is not an invitation to us. A session is required, so a client's own token (client credentials) is refused: what the twin
 * hospital makes up must never flow into another system.
 */
final class TokenCheck {

    /** Between our clock and the identity provider's; two machines with a time service differ by far less. */
    private static final int CLOCK_SKEW_SECONDS = 30;

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private TokenCheck(JWKSource<SecurityContext> keys, DefaultJOSEObjectTypeVerifier<SecurityContext> types) {
        processor.setJWSTypeVerifier(types);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    }

    /** For access tokens that were issued for the audience. */
    static TokenCheck ofAccessTokens(String issuer, String audience, JWKSource<SecurityContext> keys) {
        var check = new TokenCheck(
                keys, new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        check.require(
                audience,
                new JWTClaimsSet.Builder().issuer(issuer).claim("typ", "Bearer").build(),
                Set.of("exp", "iat", "sub", "sid", "azp"));
        return check;
    }

    /** For the identity provider's notices that a session has ended (OpenID Connect Back-Channel Logout 1.0, 2.4). */
    static TokenCheck ofLogoutTokens(String issuer, String clientId, JWKSource<SecurityContext> keys) {
        var check = new TokenCheck(
                keys, new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("logout+jwt")));
        check.require(
                clientId, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("iat", "jti", "events", "sid"));
        return check;
    }

    private void require(String audience, JWTClaimsSet exact, Set<String> present) {
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(audience, exact, present);
        verifier.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(verifier);
    }

    /**
     * Checks one token.
     *
     * @return its claims, which may now be believed
     * @throws InvalidTokenException if it is not valid, for whatever reason
     * @throws IdentityProviderUnavailableException if its signature could not be checked for want of the keys
     */
    JWTClaimsSet check(String token) throws InvalidTokenException, IdentityProviderUnavailableException {
        try {
            return processor.process(token, null);
        } catch (KeySourceException noKeys) {
            throw new IdentityProviderUnavailableException(noKeys);
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException invalid) {
            throw new InvalidTokenException(invalid);
        }
    }
}
