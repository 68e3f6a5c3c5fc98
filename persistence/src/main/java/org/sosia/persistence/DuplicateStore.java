package org.sosia.persistence;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** The duplicate store, in process, which is also the mediator of every opening. */
@Stateless
@PermitAll
@Local({DuplicateCloud.class, Steps.class})
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DuplicateStore extends JpaCloud implements DuplicateCloud {

    @PersistenceContext(unitName = "duplicate")
    EntityManager entities;

    @Resource(lookup = "java:app/jdbc/store_b")
    DataSource source;

    @Resource
    ManagedExecutorService threads;

    @Resource
    SessionContext context;

    @Override
    EntityManager entities() {
        return entities;
    }

    @Override
    DataSource source() {
        return source;
    }

    @Override
    Executor threads() {
        return threads;
    }

    @Override
    Steps steps() {
        return context.getBusinessObject(Steps.class);
    }

    @Override
    public void keepTransformKey(String realm, String subject, byte[] key) {
        entities().merge(new TransformKeyRow(realm, subject, key, false));
    }

    @Override
    public void keepCertificate(String realm, byte[] certificate) {
        keepCertificateOf("realm " + realm, certificate);
    }

    @Override
    public Optional<Computed> transform(String realm, String subject, byte[] header) {
        return Optional.ofNullable(entities().find(TransformKeyRow.class, new TransformKeyId(realm, subject)))
                .filter(key -> !key.revoked())
                .flatMap(key -> Headers.transform(
                        key.encoded(), header, certificateOf("realm " + realm).orElse(null), operator(), now()));
    }

    @Override
    public void revoke(String realm, String subject) {
        entities().merge(new TransformKeyRow(realm, subject, new byte[0], true));
    }
}
