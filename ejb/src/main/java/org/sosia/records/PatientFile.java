package org.sosia.records;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.SignatureView;
import org.sosia.persistence.PatientState;
import org.sosia.persistence.SealedPatient;

/**
 * A patient's file that was read back from a store and is what its owner signed.
 *
 * <p><b>Shape.</b> The fields are JSON: {@code name}, and where known {@code birthDate}, {@code sex}, {@code phone}, {@code mail},
 * {@code address}, {@code pulse}, {@code ecg}, {@code symptoms}, {@code account}; sealed as a whole. The signature is over a fixed
 * line, the id, the version, the owner and the sealed bytes.
 *
 * @param row what the store holds
 * @param fields what the file says
 * @param signature the owner's signature, which has verified
 */
public record PatientFile(SealedPatient row, JsonObject fields, SignatureView signature) {

    private static final String FIELD_KIND = "patient";
    private static final byte[] SIGNED = "sosia patient 1\n".getBytes(StandardCharsets.US_ASCII);

    /** Seals and signs a file, ready to be kept. */
    public static SealedPatient seal(
            Keyring keys,
            UUID id,
            String owner,
            PatientState state,
            int version,
            Instant createdAt,
            Instant now,
            JsonObject fields)
            throws GeneralSecurityException {
        byte[] sealed = keys.sealFields(FIELD_KIND, id, version, fields);
        byte[] signature =
                keys.signingKey(owner).sign(signed(id, version, owner, sealed)).encode();
        return new SealedPatient(id, owner, state, version, createdAt, now, sealed, signature);
    }

    /**
     * Reads a row back.
     *
     * @param keys the keys of the hospital whose store it came from
     * @throws IntegrityException if it is not what its owner signed
     */
    public static PatientFile read(Keyring keys, SealedPatient row) throws IntegrityException {
        try {
            OwnerSignature signature = OwnerSignature.decode(row.signature());
            signature.verify(
                    signed(row.id(), row.version(), row.owner(), row.sealed()), row.owner(), keys.caOf(signature));
            JsonObject fields = keys.openFields(FIELD_KIND, row.id(), row.version(), row.sealed());
            return new PatientFile(row, fields, SignatureView.valid(row.owner(), signature.certificate()));
        } catch (GeneralSecurityException tampered) {
            throw new IntegrityException(tampered);
        }
    }

    private static byte[] signed(UUID id, int version, String owner, byte[] sealed) {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        var message = new ByteArrayOutputStream();
        message.writeBytes(SIGNED);
        message.writeBytes(ByteBuffer.allocate(2 * Long.BYTES + 2 * Integer.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(version)
                .putInt(name.length)
                .array());
        message.writeBytes(name);
        message.writeBytes(sealed);
        return message.toByteArray();
    }
}
