package org.sosia.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.sosia.fuzz.FuzzedParsers;
import org.sosia.fuzz.Parser;

/** Tokens, as anybody can send one, and what the claims of one are taken to say. */
class TokenParsersTest extends FuzzedParsers {
    private static final String ISSUER = "https://id.example.org/realms/sosia";

    @Override
    public List<Parser> parsers() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("ours").generate();
        TokenCheck check = TokenCheck.ofAccessTokens(ISSUER, "sosia-api", new ImmutableJWKSet<>(new JWKSet(key)));
        return List.of(
                Parser.ofText("access token", check::check, token(key)),
                Parser.judging(
                        "claims",
                        json -> {
                            PersonClaims claims = new PersonClaims(
                                    JWTClaimsSet.parse(new String(json, UTF_8)).getClaims());
                            claims.subject();
                            claims.session();
                            claims.assurance();
                            claims.authenticatedAt();
                            claims.roles();
                        },
                        "{\"sub\":\"f1\",\"sid\":\"s1\",\"acr\":\"2\",\"auth_time\":1800000000,\"groups\":[\"doctor\"]}"
                                .getBytes(UTF_8)));
    }

    private static String token(RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("ours")
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("sosia-api")
                        .subject("f1")
                        .expirationTime(Date.from(Instant.parse("2099-01-01T00:00:00Z")))
                        .issueTime(Date.from(Instant.parse("2026-01-01T00:00:00Z")))
                        .claim("typ", "Bearer")
                        .claim("sid", "s1")
                        .claim("azp", "sosia-cli")
                        .claim("realm_access", Map.of("roles", List.of("doctor")))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
