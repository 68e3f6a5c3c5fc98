package org.sosia.records;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.sosia.crypto.envelope.Header;
import org.sosia.keys.IntegrityException;
import org.sosia.keys.Keyring;
import org.sosia.keys.SignatureView;
import org.sosia.persistence.SealedRecord;

/**
 * A record that was read back from a store and is what its owner signed: signature, certificate, owner, patient, ids, sealed
 * length and metadata were verified when this was made. The content is verified chunk by chunk, when it is read.
 *
 * @param row what the store holds
 * @param header its verified header
 * @param facts what its metadata says
 * @param signature the owner's signature, which has verified
 */
public record ShelvedRecord(SealedRecord row, Header header, RecordFacts facts, SignatureView signature) {

    /**
     * Reads a row back.
     *
     * @param keys the keys of the hospital whose store it came from
     * @throws IntegrityException if it is not what its owner signed
     */
    public static ShelvedRecord read(Keyring keys, SealedRecord row) throws IntegrityException {
        try {
            Header header = Header.decode(row.header());
            header.verify(keys.authorities());
            // A genuine header of another record, version or owner is as bad as a forged one.
            boolean itsOwn = header.record().equals(row.id())
                    && header.version() == row.version()
                    && header.owner().equals(row.owner())
                    && header.sealedLength() == row.sealedBytes()
                    && MessageDigest.isEqual(header.metadataDigest(), RecordSealer.sha256(row.metadata()));
            if (!itsOwn) {
                throw new IntegrityException();
            }
            RecordFacts facts =
                    RecordFacts.of(keys.openFields(RecordSealer.FIELD_KIND, row.id(), row.version(), row.metadata()));
            if (!facts.isAbout(row.patient())) {
                throw new IntegrityException();
            }
            var certificate = keys.signingKey(row.owner()).certificate();
            return new ShelvedRecord(row, header, facts, SignatureView.valid(row.owner(), certificate));
        } catch (GeneralSecurityException tampered) {
            throw new IntegrityException(tampered);
        }
    }
}
