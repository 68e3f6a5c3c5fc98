package org.sosia.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;

/**
 * How a browser signs in: the authorization code flow, as a confidential client, asking for the second factor.
 *
 * <p>A person without a second factor still gets in, with a lower assurance; what that is worth is decided behind the
 * doors. Tokens are renewed while the identity provider's session lives and not longer: a renewal that fails ends the
 * session here.
 */
@ApplicationScoped
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${identityProvider.issuer}",
        clientId = "${identityProvider.clientId}",
        clientSecret = "${identityProvider.clientSecret}",
        redirectURI = "${baseURL}" + Paths.CALLBACK,
        scope = {"openid", "profile"},
        extraParameters = "acr_values=2",
        claimsDefinition = @ClaimsDefinition(callerNameClaim = "sub", callerGroupsClaim = "groups"),
        jwksConnectTimeout = 5000,
        jwksReadTimeout = 5000,
        tokenAutoRefresh = true,
        tokenMinValidity = 10_000)
public class BrowserSignIn {}
