package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.grant.Approvable;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * The header of a sealed record: what it is, who may open it, and how.
 *
 * <p><b>Security.</b> It opens in two ways: with the owner's collection keys, or with four pieces that four places hold – attributes (a transform
 * key at the cloud and the person's retrieval key) and the owner's approval (a half at the other cloud and the person's partial key). Opening
 * re-derives how the slot must have been made, so a changed header does not open, whoever changed it. The policy, the owner's id and the
 * lengths are readable by everybody.
 *
 * <p><b>Shape.</b> At most {@value #MAX_ENCODED_BYTES} bytes, see docs/FORMATS.md, section Header. Decoding checks limits, forms and subgroups; it
 * does not verify the signature, {@link #verify} does.
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 3 to 7.
 */
public final class Header implements Approvable {
    /** Limit of an encoded header: 256 rows, the longest policy and the longest certificate fit. */
    public static final int MAX_ENCODED_BYTES = 98_304;

    private static final byte[] SIGNATURE_LABEL = "sosia/v1/header-signature".getBytes(StandardCharsets.US_ASCII);

    private final HeaderCore core;
    private final PolicySlot slot;
    private final Bytes mac;
    private final OwnerSignature signature;

    private Header(HeaderCore core, PolicySlot slot, Bytes mac, OwnerSignature signature) {
        this.core = core;
        this.slot = slot;
        this.mac = mac;
        this.signature = signature;
    }

    static Header sign(HeaderCore core, PolicySlot slot, byte[] mac, OwnerSigningKey signer) {
        return new Header(core, slot, new Bytes(mac), signer.sign(signedMessage(core, slot, mac)));
    }

    private static byte[] signedMessage(HeaderCore core, PolicySlot slot, byte[] mac) {
        return new ByteWriter()
                .sized(SIGNATURE_LABEL)
                .fixed(Digests.sha256(core.encode()))
                .fixed(Digests.sha256(slot.encode()))
                .fixed(mac)
                .toByteArray();
    }

    /**
     * Decodes, strictly: every limit, canonical forms only, every point in its subgroup, nothing left over.
     *
     * @param encoded at most {@value #MAX_ENCODED_BYTES} bytes
     * @return the header, not yet verified
     * @throws GeneralSecurityException if the bytes are not exactly one header
     */
    public static Header decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        HeaderCore core = HeaderCore.read(reader);
        PolicySlot slot = PolicySlot.read(reader);
        Bytes mac = new Bytes(reader.fixed(Digests.BYTES));
        OwnerSignature signature = OwnerSignature.decode(reader.sized(OwnerSignature.MAX_ENCODED_BYTES));
        reader.end();
        return new Header(core, slot, mac, signature);
    }

    /**
     * Encodes.
     *
     * @return the bytes
     */
    public byte[] encode() {
        return new ByteWriter()
                .fixed(core.encode())
                .fixed(slot.encode())
                .fixed(mac.copy())
                .sized(signature.encode())
                .toByteArray();
    }

    /**
     * The record's id.
     *
     * @return the id
     */
    public UUID record() {
        return core.facts().record();
    }

    /**
     * The version of the content.
     *
     * @return 0 or more
     */
    public int version() {
        return core.facts().version();
    }

    /**
     * Who sealed the record and signed it.
     *
     * @return the owner's id
     */
    public String owner() {
        return core.facts().owner();
    }

    /**
     * Which attributes open it, together with an approval.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return slot.policy();
    }

    /**
     * How long the payload is.
     *
     * @return bytes of sealed content
     */
    public long sealedLength() {
        return core.facts().sealedLength();
    }

    /**
     * The digest of the payload.
     *
     * @return SHA-256 of the sealed content
     */
    public byte[] sealedDigest() {
        return core.facts().sealedDigest().copy();
    }

    /**
     * The digest of the metadata that belongs to the record.
     *
     * @return SHA-256, as given when the record was sealed
     */
    public byte[] metadataDigest() {
        return core.facts().metadataDigest().copy();
    }

    /**
     * Names this header among all others.
     *
     * @return SHA-256 of the encoding
     */
    public byte[] digest() {
        return Digests.sha256(encode());
    }

    /**
     * The owner's signature over core, slot and header MAC, with the certificate.
     *
     * @return not yet verified
     */
    public OwnerSignature signature() {
        return signature;
    }

    @Override
    public G1 approvalKey() {
        return core.facts().approvalKey();
    }

    @Override
    public G1 approvalLock() {
        return slot.approvalLock();
    }

    /**
     * Requires the owner's signature. To be called before anything else is done with a header that comes from outside: a cloud that
     * transforms headers nobody signed is an oracle.
     *
     * @param ca the hospital's certificate
     * @throws GeneralSecurityException if the hospital did not certify the signer, the signer is not the owner named here, or anything
     *     was changed since
     */
    public void verify(X509Certificate ca) throws GeneralSecurityException {
        signature.verify(signedMessage(core, slot, mac.copy()), owner(), ca);
    }

    /**
     * Whether all sets of attributes that satisfy the policy would obtain the same secret. Needs no key; a cloud or a checker may ask it of
     * any header, at the price of a pairing for each attribute of the policy.
     *
     * @param parameters of the authority
     * @return false if the sealer cheated some of the readers, or used other parameters
     */
    public boolean isConsistent(PublicParameters parameters) {
        return isFor(parameters) && slot.policyLock().isConsistent(parameters);
    }

    private boolean isFor(PublicParameters parameters) {
        return core.facts().parametersDigest().equals(new Bytes(parameters.digest()));
    }

    /**
     * The cloud's part of opening.
     *
     * @param key the transform key of the person who asks
     * @return what only that person's retrieval key completes
     * @throws PolicyNotSatisfiedException if that person's attributes do not satisfy the policy
     * @throws GeneralSecurityException if the slot is degenerate
     */
    public TransformedSlot transform(TransformKey key) throws PolicyNotSatisfiedException, GeneralSecurityException {
        return new TransformedSlot(slot.policyLock().transform(key));
    }

    /**
     * Opens with attributes and approval.
     *
     * @param parameters of the authority
     * @param transformed what the cloud made of the slot
     * @param z the person's retrieval key
     * @param grant what the other cloud made of the approval
     * @param partialKey the person's half of the approval
     * @return the opened envelope
     * @throws WrongKeyException if any of the four pieces is wrong; which one cannot be told
     * @throws TamperedEnvelopeException if the pieces fit but the header was changed
     * @throws GeneralSecurityException if the record was sealed for another authority
     */
    public OpenedEnvelope open(
            PublicParameters parameters,
            TransformedSlot transformed,
            RetrievalKey z,
            ConvertedGrant grant,
            PartialKey partialKey)
            throws GeneralSecurityException {
        if (!isFor(parameters)) {
            throw new MalformedException("this record was sealed for another authority");
        }
        byte[] context = PolicySlot.context(core, slot.policy());
        Gt attributeSecret = z.retrieve(transformed.transformed());
        Gt approvalSecret = grant.approvalSecret(partialKey, approvalKey());
        try (Seed seed = unwrap(attributeSecret, approvalSecret, grant, partialKey, context)) {
            // SCHEME 6, re-check: the seed determines s and k_g, and with them what the two clouds must have led to.
            boolean genuine =
                    parameters.encapsulated(seed.policyExponent(context)).equals(attributeSecret)
                            && Generators.zPower(seed.approvalExponent(context)).equals(approvalSecret);
            return opened(seed, genuine);
        }
    }

    private Seed unwrap(
            Gt attributeSecret, Gt approvalSecret, ConvertedGrant grant, PartialKey partialKey, byte[] context)
            throws GeneralSecurityException {
        try (SecretBytes collectionSecret = grant.collectionSecret(partialKey, approvalKey())) {
            byte[] secrets = new ByteWriter()
                    .fixed(attributeSecret.encode())
                    .fixed(approvalSecret.encode())
                    .fixed(collectionSecret.exposeSecretBytes())
                    .toByteArray();
            try {
                return new Seed(SlotWrap.unwrap(secrets, context, slot.wrapped().copy()));
            } finally {
                Arrays.fill(secrets, (byte) 0);
            }
        }
    }

    /**
     * Opens as the owner.
     *
     * @param collection the keys the record was sealed with
     * @return the opened envelope
     * @throws WrongKeyException if these are the keys of another collection or epoch
     * @throws TamperedEnvelopeException if the keys fit but the header was changed
     * @throws GeneralSecurityException never otherwise
     */
    public OpenedEnvelope openAsOwner(CollectionKeys collection) throws GeneralSecurityException {
        HeaderCore.Facts facts = core.facts();
        if (!facts.ownerKey().equals(collection.ownerKey())) {
            throw new WrongKeyException();
        }
        byte[] context = facts.ownerContext();
        // SCHEME 4, Open: K_o = e(C_o^(1/o), g2).
        G1 unlocked = core.ownerSlot().lock().power(collection.ownerExponent().inverse());
        Gt ownerSecret = PairingProduct.pair(unlocked, G2.GENERATOR);
        byte[] secrets = ownerSecret.encode();
        try (Seed seed = new Seed(
                SlotWrap.unwrap(secrets, context, core.ownerSlot().wrapped().copy()))) {
            return opened(seed, Generators.zPower(seed.ownerExponent(context)).equals(ownerSecret));
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    private OpenedEnvelope opened(Seed seed, boolean genuine) throws TamperedEnvelopeException {
        boolean untouched = MessageDigest.isEqual(seed.headerMac(core.encode()), mac.copy());
        if (!genuine || !untouched) {
            throw new TamperedEnvelopeException();
        }
        return new OpenedEnvelope(seed.payloadKey(), core.facts());
    }

    @Override
    public String toString() {
        return "Header[" + record() + ", version " + version() + "]";
    }
}
