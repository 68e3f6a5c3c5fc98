package org.sosia.persistence;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The original store, in process. A remote operator would be another implementation of the same interface. */
@Stateless
@PermitAll
@Local({OriginalCloud.class, Steps.class})
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OriginalStore extends JpaCloud implements OriginalCloud {

    @PersistenceContext(unitName = "original")
    EntityManager entities;

    @Resource(lookup = "java:app/jdbc/store_a")
    DataSource source;

    @Resource
    ManagedExecutorService threads;

    @Resource
    SessionContext context;

    @Inject
    @ConfigProperty(name = "sosia.inbox.tests-per-hour", defaultValue = "200000")
    int mostTestsAnHour;

    @Override
    EntityManager entities() {
        return entities;
    }

    @Override
    DataSource source() {
        return source;
    }

    @Override
    int mostTestsAnHour() {
        return mostTestsAnHour;
    }

    @Override
    Executor threads() {
        return threads;
    }

    @Override
    Steps steps() {
        return context.getBusinessObject(Steps.class);
    }
}
