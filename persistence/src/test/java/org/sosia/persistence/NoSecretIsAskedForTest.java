package org.sosia.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * What a hospital can say to a cloud, and a cloud to a hospital, is made of bytes, ids, times, states and counts: no type that holds
 * a secret or could open anything can be reached from the signatures, so neither side can even express a request for one.
 */
class NoSecretIsAskedForTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                OriginalCloud.class,
                DuplicateCloud.class,
                GrantKeeper.class,
                Mediator.class,
                Cloud.class,
                EntryKeeper.class,
                CountKeeper.class,
                GalleryServer.class,
                TagServer.class
            })
    void nothingThatOpensCanBeReachedFromACloudsSignatures(Class<?> cloud) {
        Set<Class<?>> reached = new LinkedHashSet<>();
        for (Method method : cloud.getMethods()) {
            reach(method.getGenericReturnType(), reached);
            for (Type parameter : method.getGenericParameterTypes()) {
                reach(parameter, reached);
            }
        }

        assertThat(reached).contains(byte[].class);
        assertThat(reached).noneMatch(SecretMaterial.class::isAssignableFrom);
        assertThat(reached)
                .filteredOn(type -> type.getName().startsWith("org.sosia."))
                // An attribute is a name; clouds read them in every policy.
                .allMatch(type -> type.getPackage() == Cloud.class.getPackage()
                        || type == SealedSource.class
                        || type == Attribute.class);
    }

    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            reach(generic.getRawType(), reached);
            for (Type argument : generic.getActualTypeArguments()) {
                reach(argument, reached);
            }
        } else if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getUpperBounds()) {
                reach(bound, reached);
            }
        } else if (type instanceof Class<?> plain && reached.add(plain)) {
            fields(plain, reached);
        }
    }

    /** Of our own types also what they carry. */
    private static void fields(Class<?> type, Set<Class<?>> reached) {
        if (type.getPackage() == Cloud.class.getPackage()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    reach(field.getGenericType(), reached);
                }
            }
        }
    }
}
