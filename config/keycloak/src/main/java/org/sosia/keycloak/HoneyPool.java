package org.sosia.keycloak;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** The planted accounts of a realm: those whose attribute {@code honey} is {@code true}. */
final class HoneyPool {

    /** The user-session note that says so; shown by introspection only. */
    static final String VERDICT = "sosia.verdict";

    static final String DECEIVED = "deceived";

    /** The user-session note with the name that was typed. */
    static final String TYPED = "sosia.typed";

    private static final String ATTRIBUTE = "honey";

    private HoneyPool() {}

    static boolean contains(@Nullable UserModel user) {
        return user != null && Boolean.parseBoolean(user.getFirstAttribute(ATTRIBUTE));
    }

    /** A planted account of the same role as the one that was guessed at, if there is one; else any. */
    static Optional<UserModel> pick(
            AuthenticationFlowContext context, @Nullable UserModel guessedAt, String typed, Deception deception) {
        List<UserModel> pool = context.getSession()
                .users()
                .searchForUserByUserAttributeStream(context.getRealm(), ATTRIBUTE, "true")
                .filter(UserModel::isEnabled)
                .sorted(Comparator.comparing(UserModel::getId))
                .toList();
        // A name that nobody has becomes one of the many, never an office that there is only once.
        Set<String> roles = guessedAt == null ? Set.of("doctor") : roles(guessedAt);
        List<UserModel> alike =
                pool.stream().filter(planted -> roles(planted).equals(roles)).toList();
        pool = alike.isEmpty() ? pool : alike;
        return pool.isEmpty() ? Optional.empty() : Optional.of(pool.get(deception.choose(typed, pool.size())));
    }

    private static Set<String> roles(UserModel user) {
        return user.getRealmRoleMappingsStream().map(RoleModel::getName).collect(Collectors.toSet());
    }
}
