package org.sosia.outsourcing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sosia.crypto.abe.CheatingCloudException;
import org.sosia.crypto.abe.LockTask;
import org.sosia.crypto.abe.OutsourcedLock;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.identity.Caller;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.refusal.InvalidValueException;

/** Lets a weak client have its encryption done by both clouds. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Outsourcing {
    private static final String WARNING = "both-clouds-can-open";

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    @Inject
    @ConfigProperty(name = "sosia.outsourcing.encryption", defaultValue = "false")
    boolean allowed;

    /**
     * Has a lock made: the client split its exponent into two tasks, each cloud sees one of them and never the other. What comes back was
     * tested: it locks the sum, and all who satisfy the policy recover the same.
     *
     * @param first an encoded {@link LockTask}, for cloud A
     * @param second the other one, for cloud B
     * @throws OutsourcingOffException if this hospital does not do that
     * @throws InvalidValueException if a task cannot be read, or they do not belong together
     * @throws IntegrityException if a cloud returned a wrong half; the security desk was told which
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public LockView lock(byte[] first, byte[] second)
            throws OutsourcingOffException, InvalidValueException, IntegrityException {
        if (!allowed) {
            throw new OutsourcingOffException();
        }
        OutsourcedLock work = work(first, second);
        AccessPolicy policy = work.taskFor(1).policy();
        Hospital hospital = lanes.hospital();
        try {
            PublicParameters parameters = hospital.keys().parameters();
            byte[] common = parameters.encode();
            hospital.store()
                    .audit(hospital.event(caller.credentials(), "OUTSOURCE", null, Map.of("policy", policy.toText())));
            PolicyLock merged = work.merge(
                    parameters,
                    read(hospital.grants().lockHalf(common, first), policy),
                    read(hospital.mediator().lockHalf(common, second), policy));
            ByteWriter encoded = new ByteWriter();
            merged.write(encoded);
            return new LockView(
                    policy.toText(),
                    Base64.getEncoder().encodeToString(encoded.toByteArray()),
                    HexFormat.of().formatHex(parameters.digest()),
                    WARNING);
        } catch (CheatingCloudException cheat) {
            possession.reportWrongHalf(caller.credentials(), cheat.cloud() == 1 ? "original" : "duplicate");
            throw new IntegrityException(cheat);
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static OutsourcedLock work(byte[] first, byte[] second) throws InvalidValueException {
        LockTask one = task("first", first);
        LockTask other = task("second", second);
        try {
            return OutsourcedLock.of(one, other);
        } catch (IllegalArgumentException | ArithmeticException unfit) {
            throw new InvalidValueException("second", "must be the other half of the same lock");
        }
    }

    private static LockTask task(String field, byte[] encoded) throws InvalidValueException {
        try (SecretBytes secret = SecretBytes.copyOf(encoded)) {
            return LockTask.decode(secret);
        } catch (GeneralSecurityException malformed) {
            throw new InvalidValueException(field, "must be an encoded lock task");
        }
    }

    private static PolicyLock read(byte[] half, AccessPolicy policy) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(half);
        PolicyLock lock = PolicyLock.read(reader, policy);
        reader.end();
        return lock;
    }
}
