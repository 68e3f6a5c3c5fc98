package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * One cloud's half of an outsourced encryption. A secret between sealer and cloud: both halves together open.
 *
 * <p><b>Shape.</b> version 1, summand of s (32), policy with its length in two bytes.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Two clouds.
 */
public final class LockTask implements SecretMaterial {
    private static final byte VERSION = 1;
    private static final int MAX_BYTES = 1 + Scalar.BYTES + 2 + AccessPolicy.MAX_CANONICAL_BYTES;

    private final AccessPolicy policy;
    private final Scalar summand;

    LockTask(AccessPolicy policy, Scalar summand) {
        this.policy = policy;
        this.summand = summand;
    }

    /**
     * Does the cloud's work.
     *
     * @param parameters of the authority
     * @return this half of the lock
     */
    public PolicyLock perform(PublicParameters parameters) {
        return PolicyLock.encaps(parameters, policy, summand);
    }

    /**
     * For whom the lock is to be.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return policy;
    }

    LockTask plus(LockTask other) {
        if (!policy.equals(other.policy)) {
            throw new IllegalArgumentException("two halves of different locks");
        }
        return new LockTask(policy, summand.add(other.summand));
    }

    /** Whether a half is what {@link #perform} makes. */
    boolean isDoneBy(PolicyLock half, PublicParameters parameters) {
        return half.policy().equals(policy) && half.locks(parameters, summand);
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the task
     * @throws GeneralSecurityException if version, length, exponent or policy is wrong
     */
    public static LockTask decode(SecretBytes encoded) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes, MAX_BYTES);
            reader.expect(VERSION);
            Scalar summand = Scalar.decode(reader.fixed(Scalar.BYTES));
            AccessPolicy policy = AccessPolicy.decode(reader.sized(AccessPolicy.MAX_CANONICAL_BYTES));
            reader.end();
            return new LockTask(policy, summand);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Encodes.
     *
     * @return 35 bytes and the policy
     */
    public SecretBytes encode() {
        return SecretBytes.copyOf(new ByteWriter()
                .u8(VERSION)
                .fixed(summand.encode())
                .sized(policy.canonical())
                .toByteArray());
    }

    @Override
    public String toString() {
        return "LockTask[secret]";
    }
}
