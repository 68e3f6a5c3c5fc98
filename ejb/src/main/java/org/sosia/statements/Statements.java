package org.sosia.statements;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sosia.crypto.statement.Statement;
import org.sosia.crypto.statement.Work;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.AuditEntry;

/** Shows what the clouds signed about an opening, and does their work again to tell whether they lied. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Statements {

    /** The two shares of an opening, by the names under which the audit chain has them. */
    private static final List<Work> SHARES = List.of(Work.TRANSFORMATION, Work.CONVERSION);

    @Inject
    Lanes lanes;

    /**
     * What the clouds signed about the opening that an audit entry of the caller's hospital tells of; empty if that entry tells of
     * none, or is none.
     *
     * @param entry its number, from 1
     */
    @RolesAllowed(Roles.SECURITY_DESK)
    public List<StatementView> of(long entry) throws IntegrityException {
        Hospital hospital = lanes.hospital();
        List<StatementView> views = new ArrayList<>();
        try {
            for (AuditEntry found : hospital.store().auditEntries(Math.max(0, entry - 1), 1)) {
                Map<String, String> details = found.seq() == entry ? hospital.details(found) : Map.of();
                for (Work share : SHARES) {
                    String text = details.get(share.name().toLowerCase(Locale.ROOT));
                    if (text != null) {
                        views.add(view(hospital, share, text));
                    }
                }
            }
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
        return views;
    }

    private static StatementView view(Hospital hospital, Work share, String text) throws GeneralSecurityException {
        boolean byMediator = share == Work.TRANSFORMATION;
        Statement said = Statement.decode(Base64.getDecoder().decode(text));
        X509Certificate certificate = said.signer(byMediator ? hospital.mediatorKeys() : hospital.keeperKeys());
        return new StatementView(
                share.name().toLowerCase(Locale.ROOT),
                byMediator ? "mediator" : "keeper",
                said.at(),
                text,
                Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }

    /**
     * Judges a statement by doing the work again. Nothing is believed and nothing is looked up: the answer follows from the four
     * values alone, and anybody with the library computes the same.
     *
     * @param statement the encoded statement
     * @param certificate the certificate (X.509, DER) that the cloud showed
     * @param header the encoded header, as its owner signed it
     * @param key the encoded key that the work was done with: a transform key, or the half of a grant
     * @throws UnreadableStatementException if the statement or the certificate cannot be read
     */
    @RolesAllowed({Roles.SECURITY_DESK, Roles.CLOUD_OPERATOR, Roles.DATA_OWNER})
    public Judgement check(byte[] statement, byte[] certificate, byte[] header, byte[] key)
            throws UnreadableStatementException {
        Statement said = statement(statement);
        return switch (said.proves(certificate(certificate), header, key)) {
            case RIGHT -> Judgement.RIGHT;
            case WRONG -> Judgement.WRONG;
            case NOTHING -> Judgement.NOTHING;
        };
    }

    private static Statement statement(byte[] encoded) throws UnreadableStatementException {
        try {
            return Statement.decode(encoded);
        } catch (GeneralSecurityException malformed) {
            throw new UnreadableStatementException("statement", malformed);
        }
    }

    private static X509Certificate certificate(byte[] encoded) throws UnreadableStatementException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            throw new UnreadableStatementException("certificate", malformed);
        }
    }
}
