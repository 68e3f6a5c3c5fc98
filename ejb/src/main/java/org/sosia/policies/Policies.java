package org.sosia.policies;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.identity.StepUpRequiredException;
import org.sosia.keys.Epochs;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.persistence.SealedRecord;
import org.sosia.persistence.StoreConflictException;
import org.sosia.records.ShelvedRecord;
import org.sosia.upload.PolicyRefusedException;
import org.sosia.upload.PolicyText;
import org.sosia.upload.UnheldAttributeException;

/** Lets a data owner change the policy of a record. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Policies {
    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    Clock clock = Clock.systemUTC();

    /**
     * Gives a record another policy. When this returns, a person who satisfies the old one only opens nothing any more; approvals of
     * persons who satisfy the new one go on. The content stays as it is.
     *
     * <p>Whoever already opened the record keeps what they read; a new policy cannot undo that. Referrals name a person and not a
     * policy: they go on until they are taken back.
     *
     * @param record the record
     * @param policy who may open it from now on, such as {@code role:doctor and department:cardiology}
     * @throws NoSuchRecordException if the caller has no such record
     * @throws PolicyRefusedException if the policy cannot be understood
     * @throws UnheldAttributeException if nobody holds an attribute of the policy
     * @throws RecordChangedException if another change came first
     * @throws StepUpRequiredException if the caller's proof is too old
     * @throws IntegrityException if the record is not what its owner signed
     */
    @RolesAllowed(Roles.DATA_OWNER)
    public PolicyReceipt update(UUID record, String policy)
            throws NoSuchRecordException, PolicyRefusedException, UnheldAttributeException, RecordChangedException,
                    StepUpRequiredException, IntegrityException {
        lanes.requireFreshSignIn();
        AccessPolicy next = PolicyText.read(policy);
        Hospital hospital = lanes.hospital();
        SealedRecord row = hospital.store()
                .record(record)
                .filter(found -> found.owner().equals(caller.subject()))
                .orElseThrow(NoSuchRecordException::new);
        PolicyText.requireHeld(hospital, next);
        Header before = verified(hospital, row);
        try {
            Keyring keys = hospital.keys();
            OwnerSigningKey signer = keys.signingKey(row.owner());
            Header after = before.withPolicy(
                    keys.collection(row.owner(), before),
                    keys.parameters(before),
                    Epochs.of(hospital.store()).newest(next),
                    signer,
                    keys.caOf(before.signature()));
            long entry = replaced(hospital, row, before, after);
            return receipt(after, before.digest(), entry, signer);
        } catch (GeneralSecurityException damaged) {
            possession.reportTampering(caller.credentials(), record);
            throw new IntegrityException(damaged);
        }
    }

    private Header verified(Hospital hospital, SealedRecord row) throws IntegrityException {
        try {
            return ShelvedRecord.read(hospital.keys(), row).header();
        } catch (IntegrityException tampered) {
            possession.reportTampering(caller.credentials(), row.id());
            throw tampered;
        }
    }

    private long replaced(Hospital hospital, SealedRecord row, Header before, Header after)
            throws RecordChangedException {
        Credentials who = caller.credentials();
        Map<String, String> details = Map.of(
                "before", hex(before.digest()),
                "after", hex(after.digest()),
                "revision", Integer.toString(after.revision()));
        try {
            return hospital.store()
                    .replaceHeader(
                            row.id(),
                            before.digest(),
                            after.encode(),
                            hospital.event(who, "REWRAP", row.id(), details));
        } catch (StoreConflictException somebodyElse) {
            throw new RecordChangedException(somebodyElse);
        }
    }

    private PolicyReceipt receipt(Header after, byte[] before, long entry, OwnerSigningKey signer)
            throws GeneralSecurityException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String policy = Epochs.named(after.policy()).toText();
        // One fact a line: none of them can hold a line feed, so two changes never share a statement.
        String statement = String.join(
                "\n",
                "sosia-policy-1",
                after.record().toString(),
                Integer.toString(after.revision()),
                hex(before),
                hex(after.digest()),
                policy,
                at.toString(),
                Long.toString(entry),
                "");
        return new PolicyReceipt(
                after.record(),
                policy,
                after.revision(),
                hex(before),
                hex(after.digest()),
                at,
                entry,
                after.owner(),
                statement,
                base64(signer.sign(statement.getBytes(StandardCharsets.UTF_8)).signature()),
                base64(signer.certificate().getEncoded()));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
