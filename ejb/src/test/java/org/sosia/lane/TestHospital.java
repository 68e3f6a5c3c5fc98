package org.sosia.lane;

import jakarta.ejb.Singleton;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.keys.KeysDoNotFitException;
import org.sosia.persistence.DuplicateCloud;
import org.sosia.persistence.DuplicateGallery;
import org.sosia.persistence.MemoryCloud;
import org.sosia.persistence.MemoryGallery;
import org.sosia.persistence.OriginalCloud;
import org.sosia.persistence.OriginalGallery;

/**
 * The whole hospital and its twin over two clouds in memory, with real cryptography: what stands between a door and the stores is
 * the real thing. Each {@link #signIn} begins a new request.
 *
 * <p>Roles are the container's business and not checked here.
 */
public final class TestHospital {

    public static final String OWNER = "olga";
    public static final String OTHER_OWNER = "otto";
    public static final String DOCTOR = "dora";
    public static final String OTHER_DOCTOR = "derek";
    public static final String PATIENT = "pat";
    public static final String POLICY = "role:doctor and department:cardiology";

    public final SettableClock clock = new SettableClock();
    public final MemoryCloud a = new MemoryCloud(clock);
    public final MemoryCloud b = new MemoryCloud(clock);
    private final List<MemoryGallery> galleries = MemoryGallery.over(a, b, clock);
    public final MemoryGallery galleryA = galleries.get(0);
    public final MemoryGallery galleryB = galleries.get(1);
    public final Path keyDirectory;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<Class<?>, Object> forTheApplication = new HashMap<>();
    private final Map<Class<?>, Object> forTheRequest = new HashMap<>();

    public TestHospital() {
        this(Map.of());
    }

    /** One with settings of its own. */
    public TestHospital(Map<String, String> own) {
        settings.putAll(own);
        try {
            keyDirectory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "keys")), "hospital");
            settings.put("sosia.keys.dir", keyDirectory.toString());
            settings.put("sosia.locale", "en-GB");
            settings.put("sosia.webhook.url", "http://desk.example/hook");
            bean(Housekeeping.class).unlock();
            enrol(OWNER, "data-owner", Set.of());
            enrol(OTHER_OWNER, "data-owner", Set.of());
            enrol(DOCTOR, "doctor", Set.of("role:doctor", "department:cardiology"));
            enrol(OTHER_DOCTOR, "doctor", Set.of("role:doctor", "department:oncology"));
            enrol(PATIENT, "patient", Set.of("role:patient"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (KeysDoNotFitException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Registers and approves somebody. */
    public void enrol(String subject, String role, Set<String> attributes) {
        try {
            Set<Attribute> parsed = new HashSet<>();
            for (String attribute : attributes) {
                parsed.add(Attribute.parse(attribute));
            }
            bean(Enrolment.class).enrol(subject, "The real " + subject, Set.of(role), parsed, Set.<UUID>of());
        } catch (PolicySyntaxException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public Hospital real() {
        return bean(Hospitals.class).real();
    }

    public Hospital twin() {
        return bean(Hospitals.class).twin();
    }

    /** A setting, for beans that are made afterwards. */
    public void set(String setting, String value) {
        settings.put(setting, value);
    }

    // ------------------------------------------------------------------------------------------------------- sign-ins

    /** Proven in every way: a fresh sign-in of level 2 by a program, in a session named after the person. */
    public Credentials proven(String subject, String role) {
        return new Credentials(
                subject,
                "Name of " + subject,
                Set.of(role),
                2,
                clock.instant().minusSeconds(5),
                "session-of-" + subject,
                "sosia-cli",
                "192.0.2.7",
                false,
                false);
    }

    /** The same with the password alone. */
    public Credentials low(String subject, String role) {
        return in(withAssurance(proven(subject, role), 1), "low-session-of-" + subject);
    }

    public static Credentials withAssurance(Credentials who, int assurance) {
        return new Credentials(
                who.subject(),
                who.name(),
                who.roles(),
                assurance,
                who.authenticatedAt(),
                who.session(),
                who.client(),
                who.source(),
                who.browser(),
                who.deceived());
    }

    /** The same person in another session. */
    public static Credentials in(Credentials who, String session) {
        return new Credentials(
                who.subject(),
                who.name(),
                who.roles(),
                who.assurance(),
                who.authenticatedAt(),
                session,
                who.client(),
                who.source(),
                who.browser(),
                who.deceived());
    }

    /** The same person in front of the screens. */
    public static Credentials atTheScreen(Credentials who) {
        return new Credentials(
                who.subject(),
                who.name(),
                who.roles(),
                who.assurance(),
                who.authenticatedAt(),
                who.session(),
                who.client(),
                who.source(),
                true,
                who.deceived());
    }

    /** Begins a new request of this caller. */
    public TestHospital signIn(Credentials who) {
        forTheRequest.clear();
        bean(Caller.class).establish(who);
        return this;
    }

    /** Begins a new request in which nobody is established. */
    public TestHospital signOut() {
        forTheRequest.clear();
        return this;
    }

    // ------------------------------------------------------------------------------------------- a very small
    // container

    /** A bean or a door, with everything injected that it asks for. */
    public <T> T bean(Class<T> type) {
        if (type == OriginalCloud.class) {
            return type.cast(a);
        }
        if (type == DuplicateCloud.class) {
            return type.cast(b);
        }
        if (type == OriginalGallery.class) {
            return type.cast(galleryA);
        }
        if (type == DuplicateGallery.class) {
            return type.cast(galleryB);
        }
        if (type.isAnnotationPresent(ApplicationScoped.class) || type.isAnnotationPresent(Singleton.class)) {
            return kept(forTheApplication, type);
        }
        if (type.isAnnotationPresent(RequestScoped.class)) {
            return kept(forTheRequest, type);
        }
        return made(type);
    }

    private <T> T kept(Map<Class<?>, Object> scope, Class<T> type) {
        Object known = scope.get(type);
        if (known == null) {
            known = made(type);
            scope.put(type, known);
        }
        return type.cast(known);
    }

    private <T> T made(Class<T> type) {
        try {
            T made = construct(type);
            for (Field field : type.getDeclaredFields()) {
                inject(made, field);
            }
            return made;
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("cannot make " + type, failed);
        }
    }

    private <T> T construct(Class<T> type) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class)) {
                constructor.setAccessible(true);
                Parameter[] parameters = constructor.getParameters();
                Object[] arguments = new Object[parameters.length];
                for (int i = 0; i < parameters.length; i++) {
                    arguments[i] = value(parameters[i].getType(), parameters[i].getAnnotation(ConfigProperty.class));
                }
                return type.cast(constructor.newInstance(arguments));
            }
        }
        Constructor<T> plain = type.getDeclaredConstructor();
        plain.setAccessible(true);
        return plain.newInstance();
    }

    private void inject(Object made, Field field) throws IllegalAccessException {
        field.setAccessible(true);
        if (field.isAnnotationPresent(Inject.class)) {
            field.set(made, value(field.getType(), field.getAnnotation(ConfigProperty.class)));
        } else if (field.getType() == Clock.class && !Modifier.isStatic(field.getModifiers())) {
            field.set(made, clock);
        }
    }

    private Object value(Class<?> type, @Nullable ConfigProperty property) {
        if (property == null) {
            return bean(type);
        }
        String text = settings.get(property.name());
        if (type == Optional.class) {
            return Optional.ofNullable(text);
        }
        if (text == null) {
            text = property.defaultValue();
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        return type == Duration.class ? Duration.parse(text) : text;
    }
}
