package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.UUID;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * An owner who hands on the records of one collection and epoch.
 *
 * <p><b>Security.</b> A re-key serves every record of its collection and epoch, those sealed later included, and no other; it leads from the owner to the target, never
 * back, and never further. What it leads to, together with the proxy, can keep that collection and epoch open for good: g2^(1/o) comes out when both put together
 * what they have. Records that must stay apart get keys of their own, and {@link org.sosia.crypto.envelope.CollectionKeyring#nextEpoch} ends what anybody may
 * hold.
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 4a and 4b.
 */
public final class Delegator implements SecretMaterial {
    private final CollectionKeys collection;
    private final int epoch;
    private final OwnerSigningKey signer;

    /**
     * Names who hands on what.
     *
     * @param collection the keys of the collection in this epoch
     * @param epoch its number, 0 or more; the keys say which epoch it is, the number is for people
     * @param signer the owner's signing key
     */
    public Delegator(CollectionKeys collection, int epoch, OwnerSigningKey signer) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epochs are counted from 0");
        }
        this.collection = collection;
        this.epoch = epoch;
        this.signer = signer;
    }

    /**
     * To everybody who satisfies a policy and has the owner's approval. Grants issued for the collection go on working.
     *
     * @param id of the new re-key
     * @param parameters of the authority
     * @param policy who, beside the approval
     * @return the halves, to be parted at once
     * @throws GeneralSecurityException if the signing key names no owner
     */
    public IssuedReKey toPolicyAndApproval(UUID id, PublicParameters parameters, AccessPolicy policy)
            throws GeneralSecurityException {
        Scope scope = scope(id);
        try (SecretBytes secret = SecretBytes.random(SecretBytes.DERIVED_BYTES)) {
            return issue(scope, secret, PolicyTarget.lock(scope, parameters, policy, collection, secret));
        }
    }

    /**
     * To everybody who satisfies a policy; the re-key itself is then the owner's approval.
     *
     * @param id of the new re-key
     * @param parameters of the authority
     * @param policy who
     * @return the halves, to be parted at once
     * @throws GeneralSecurityException if the signing key names no owner
     */
    public IssuedReKey toPolicy(UUID id, PublicParameters parameters, AccessPolicy policy)
            throws GeneralSecurityException {
        Scope scope = scope(id);
        try (SecretBytes secret = SecretBytes.random(SecretBytes.DERIVED_BYTES)) {
            return issue(scope, secret, PolicyTarget.lock(scope, parameters, policy, secret));
        }
    }

    /**
     * To one person, whatever their attributes.
     *
     * @param id of the new re-key
     * @param person whose key opens the target
     * @return the halves, to be parted at once
     * @throws GeneralSecurityException if the signing key names no owner, or the person's key is unusable
     */
    public IssuedReKey toPerson(UUID id, PersonPublicKey person) throws GeneralSecurityException {
        Scope scope = scope(id);
        try (SecretBytes secret = SecretBytes.random(SecretBytes.DERIVED_BYTES)) {
            return issue(scope, secret, PersonTarget.seal(scope, person, secret));
        }
    }

    /**
     * To trustees, of whom a number must answer for each record anew: access in an emergency.
     *
     * @param id of the new re-key
     * @param threshold how many must answer, at least 2
     * @param trustees their keys, at most {@value TrusteesTarget#MAX_TRUSTEES}, all different
     * @return the parts, to be parted at once
     * @throws GeneralSecurityException if the signing key names no owner, or a trustee's key is unusable
     */
    public IssuedEmergencyKey toTrustees(UUID id, int threshold, List<PersonPublicKey> trustees)
            throws GeneralSecurityException {
        Scope scope = scope(id);
        Scalar blinding = Scalar.random();
        List<Scalar> shares = TrusteesTarget.shares(blinding.inverse(), threshold, trustees.size());
        Coordination coordination = Coordination.of(shares);
        TrusteesTarget target = TrusteesTarget.seal(scope, threshold, trustees, shares, coordination.digest());
        IssuedReKey issued = issue(scope, blinding, target);
        return new IssuedEmergencyKey(issued.reKey(), issued.delegation(), coordination);
    }

    private Scope scope(UUID id) throws GeneralSecurityException {
        return Scope.of(id, signer.owner(), epoch, collection.ownerKey());
    }

    private IssuedReKey issue(Scope scope, SecretBytes secret, Target target) {
        return issue(scope, scope.blinding(secret, target.digest()), target);
    }

    /** SCHEME 4a, ReKey: RK = g2^(z_B/o), U = Z^(z_B). */
    private IssuedReKey issue(Scope scope, Scalar blinding, Target target) {
        return Terms.issue(scope, target, collection.conversion(blinding), Generators.zPower(blinding), signer);
    }

    @Override
    public String toString() {
        return "Delegator[secret]";
    }
}
