package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.util.UUID;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.secret.SecretBytes;

/**
 * What the mediating cloud keeps of a referral: the delegation, sealed under a partial key that the referred person holds.
 *
 * <p><b>Security.</b> A referral is in three places. Without the pad (cloud B) there is no delegation, without the partial key (the person) it does
 * not open, without the converted lock (cloud A) it leads nowhere; and the delegation is for the person's own key besides. Either cloud ends the
 * referral by forgetting its part. The pad commits to its key, so a guess at the key shows only by asking the cloud for the pad.
 *
 * <p><b>Shape.</b> One C2SP chunked message (docs/FORMATS.md, Payload) over the encoded {@link Delegation}; context: referral (16) ‖ record (16).
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 5a.
 */
public final class Pad {
    private Pad() {}

    /**
     * Seals a delegation for one referral of one record.
     *
     * @param partialKey what the person receives
     * @param referral the referral's id
     * @param record the only record it is for
     * @param delegation to that person
     * @return the pad
     */
    public static byte[] seal(PartialKey partialKey, UUID referral, UUID record, Delegation delegation) {
        try (SecretBytes key = partialKey.padKey()) {
            return ChunkedEncryption.seal(key, context(referral, record), delegation.encode());
        }
    }

    /**
     * Opens a pad.
     *
     * @param partialKey what the person shows
     * @param referral the referral's id
     * @param record the record to be opened
     * @param pad what the mediating cloud kept
     * @return the delegation, whose owner's signature is still to be verified
     * @throws GeneralSecurityException if the key is wrong, or the pad is another referral's, or was changed
     */
    public static Delegation open(PartialKey partialKey, UUID referral, UUID record, byte[] pad)
            throws GeneralSecurityException {
        try (SecretBytes key = partialKey.padKey()) {
            return Delegation.decode(ChunkedEncryption.open(key, context(referral, record), pad));
        } catch (TamperedContentException wrongKey) {
            throw new GeneralSecurityException("this partial key does not open this pad", wrongKey);
        }
    }

    private static byte[] context(UUID referral, UUID record) {
        return new ByteWriter().uuid(referral).uuid(record).toByteArray();
    }
}
