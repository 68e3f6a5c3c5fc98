package org.sosia.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/** Calls a deceived guesser by the name that was typed: being greeted as somebody else would end the pretence. */
public final class TypedNameMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    @Override
    public String getId() {
        return "sosia-typed-name";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "The name that was typed, for planted identities";
    }

    @Override
    public String getHelpText() {
        return "Replaces the names of a planted identity by the one that the guesser typed. Others keep theirs.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    /** After Keycloak's own mappers, whose names it replaces. */
    @Override
    public int getPriority() {
        return 1000;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel session,
            KeycloakSession keycloak,
            ClientSessionContext client) {
        String typed = session.getNote(HoneyPool.TYPED);
        if (typed == null) {
            return;
        }
        // Keycloak's mappers put these among the other claims, not into the token's own fields.
        Map<String, Object> claims = token.getOtherClaims();
        List<String> words = words(typed);
        claims.replace("preferred_username", typed.toLowerCase(Locale.ROOT));
        claims.replace("name", String.join(" ", words));
        claims.replace("given_name", words.get(0));
        claims.replace("family_name", words.get(words.size() - 1));
        claims.computeIfPresent("email", (claim, planted) -> emailLike(planted.toString(), typed));
    }

    /** {@code dora.doctor} becomes Dora, Doctor. */
    static List<String> words(String typed) {
        List<String> words = Arrays.stream(typed.split("[._@ -]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.toList());
        return words.isEmpty() ? List.of(typed) : words;
    }

    private static String emailLike(String planted, String typed) {
        return typed.contains("@") ? typed : typed + planted.substring(planted.indexOf('@'));
    }
}
