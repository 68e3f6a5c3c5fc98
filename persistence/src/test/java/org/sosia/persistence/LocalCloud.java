package org.sosia.persistence;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store's bean without a container: each call gets a transaction of its own, unless the bean says otherwise. */
final class LocalCloud<C extends Cloud> {

    static final int TESTS_AN_HOUR = 200;

    private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();
    private static final Executor THREADS = Executors.newFixedThreadPool(2, LocalCloud::daemon);

    private final EntityManagerFactory unit;
    private final C bean;
    private final C cloud;

    private LocalCloud(String unitName, DataSource source, Class<C> type, BeanMaker<C> maker) {
        this.unit = Persistence.createEntityManagerFactory(
                unitName,
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource", "",
                        "jakarta.persistence.nonJtaDataSource", source));
        Object proxy = Proxy.newProxyInstance(
                LocalCloud.class.getClassLoader(), new Class<?>[] {type, Steps.class}, this::invoke);
        this.cloud = type.cast(proxy);
        this.bean = maker.bean((Steps) proxy, source);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "content");
        thread.setDaemon(true);
        return thread;
    }

    /** Makes the bean under test. */
    private interface BeanMaker<C extends Cloud> {
        C bean(Steps steps, DataSource source);
    }

    static LocalCloud<OriginalCloud> original(DataSource source) {
        return new LocalCloud<>("original", source, OriginalCloud.class, LocalOriginal::new);
    }

    static LocalCloud<DuplicateCloud> duplicate(DataSource source) {
        return new LocalCloud<>("duplicate", source, DuplicateCloud.class, LocalDuplicate::new);
    }

    C cloud() {
        return cloud;
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return withoutTransaction(method) ? call(method, arguments) : inTransaction(method, arguments);
    }

    private @Nullable Object inTransaction(Method method, Object @Nullable [] arguments) throws Throwable {
        EntityManager suspended = CURRENT.get();
        EntityManager entities = unit.createEntityManager();
        CURRENT.set(entities);
        try (entities) {
            entities.getTransaction().begin();
            try {
                Object answer = call(method, arguments);
                entities.getTransaction().commit();
                return answer;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        } finally {
            CURRENT.set(suspended);
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNull(thrown.getCause());
        }
    }

    private static boolean withoutTransaction(Method method) {
        try {
            TransactionAttribute own = JpaCloud.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getAnnotation(TransactionAttribute.class);
            return own != null && own.value() == TransactionAttributeType.NOT_SUPPORTED;
        } catch (NoSuchMethodException ofTheMediator) {
            return false;
        }
    }

    private static final class LocalOriginal extends OriginalStore {

        private final Steps steps;

        LocalOriginal(Steps steps, DataSource source) {
            this.steps = steps;
            this.source = source;
            this.mostTestsAnHour = TESTS_AN_HOUR;
        }

        @Override
        EntityManager entities() {
            return CURRENT.get();
        }

        @Override
        Executor threads() {
            return THREADS;
        }

        @Override
        Steps steps() {
            return steps;
        }
    }

    private static final class LocalDuplicate extends DuplicateStore {

        private final Steps steps;

        LocalDuplicate(Steps steps, DataSource source) {
            this.steps = steps;
            this.source = source;
            this.mostTestsAnHour = TESTS_AN_HOUR;
        }

        @Override
        EntityManager entities() {
            return CURRENT.get();
        }

        @Override
        Executor threads() {
            return THREADS;
        }

        @Override
        Steps steps() {
            return steps;
        }
    }
}
