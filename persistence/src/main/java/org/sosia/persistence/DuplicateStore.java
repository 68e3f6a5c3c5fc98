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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.keywords.CounterServer;
import org.sosia.crypto.keywords.KeyHalves;
import org.sosia.crypto.keywords.KeywordGrants.Right;
import org.sosia.crypto.policy.Attribute;

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

    @Inject
    @ConfigProperty(name = "sosia.inbox.tests-per-hour", defaultValue = "200000")
    int mostTestsAnHour;

    /** The own half of the keys of words, for the counts: see {@link OwnSecret}. */
    private static final String COUNTS = "tally";

    private volatile @Nullable KeyHalves countHalves;

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

    @Override
    public void keepTransformKey(String realm, String subject, byte[] parameters, byte[] key) {
        Levers levers = levers(realm, subject);
        if (isOpen(realm, parameters)) {
            levers.keep(parameters, key);
        }
    }

    @Override
    public boolean renewTransformKey(String realm, String subject, byte[] parameters, byte[] key) {
        Levers levers = levers(realm, subject);
        if (!levers.mediates()) {
            return false;
        }
        if (isOpen(realm, parameters)) {
            levers.keep(parameters, key);
        }
        return true;
    }

    private boolean isOpen(String realm, byte[] parameters) {
        return !new BasisTable(Sql.in(entities())).isClosed(served(realm), parameters);
    }

    @Override
    public void nameTransformKeys(String realm, byte[] parameters) {
        Levers.name(Sql.in(entities()), realm, parameters);
    }

    @Override
    public void closeParameters(String realm, byte[] parameters) {
        Sql sql = Sql.in(entities());
        new BasisTable(sql).close(served(realm), parameters);
        Levers.drop(sql, realm, parameters);
    }

    @Override
    public long dropAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit) {
        for (String realm : realms.stream().sorted().toList()) {
            levers(realm, subject).lose(attribute);
        }
        return audit(audit);
    }

    @Override
    public void giveBackAttribute(List<String> realms, String subject, Attribute attribute, AuditEvent audit) {
        for (String realm : realms.stream().sorted().toList()) {
            levers(realm, subject).giveBack(attribute);
        }
        audit(audit);
    }

    private Levers levers(String realm, String subject) {
        return Levers.locked(Sql.in(entities()), realm, subject);
    }

    @Override
    public void keepCertificate(String realm, byte[] certificate) {
        keepCertificateOf(served(realm), certificate);
    }

    /** As a name beside that of the hospital whose store this is. */
    private static String served(String realm) {
        return "realm " + realm;
    }

    @Override
    public byte[] operators(String realm) {
        return operatorsFor(served(realm));
    }

    @Override
    public byte[] renewOperator(String realm, int known) {
        return renewOperatorFor(served(realm), known);
    }

    @Override
    public Optional<Computed> transform(String realm, String subject, byte[] header) {
        Sql sql = Sql.in(entities());
        Header sound = Headers.verified(header, certificateOf(served(realm)).orElse(null));
        byte[] parameters = sound.parametersDigest();
        new BasisTable(sql).requireOpen(served(realm), parameters);
        return Levers.key(sql, realm, subject, parameters)
                .flatMap(key -> Headers.transform(key, sound, operator(served(realm)), now()));
    }

    @Override
    public void keepPad(String realm, UUID referral, String subject, byte[] pad, Instant expires) {
        if (pad.length > MAX_PAD_BYTES) {
            throw new IllegalArgumentException("a pad of more than 256 KiB");
        }
        Sql.in(entities()).update("""
                        INSERT INTO pad (realm, id, subject, body, expires_at) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (realm, id) DO UPDATE SET
                            subject = excluded.subject, body = excluded.body, expires_at = excluded.expires_at
                        """, realm, referral, subject, pad, expires);
        Sql.in(entities()).update("DELETE FROM pad WHERE expires_at < now() - interval '1 day'");
    }

    @Override
    public Optional<byte[]> pad(String realm, String subject, UUID referral, Instant now) {
        return Sql.in(entities()).first("""
                        SELECT body FROM pad WHERE realm = ? AND id = ? AND subject = ? AND expires_at > ?
                        AND EXISTS (SELECT 1 FROM lever WHERE lever.realm = pad.realm AND lever.subject = pad.subject AND NOT revoked)
                        """, row -> row.getBytes(1), realm, referral, subject, now);
    }

    @Override
    public void dropPad(String realm, UUID referral) {
        Sql sql = Sql.in(entities());
        sql.update("DELETE FROM pad WHERE realm = ? AND id = ?", realm, referral);
        TagTable.drop(sql, referral);
    }

    @Override
    public void revoke(String realm, String subject) {
        levers(realm, subject).revoke();
    }

    // --------------------------------------------------------------------------------------------------------- words

    @Override
    public List<byte[]> evaluateForCounts(WordReader who, List<byte[]> blinded) {
        return WordTables.evaluate(() -> countServer(who).evaluate(blinded));
    }

    @Override
    public List<WordCount> readCounts(WordReader who, List<UUID> slots) {
        return WordTables.counts(slots, WordTables.ask(() -> countServer(who).read(slots)));
    }

    @Override
    public void advanceCounts(WordReader who, List<WordCount> counts) {
        if (!WordTables.ask(() -> countServer(who).advance(WordTables.counters(counts)))) {
            throw new StoreConflictException(who.owner());
        }
    }

    private CounterServer countServer(WordReader who) {
        Sql sql = Sql.in(entities());
        KeyHalves halves = countHalves;
        if (halves == null) {
            OwnSecret own = OwnSecret.of(sql, COUNTS);
            halves = new KeyHalves(own.bytes());
            countHalves = own.isLasting() ? halves : null;
        }
        return WordTables.counts(
                new WordTables(sql),
                halves,
                (owner, caller, right) -> who.isOwner() || (right == Right.SEARCH && mediatesFor(who)),
                who);
    }

    /** Whom this cloud was told to refuse, it refuses here as well. */
    private boolean mediatesFor(WordReader who) {
        return Levers.mediates(Sql.in(entities()), who.realm(), who.caller());
    }
}
