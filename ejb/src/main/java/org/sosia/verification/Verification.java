package org.sosia.verification;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.content.SealedSource;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.identity.Caller;
import org.sosia.identity.Credentials;
import org.sosia.identity.NoSuchRecordException;
import org.sosia.identity.Roles;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.RegisteredPerson;
import org.sosia.lane.Hospital;
import org.sosia.lane.Lanes;
import org.sosia.lane.Possession;
import org.sosia.lane.StoreFaults;
import org.sosia.lane.StoreUnavailableException;
import org.sosia.persistence.SealedRecord;
import org.sosia.records.ShelvedRecord;

/** Lets a data owner, or the patient a record is about, have the store checked: signature, metadata and every byte of content. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(StoreFaults.class)
public class Verification {
    /** The name in the certificate that receipts are signed under. */
    static final String SIGNER = "hospital";

    private static final int READ_BYTES = 1 << 16;

    @Inject
    Caller caller;

    @Inject
    Lanes lanes;

    @Inject
    Possession possession;

    Clock clock = Clock.systemUTC();

    /**
     * Checks a record as it is stored. Nothing is opened for it: the signature covers the sealed form. Damage is reported to the
     * security desk.
     *
     * @throws NoSuchRecordException if there is no such record, or it is neither the caller's nor about her
     */
    @RolesAllowed({Roles.DATA_OWNER, Roles.PATIENT})
    public VerificationReceipt verify(UUID record) throws NoSuchRecordException, IntegrityException {
        Hospital hospital = lanes.hospital();
        Credentials who = caller.credentials();
        SealedRecord row = own(hospital, who, record);
        @Nullable ShelvedRecord signed = signed(hospital, row);
        @Nullable String digest = signed == null ? null : digest(hospital, signed);
        boolean intact = signed != null
                && HexFormat.of().formatHex(signed.header().sealedDigest()).equals(digest);
        if (!intact) {
            report(who, hospital, record, signed);
        }
        return receipt(hospital, row, signed != null, intact, digest);
    }

    private static SealedRecord own(Hospital hospital, Credentials who, UUID record)
            throws NoSuchRecordException, IntegrityException {
        SealedRecord row = hospital.store().record(record).orElseThrow(NoSuchRecordException::new);
        boolean owned = who.has(Roles.DATA_OWNER) && row.owner().equals(who.subject());
        if (!owned && !isAbout(hospital, who, row)) {
            throw new NoSuchRecordException();
        }
        return row;
    }

    private static boolean isAbout(Hospital hospital, Credentials who, SealedRecord row) throws IntegrityException {
        try {
            return who.has(Roles.PATIENT)
                    && hospital.persons()
                            .find(who.subject())
                            .map(RegisteredPerson::patients)
                            .filter(patients -> patients.contains(row.patient()))
                            .isPresent();
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static @Nullable ShelvedRecord signed(Hospital hospital, SealedRecord row) {
        try {
            return ShelvedRecord.read(hospital.keys(), row);
        } catch (IntegrityException damaged) {
            return null;
        }
    }

    private void report(Credentials who, Hospital hospital, UUID record, @Nullable ShelvedRecord signed) {
        Optional<String> share = signed == null ? Optional.empty() : damagedShare(hospital, signed);
        share.ifPresentOrElse(
                damaged -> possession.reportDamagedShare(who, record, damaged),
                () -> possession.reportTampering(who, record));
    }

    private static Optional<String> damagedShare(Hospital hospital, ShelvedRecord record) {
        try {
            return hospital.shelves().damagedShare(record);
        } catch (IOException unreadable) {
            throw new StoreUnavailableException(unreadable);
        }
    }

    /** The digest of what the stores hold; null if it is not even of the right length, or not of one split. */
    private static @Nullable String digest(Hospital hospital, ShelvedRecord record) {
        try {
            return digest(hospital.shelves().content(record));
        } catch (TamperedContentException damaged) {
            return null;
        } catch (IOException unreadable) {
            throw new StoreUnavailableException(unreadable);
        }
    }

    private static String digest(SealedSource content) throws IOException {
        MessageDigest sha = sha256();
        byte[] buffer = new byte[READ_BYTES];
        try (InputStream sealed = content.read(0, content.length())) {
            int count = sealed.read(buffer);
            while (count >= 0) {
                sha.update(buffer, 0, count);
                count = sealed.read(buffer);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private VerificationReceipt receipt(
            Hospital hospital, SealedRecord row, boolean signatureValid, boolean intact, @Nullable String digest)
            throws IntegrityException {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String outcome = intact ? "intact" : "damaged";
        long entry = hospital.store()
                .audit(hospital.event(caller.credentials(), "VERIFY", row.id(), Map.of("outcome", outcome)));
        String shown = digest == null ? null : "sha-256:" + digest;
        String statement = String.join(
                "\n",
                "sosia-verification-1",
                row.id().toString(),
                at.toString(),
                outcome,
                String.valueOf(shown),
                Long.toString(entry),
                "");
        try {
            OwnerSigningKey signer = hospital.keys().signingKey(SIGNER);
            return new VerificationReceipt(
                    row.id(),
                    at,
                    signatureValid,
                    intact,
                    row.owner(),
                    row.sealedBytes(),
                    shown,
                    entry,
                    statement,
                    base64(signer.sign(statement.getBytes(StandardCharsets.UTF_8))
                            .signature()),
                    base64(signer.certificate().getEncoded()));
        } catch (GeneralSecurityException damaged) {
            throw new IntegrityException(damaged);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
