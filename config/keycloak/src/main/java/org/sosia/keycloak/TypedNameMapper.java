package org.sosia.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        if (typed == null || token.getPreferredUsername() == null) {
            return;
        }
        List<String> words = words(typed);
        token.setPreferredUsername(typed.toLowerCase(Locale.ROOT));
        token.setName(String.join(" ", words));
        token.setGivenName(words.get(0));
        token.setFamilyName(words.size() > 1 ? words.get(words.size() - 1) : null);
        token.setEmail(emailLike(token.getEmail(), typed));
    }

    /** {@code dora.doctor} becomes Dora, Doctor. */
    static List<String> words(String typed) {
        List<String> words = Arrays.stream(typed.split("[._@ -]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.toList());
        return words.isEmpty() ? List.of(typed) : words;
    }

    private static @Nullable String emailLike(@Nullable String planted, String typed) {
        return planted == null || typed.contains("@") ? planted : typed + planted.substring(planted.indexOf('@'));
    }
}
