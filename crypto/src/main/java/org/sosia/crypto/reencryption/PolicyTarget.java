package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.PolicySlot;
import org.sosia.crypto.envelope.TransformedSlot;
import org.sosia.crypto.grant.Approvable;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Everybody whose attributes satisfy a policy, with or without the owner's approval beside them.
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 4a and 5.
 */
public final class PolicyTarget implements Target {
    static final int TYPE = 1;

    private final Optional<G1> approvalKey;
    private final PolicySlot slot;

    private PolicyTarget(Optional<G1> approvalKey, PolicySlot slot) {
        this.approvalKey = approvalKey;
        this.slot = slot;
    }

    static PolicyTarget lock(
            Scope scope,
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection,
            SecretBytes secret) {
        PolicySlot slot = PolicySlot.lock(parameters, policy, collection, secret, scope.bound());
        return new PolicyTarget(Optional.of(collection.approvalKey()), slot);
    }

    static PolicyTarget lock(Scope scope, PublicParameters parameters, AccessPolicy policy, SecretBytes secret) {
        return new PolicyTarget(Optional.empty(), PolicySlot.lock(parameters, policy, secret, scope.bound()));
    }

    static PolicyTarget read(ByteReader reader) throws GeneralSecurityException {
        PolicySlot slot = PolicySlot.read(reader);
        Optional<G1> approvalKey =
                slot.approvalLock().isPresent() ? Optional.of(G1.decode(reader.fixed(G1.BYTES))) : Optional.empty();
        return new PolicyTarget(approvalKey, slot);
    }

    @Override
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(TYPE);
        slot.write(writer);
        approvalKey.ifPresent(key -> writer.fixed(key.encode()));
        return writer.toByteArray();
    }

    /**
     * Which attributes open it.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return slot.policy();
    }

    /**
     * What the owner's approval locks, for {@link org.sosia.crypto.grant.GrantHalf#convert}.
     *
     * @return nothing if the policy alone opens it
     */
    public Optional<Approvable> approvable() {
        return approvalKey.flatMap(key -> slot.approvalLock().map(lock -> new Approval(key, lock)));
    }

    private record Approval(G1 approvalKey, G1 approvalLock) implements Approvable {}

    /**
     * Cloud B's part of opening.
     *
     * @param key the transform key of the person who asks
     * @return what only that person's retrieval key completes
     * @throws PolicyNotSatisfiedException if that person's attributes do not satisfy the policy
     * @throws GeneralSecurityException if the slot is degenerate
     */
    public TransformedSlot transform(TransformKey key) throws PolicyNotSatisfiedException, GeneralSecurityException {
        return slot.transform(key);
    }

    /**
     * Whether all sets of attributes that satisfy the policy would obtain the same secret. Needs no key.
     *
     * @param parameters of the authority
     * @return false if the owner cheated some of the readers
     */
    public boolean isConsistent(PublicParameters parameters) {
        return slot.isConsistent(parameters);
    }

    PolicySlot slot() {
        return slot;
    }
}
