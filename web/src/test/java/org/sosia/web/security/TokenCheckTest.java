package org.sosia.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.identity.Credentials;

class TokenCheckTest {
    private static final String ISSUER = "https://id.example.org/realms/sosia";
    private static Instant now;

    private static RSAKey ours;
    private static RSAKey foreign;
    private static TokenCheck check;

    @BeforeAll
    static void makeKeys() throws JOSEException {
        now = Instant.now();
        ours = new RSAKeyGenerator(2048).keyID("ours").generate();
        // The same key id: otherwise the key would simply not be found, and the signature never checked.
        foreign = new RSAKeyGenerator(2048).keyID("ours").generate();
        check = TokenCheck.ofAccessTokens(ISSUER, "sosia-api", new ImmutableJWKSet<>(new JWKSet(ours.toPublicJWK())));
    }

    @Test
    void aTokenForUsIsBelieved() throws Exception {
        var credentials = credentials(signed(valid()));

        assertThat(credentials.subject()).isEqualTo("f1");
        assertThat(credentials.name()).isEqualTo("Dora Doctor");
        assertThat(credentials.roles()).containsExactly("doctor");
        assertThat(credentials.assurance()).isEqualTo(2);
        assertThat(credentials.authenticatedAt()).isEqualTo(Instant.ofEpochSecond(now.getEpochSecond()));
        assertThat(credentials.session()).isEqualTo("s1");
        assertThat(credentials.client()).isEqualTo("sosia-cli");
        assertThat(credentials.browser()).isFalse();
    }

    @Test
    void aTokenForSomebodyElseIsNot() throws Exception {
        refuses(signed(valid().audience("other-client")));
        refuses(signed(valid().audience(List.of())));
    }

    @Test
    void aTokenOfAnotherIssuerIsNot() throws Exception {
        refuses(signed(valid().issuer("https://id.example.org/realms/other")));
        refuses(signed(valid().issuer(null)));
    }

    @Test
    void anExpiredTokenIsNot() throws Exception {
        refuses(signed(valid().expirationTime(ago(Duration.ofMinutes(2)))));
        refuses(signed(valid().expirationTime(null)));
    }

    @Test
    void aTokenForLaterIsNot() throws Exception {
        refuses(signed(valid().notBeforeTime(ago(Duration.ofMinutes(-2)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", ""})
    void aTokenOfAnotherKindIsNot(String kind) throws Exception {
        refuses(signed(valid().claim("typ", kind)));
    }

    @Test
    void aForeignSignatureIsNot() throws Exception {
        refuses(signed(valid().build(), foreign));
    }

    @Test
    void aTokenWithoutASignatureIsNot() throws Exception {
        refuses(new PlainJWT(valid().build()).serialize());
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsNot() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("ours").build(), valid().build());
        jwt.sign(new MACSigner(ours.toRSAPublicKey().getEncoded()));

        refuses(jwt.serialize());
    }

    @Test
    void aChangedTokenIsNot() throws Exception {
        var parts = signed(valid()).split("\\.", -1);
        var other = signed(valid().subject("f2")).split("\\.", -1);

        refuses(parts[0] + "." + other[1] + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.", "eyJhbGciOiJub25lIn0.e30."})
    void whatIsNoTokenIsNot(String text) {
        refuses(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid", "azp", "iat"})
    void aTokenThatSaysTooLittleIsNot(String claim) throws Exception {
        refuses(signed(valid().claim(claim, null)));
    }

    @Test
    void withoutGroupsAPersonHasNoRole() throws Exception {
        assertThat(credentials(signed(valid().claim("groups", null))).roles()).isEmpty();
        assertThat(credentials(signed(valid().claim("groups", "doctor"))).roles())
                .isEmpty();
        assertThat(credentials(signed(valid().claim("groups", List.of("offline_access", 7))))
                        .roles())
                .isEmpty();
    }

    @Test
    void whatATokenDoesNotSayCountsAsTheWeakest() throws Exception {
        var silent = credentials(signed(valid().claim("acr", null).claim("auth_time", null)));
        var odd = credentials(signed(valid().claim("acr", "gold").claim("auth_time", "now")));

        var beyond = credentials(signed(valid().claim("acr", "10").claim("auth_time", Long.MAX_VALUE)));
        var before = credentials(signed(valid().claim("acr", "-1").claim("auth_time", Long.MIN_VALUE)));

        assertThat(List.of(silent, odd, beyond, before)).allSatisfy(credentials -> {
            assertThat(credentials.assurance()).isZero();
            assertThat(credentials.authenticatedAt()).isEqualTo(Instant.EPOCH);
        });
    }

    @Test
    void missingKeysAreNotAForgery() {
        var unreachable = TokenCheck.ofAccessTokens(ISSUER, "sosia-api", (selector, context) -> {
            throw new KeySourceException("unreachable");
        });

        assertThatThrownBy(() -> unreachable.check(signed(valid())))
                .isInstanceOf(IdentityProviderUnavailableException.class);
    }

    @Test
    void aLogoutTokenIsNoAccessTokenAndTheOtherWayRound() throws Exception {
        var logouts =
                TokenCheck.ofLogoutTokens(ISSUER, "sosia-web", new ImmutableJWKSet<>(new JWKSet(ours.toPublicJWK())));
        var notice = signed(new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("sosia-web")
                .issueTime(Date.from(now))
                .jwtID("j1")
                .claim("sid", "s1")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));

        assertThat(logouts.check(notice).getStringClaim("sid")).isEqualTo("s1");
        refuses(notice);
        assertThatThrownBy(() -> logouts.check(signed(valid()))).isInstanceOf(InvalidTokenException.class);
    }

    private static JWTClaimsSet.Builder valid() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("sosia-api", "account"))
                .subject("f1")
                .issueTime(Date.from(now))
                .expirationTime(ago(Duration.ofMinutes(-5)))
                .claim("typ", "Bearer")
                .claim("azp", "sosia-cli")
                .claim("sid", "s1")
                .claim("acr", "2")
                .claim("auth_time", now.getEpochSecond())
                .claim("name", "Dora Doctor")
                .claim("groups", List.of("doctor", "default-roles-sosia"));
    }

    private static Date ago(Duration duration) {
        return Date.from(now.minus(duration));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims.build(), ours);
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static Credentials credentials(String token) throws Exception {
        return new PersonClaims(check.check(token).getClaims()).toCredentials("192.0.2.1", false, false);
    }

    private static void refuses(String token) {
        assertThatThrownBy(() -> check.check(token)).isInstanceOf(InvalidTokenException.class);
    }
}
