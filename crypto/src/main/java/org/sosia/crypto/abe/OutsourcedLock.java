package org.sosia.crypto.abe;

import java.util.List;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * Locking with the work done by two clouds: the exponent is split, each cloud locks its summand, the product of both locks is the lock.
 *
 * <p><b>Security.</b> Either cloud alone learns nothing. Both together open what is locked, without any key: do not use it for what must not fall into the hands of
 * one operator of both. The merged lock is tested before it is returned, so a cloud can refuse to work but not spoil a record.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Two clouds.
 */
public final class OutsourcedLock implements SecretMaterial {
    private final LockTask whole;
    private final List<LockTask> halves;

    private OutsourcedLock(LockTask whole, List<LockTask> halves) {
        this.whole = whole;
        this.halves = halves;
    }

    /**
     * Splits the work.
     *
     * @param policy who may open
     * @param s the encryption exponent; the locked secret is Y^s
     * @return both tasks
     */
    public static OutsourcedLock split(AccessPolicy policy, Scalar s) {
        List<LockTask> halves = s.splitInTwo().stream()
                .map(summand -> new LockTask(policy, summand))
                .toList();
        return new OutsourcedLock(new LockTask(policy, s), halves);
    }

    /**
     * Takes up work that somebody else has split, on the way to the clouds: for whoever tests what comes back for a client that is too weak to.
     *
     * @param first the task of cloud 1
     * @param second the task of cloud 2
     * @return the work
     * @throws IllegalArgumentException if the tasks are for different policies
     * @throws ArithmeticException if their summands cancel out
     */
    public static OutsourcedLock of(LockTask first, LockTask second) {
        return new OutsourcedLock(first.plus(second), List.of(first, second));
    }

    /**
     * What one cloud is to do; the other must not see it.
     *
     * @param cloud 1 or 2
     * @return its task
     */
    public LockTask taskFor(int cloud) {
        return halves.get(cloud - 1);
    }

    /**
     * Puts the halves together.
     *
     * @param parameters of the authority
     * @param first what cloud 1 returned
     * @param second what cloud 2 returned
     * @return the lock, tested: C' = g2^s, and all who satisfy the policy recover the same secret
     * @throws CheatingCloudException if a half is wrong; it names the cloud
     */
    public PolicyLock merge(PublicParameters parameters, PolicyLock first, PolicyLock second)
            throws CheatingCloudException {
        if (first.policy().equals(second.policy())) {
            PolicyLock merged = first.multiply(second);
            if (whole.isDoneBy(merged, parameters)) {
                return merged;
            }
        }
        throw new CheatingCloudException(halves.get(0).isDoneBy(first, parameters) ? 2 : 1);
    }

    @Override
    public String toString() {
        return "OutsourcedLock[secret]";
    }
}
