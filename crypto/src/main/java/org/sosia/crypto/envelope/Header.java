package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.grant.Approvable;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.policy.AccessPolicy;

/** To come. */
@SuppressWarnings("DoNotCallSuggester")
public final class Header implements Approvable {
    public byte[] encode() {
        throw new UnsupportedOperationException();
    }

    public static Header decode(byte[] encoded) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public UUID record() {
        throw new UnsupportedOperationException();
    }

    public int version() {
        throw new UnsupportedOperationException();
    }

    public String owner() {
        throw new UnsupportedOperationException();
    }

    public AccessPolicy policy() {
        throw new UnsupportedOperationException();
    }

    public long sealedLength() {
        throw new UnsupportedOperationException();
    }

    public byte[] sealedDigest() {
        throw new UnsupportedOperationException();
    }

    public byte[] metadataDigest() {
        throw new UnsupportedOperationException();
    }

    public byte[] digest() {
        throw new UnsupportedOperationException();
    }

    public void verify(X509Certificate ca) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public TransformedSlot transform(TransformKey key) throws PolicyNotSatisfiedException, GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public OpenedEnvelope open(
            PublicParameters parameters,
            TransformedSlot slot,
            RetrievalKey z,
            ConvertedGrant grant,
            PartialKey partialKey)
            throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }

    public OpenedEnvelope openAsOwner(CollectionKeys collection) throws GeneralSecurityException {
        throw new UnsupportedOperationException();
    }
}
