package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A secret of 32 bytes for everybody who satisfies a policy, and has the owner's approval where the slot asks for it. In a header it holds the record's seed; the target of a
 * re-key holds its secret in the same way.
 *
 * <p><b>Security.</b> The exponents of its locks are hashes of the secret and of what the slot is bound to, and opening re-derives them: a slot that was shifted, taken from
 * elsewhere, or not made from its secret does not open.
 *
 * <p><b>Shape.</b> type (1): {@value #WITH_APPROVAL} with approval, {@value #WITHOUT_APPROVAL} without, {@value #NAMING_PARAMETERS} with approval and the digest (32) of
 * the public parameters behind the type; policy with its length in two bytes; C_g (48), if with approval; the
 * policy lock; the wrapped secret (80).
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 3, 5 and 6.
 */
public final class PolicySlot implements Slot {
    static final int WITH_APPROVAL = 2;
    static final int WITHOUT_APPROVAL = 4;
    static final int NAMING_PARAMETERS = 5;

    private final Optional<Bytes> parameters;
    private final AccessPolicy policy;
    private final Optional<G1> approvalLock;
    private final PolicyLock policyLock;
    private final Bytes wrapped;

    PolicySlot(
            Optional<Bytes> parameters,
            AccessPolicy policy,
            Optional<G1> approvalLock,
            PolicyLock policyLock,
            Bytes wrapped) {
        this.parameters = parameters;
        this.policy = policy;
        this.approvalLock = approvalLock;
        this.policyLock = policyLock;
        this.wrapped = wrapped;
    }

    /**
     * Locks a secret under a policy and the owner's approval: K_A = Y^s, C_g = PK_g^(k_g), K_g = Z^(k_g), and the secret is wrapped under K_A ‖ K_g ‖ G. For which parameters, what it
     * belongs to has to say.
     *
     * @param parameters of the authority
     * @param policy who, beside the approval
     * @param collection whose approval
     * @param secret 32 bytes
     * @param bound what the slot belongs to; it opens with the same only
     * @return the slot
     */
    public static PolicySlot lock(
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection,
            SecretBytes secret,
            byte[] bound) {
        return lock(Optional.empty(), parameters, policy, collection, secret, bound);
    }

    /** As with approval above, in a slot that says itself for which parameters it is, and is bound to them. */
    static PolicySlot naming(
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection,
            SecretBytes secret,
            byte[] bound) {
        return lock(Optional.of(new Bytes(parameters.digest())), parameters, policy, collection, secret, bound);
    }

    private static PolicySlot lock(
            Optional<Bytes> named,
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection,
            SecretBytes secret,
            byte[] bound) {
        byte[] context = context(bound, named.isPresent() ? NAMING_PARAMETERS : WITH_APPROVAL, named, policy);
        Seed seed = new Seed(secret);
        Scalar s = seed.policyExponent(context);
        Scalar approval = seed.approvalExponent(context);
        byte[] secrets =
                secrets(parameters.encapsulated(s), Generators.zPower(approval), collection.collectionSecret());
        try {
            return new PolicySlot(
                    named,
                    policy,
                    Optional.of(collection.approvalKey().power(approval)),
                    PolicyLock.encaps(parameters, policy, s),
                    new Bytes(SlotWrap.wrap(secrets, context, secret)));
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    /**
     * Locks a secret under a policy alone: it is wrapped under K_A.
     *
     * @param parameters of the authority
     * @param policy who
     * @param secret 32 bytes
     * @param bound what the slot belongs to; it opens with the same only
     * @return the slot
     */
    public static PolicySlot lock(PublicParameters parameters, AccessPolicy policy, SecretBytes secret, byte[] bound) {
        byte[] context = context(bound, WITHOUT_APPROVAL, Optional.empty(), policy);
        Scalar s = new Seed(secret).policyExponent(context);
        byte[] secrets = parameters.encapsulated(s).encode();
        try {
            return new PolicySlot(
                    Optional.empty(),
                    policy,
                    Optional.empty(),
                    PolicyLock.encaps(parameters, policy, s),
                    new Bytes(SlotWrap.wrap(secrets, context, secret)));
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    /**
     * Reads a slot that does not name its parameters, of either type.
     *
     * @param reader stands at its first byte; afterwards behind its last
     * @return the slot
     * @throws GeneralSecurityException if the type is another, a limit is exceeded or an element is wrong
     */
    public static PolicySlot read(ByteReader reader) throws GeneralSecurityException {
        int type = reader.u8();
        if (type == NAMING_PARAMETERS) {
            throw new MalformedException("a slot of this type is in headers only");
        }
        return readFields(type, reader);
    }

    static PolicySlot readFields(int type, ByteReader reader) throws GeneralSecurityException {
        if (type != WITH_APPROVAL && type != WITHOUT_APPROVAL && type != NAMING_PARAMETERS) {
            throw new MalformedException("there is no policy slot of this type");
        }
        Optional<Bytes> parameters =
                type == NAMING_PARAMETERS ? Optional.of(new Bytes(reader.fixed(Digests.BYTES))) : Optional.empty();
        AccessPolicy policy = AccessPolicy.decode(reader.sized(AccessPolicy.MAX_CANONICAL_BYTES));
        Optional<G1> approvalLock =
                type == WITHOUT_APPROVAL ? Optional.empty() : Optional.of(G1.decode(reader.fixed(G1.BYTES)));
        PolicyLock policyLock = PolicyLock.read(reader, policy);
        return new PolicySlot(parameters, policy, approvalLock, policyLock, new Bytes(reader.fixed(SlotWrap.BYTES)));
    }

    /**
     * Writes the slot.
     *
     * @param writer where to
     */
    @Override
    public void write(ByteWriter writer) {
        writer.u8(type());
        parameters.ifPresent(digest -> writer.fixed(digest.copy()));
        writer.sized(policy.canonical());
        approvalLock.ifPresent(lock -> writer.fixed(lock.encode()));
        policyLock.write(writer);
        writer.fixed(wrapped.copy());
    }

    private int type() {
        if (parameters.isPresent()) {
            return NAMING_PARAMETERS;
        }
        return approvalLock.isPresent() ? WITH_APPROVAL : WITHOUT_APPROVAL;
    }

    /** The digest of the parameters it is for, if it says so itself. */
    Optional<Bytes> parameters() {
        return parameters;
    }

    byte[] context(byte[] bound) {
        return context(bound, type(), parameters, policy);
    }

    /** ctx: what the slot belongs to, its type, the parameters it names and its policy. */
    static byte[] context(byte[] bound, int type, Optional<Bytes> parameters, AccessPolicy policy) {
        ByteWriter own = new ByteWriter().u8(type);
        parameters.ifPresent(digest -> own.fixed(digest.copy()));
        return Digests.sha256(bound, own.sized(policy.canonical()).toByteArray());
    }

    private static byte[] secrets(Gt attributeSecret, Gt approvalSecret, SecretBytes collectionSecret) {
        byte[] exposed = collectionSecret.exposeSecretBytes();
        try {
            return new ByteWriter()
                    .fixed(attributeSecret.encode())
                    .fixed(approvalSecret.encode())
                    .fixed(exposed)
                    .toByteArray();
        } finally {
            Arrays.fill(exposed, (byte) 0);
        }
    }

    /**
     * Which attributes open it.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return policy;
    }

    /**
     * The lock of the owner's approval, C_g.
     *
     * @return nothing if the slot asks for no approval
     */
    public Optional<G1> approvalLock() {
        return approvalLock;
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
        return new TransformedSlot(policyLock.transform(key));
    }

    /**
     * Whether all sets of attributes that satisfy the policy would obtain the same secret.
     *
     * @param parameters of the authority
     * @return false if the maker cheated some of the readers, or used other parameters
     */
    public boolean isConsistent(PublicParameters parameters) {
        return policyLock.isConsistent(parameters);
    }

    /** Whether this is what the slot of this seed gives with a transform key for z. */
    boolean isRightly(
            PublicParameters parameters, TransformedSlot transformed, RetrievalKey z, Seed seed, byte[] bound) {
        byte[] context = context(bound);
        return parameters.encapsulated(seed.policyExponent(context)).equals(z.retrieve(transformed.transformed()));
    }

    /**
     * Opens a slot with approval.
     *
     * @param parameters of the authority
     * @param transformed what the cloud made of the slot
     * @param z the person's retrieval key
     * @param grant what the other cloud made of the approval
     * @param partialKey the person's half of the approval
     * @param approvalKey PK_g of the collection
     * @param bound what the slot belongs to
     * @return the secret
     * @throws WrongKeyException if any of the pieces is wrong; which one cannot be told
     * @throws TamperedEnvelopeException if the pieces fit but the slot was not made from its secret
     * @throws GeneralSecurityException never otherwise
     */
    public SecretBytes open(
            PublicParameters parameters,
            TransformedSlot transformed,
            RetrievalKey z,
            ConvertedGrant grant,
            PartialKey partialKey,
            G1 approvalKey,
            byte[] bound)
            throws GeneralSecurityException {
        byte[] context = context(bound);
        Gt attributeSecret = z.retrieve(transformed.transformed());
        Gt approvalSecret = grant.approvalSecret(partialKey, approvalKey);
        byte[] secrets;
        try (SecretBytes collectionSecret = grant.collectionSecret(partialKey, approvalKey)) {
            secrets = secrets(attributeSecret, approvalSecret, collectionSecret);
        }
        SecretBytes secret = unwrap(secrets, context);
        // SCHEME 6, re-check: the secret determines s and k_g, and with them what the two clouds must have led to.
        return genuine(
                secret,
                isAttributeSecret(parameters, attributeSecret, secret, context)
                        && Generators.zPower(new Seed(secret).approvalExponent(context))
                                .equals(approvalSecret));
    }

    /**
     * Opens a slot without approval.
     *
     * @param parameters of the authority
     * @param transformed what the cloud made of the slot
     * @param z the person's retrieval key
     * @param bound what the slot belongs to
     * @return the secret
     * @throws WrongKeyException if any of the pieces is wrong
     * @throws TamperedEnvelopeException if the pieces fit but the slot was not made from its secret
     * @throws GeneralSecurityException never otherwise
     */
    public SecretBytes open(PublicParameters parameters, TransformedSlot transformed, RetrievalKey z, byte[] bound)
            throws GeneralSecurityException {
        byte[] context = context(bound, WITHOUT_APPROVAL, Optional.empty(), policy);
        Gt attributeSecret = z.retrieve(transformed.transformed());
        SecretBytes secret = unwrap(attributeSecret.encode(), context);
        return genuine(secret, isAttributeSecret(parameters, attributeSecret, secret, context));
    }

    private SecretBytes unwrap(byte[] secrets, byte[] context) throws GeneralSecurityException {
        try {
            return SlotWrap.unwrap(secrets, context, wrapped.copy());
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    private static boolean isAttributeSecret(
            PublicParameters parameters, Gt attributeSecret, SecretBytes secret, byte[] context) {
        return parameters.encapsulated(new Seed(secret).policyExponent(context)).equals(attributeSecret);
    }

    private static SecretBytes genuine(SecretBytes secret, boolean genuine) throws TamperedEnvelopeException {
        if (!genuine) {
            secret.close();
            throw new TamperedEnvelopeException();
        }
        return secret;
    }

    PolicyLock policyLock() {
        return policyLock;
    }

    Bytes wrapped() {
        return wrapped;
    }
}
