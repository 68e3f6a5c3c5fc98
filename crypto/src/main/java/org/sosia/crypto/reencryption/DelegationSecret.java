package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * What came out of a re-key's target: it opens every record of the collection and epoch that the proxy converts.
 *
 * <p><b>Security.</b> Together with the re-key itself it is g2^(1/o), so it must not reach the proxy. It lives as long as somebody reads.
 *
 * <p><b>Source.</b> z_B in docs/SCHEME.md, section 4a, Open.
 */
public final class DelegationSecret implements SecretMaterial {
    private final Scope scope;
    private final Scalar blinding;

    DelegationSecret(Scope scope, Scalar blinding) {
        this.scope = scope;
        this.blinding = blinding;
    }

    /**
     * Opens one record: K_o = T^(1/z_B), then as the owner does.
     *
     * @param header the record's header, whose owner's signature was verified
     * @param converted what the proxy made of it
     * @return the opened envelope
     * @throws org.sosia.crypto.envelope.WrongKeyException if the proxy converted wrongly
     * @throws org.sosia.crypto.envelope.TamperedEnvelopeException if the header was changed
     * @throws GeneralSecurityException if record, re-key and conversion do not belong together
     */
    public OpenedEnvelope open(Header header, ConvertedLock converted) throws GeneralSecurityException {
        ReKey.requireScope(scope, header);
        if (!converted.isFor(scope.id(), header)) {
            throw new MalformedException("this was converted from another record, or with another re-key");
        }
        return header.open(converted.converted().power(blinding.inverse()));
    }

    @Override
    public String toString() {
        return "DelegationSecret[secret]";
    }
}
