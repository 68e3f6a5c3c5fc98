package org.sosia.crypto.abe;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * A lock prepared while there was time, for a policy that will be needed; completing it takes the same short time whatever the policy's size.
 *
 * <p><b>Security.</b> As secret as what it will lock: who knows s0 of a completed lock opens it. It serves once. Of two locks completed from one
 * entry, whoever opens the first knows the difference of both and opens the second; so completing it spends it, and so does encoding it, which hands it over to
 * a store. That a store gives each entry out once, the store has to see to: it deletes what it reads, before it is used.
 *
 * <p><b>Shape.</b> version 1, SHA-256 of the public parameters (32), s0 (32), policy with its length in two bytes, lock.
 *
 * <p><b>Source.</b> S. Hohenberger and B. Waters, PKC 2014, for one policy at a time. docs/SCHEME.md, section 3, Offline.
 */
public final class OfflineLock implements SecretMaterial {
    /** Limit of an encoding. */
    public static final int MAX_BYTES =
            1 + Digests.BYTES + Scalar.BYTES + 2 + AccessPolicy.MAX_CANONICAL_BYTES + PolicyLock.MAX_BYTES;

    private static final byte VERSION = 1;

    private final PublicParameters parameters;
    private final AccessPolicy policy;
    private final AtomicReference<Optional<Prepared>> prepared;

    private record Prepared(Scalar exponent, PolicyLock lock) {}

    private OfflineLock(PublicParameters parameters, Prepared prepared) {
        this.parameters = parameters;
        this.policy = prepared.lock.policy();
        this.prepared = new AtomicReference<>(Optional.of(prepared));
    }

    /**
     * Does the heavy part.
     *
     * @param parameters of the authority whose keys are to open
     * @param policy who may open
     * @return an entry that serves once
     */
    public static OfflineLock prepare(PublicParameters parameters, AccessPolicy policy) {
        Scalar exponent = Scalar.random();
        return new OfflineLock(parameters, new Prepared(exponent, PolicyLock.encaps(parameters, policy, exponent)));
    }

    /**
     * Completes the lock, as if it had been made for this exponent from the start.
     *
     * @param s the encryption exponent; the locked secret is Y^s
     * @return the lock
     * @throws IllegalStateException if this entry was completed or encoded before
     */
    public PolicyLock complete(Scalar s) {
        Prepared taken = take();
        return taken.exponent.equals(s) ? taken.lock : taken.lock.shifted(parameters, s.subtract(taken.exponent));
    }

    /**
     * What it is prepared for.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return policy;
    }

    private Prepared take() {
        return prepared.getAndSet(Optional.empty())
                .orElseThrow(() -> new IllegalStateException("an offline entry serves once"));
    }

    /**
     * Hands this entry over to a store, which keeps it as a secret; this object is spent.
     *
     * @return the encoding
     * @throws IllegalStateException if this entry was completed or encoded before
     */
    public SecretBytes encode() {
        Prepared taken = take();
        byte[] encoded = new ByteWriter()
                .u8(VERSION)
                .fixed(parameters.digest())
                .fixed(taken.exponent.encode())
                .sized(policy.canonical())
                .fixed(taken.lock.encode())
                .toByteArray();
        try {
            return SecretBytes.copyOf(encoded);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Takes an entry out of a store, which has deleted it by now.
     *
     * @param encoded what {@link #encode()} gave
     * @param parameters of the authority
     * @return the entry
     * @throws GeneralSecurityException if it is malformed, or was prepared under other parameters
     */
    public static OfflineLock decode(SecretBytes encoded, PublicParameters parameters) throws GeneralSecurityException {
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes, MAX_BYTES);
            reader.expect(VERSION);
            if (!Arrays.equals(reader.fixed(Digests.BYTES), parameters.digest())) {
                throw new MalformedException("this entry is for other parameters");
            }
            Scalar exponent = Scalar.decode(reader.fixed(Scalar.BYTES));
            AccessPolicy policy = AccessPolicy.decode(reader.sized(AccessPolicy.MAX_CANONICAL_BYTES));
            PolicyLock lock = PolicyLock.read(reader, policy);
            reader.end();
            return new OfflineLock(parameters, new Prepared(exponent, lock));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "OfflineLock[secret]";
    }
}
