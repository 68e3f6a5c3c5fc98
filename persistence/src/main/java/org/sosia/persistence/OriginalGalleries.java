package org.sosia.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Cloud A's server of galleries, in process, or in front of a process of its own: {@link Wiring}. */
@ApplicationScoped
public class OriginalGalleries extends JdbcGallery implements OriginalGallery {

    @Resource(lookup = "java:app/jdbc/store_a")
    DataSource source;

    @Resource
    ManagedExecutorService threads;

    @Inject
    Wiring wiring;

    @Inject
    @ConfigProperty(name = "sosia.search.per-hour", defaultValue = "120")
    int mostAnHour;

    @Override
    DataSource source() {
        return source;
    }

    @Override
    Executor threads() {
        return threads;
    }

    @Override
    Wires wires() {
        return wiring.wires();
    }

    @Override
    @Nullable
    RemoteServer elsewhere() {
        return wiring.serverA();
    }

    @Override
    int mostAnHour() {
        return mostAnHour;
    }

    @PreDestroy
    void stop() {
        close();
    }
}
