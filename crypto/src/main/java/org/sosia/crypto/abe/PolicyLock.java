package org.sosia.crypto.abe;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.LinearSecretSharing;
import org.sosia.crypto.secret.SecretBytes;

/**
 * A secret locked under a policy: the ciphertext of the key encapsulation.
 *
 * <p><b>Security.</b> Selectively secure against chosen plaintexts under the q-parallel BDHE assumption in the random-oracle model. On its own it
 * is malleable; whoever uses it derives the exponent from what is protected and checks that after opening, as the envelope does.
 *
 * <p><b>Shape.</b> C' = g2^s (96), rows (2), for each row C_i (48) and D_i (96). The policy travels beside it, row i is its leaf i.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 3, Encaps, Transform and the public test.
 */
public final class PolicyLock {
    /** Limit of an encoding. */
    static final int MAX_BYTES = G2.BYTES + 2 + AccessPolicy.MAX_LEAVES * (G1.BYTES + G2.BYTES);

    private final AccessPolicy policy;
    private final G2 exponent;
    private final List<Row> rows;

    /** One leaf: C_i = A^(-λ_i) · H(x_i)^(r_i) and D_i = g2^(-r_i). */
    record Row(G1 share, G2 randomizer) {}

    PolicyLock(AccessPolicy policy, G2 exponent, List<Row> rows) {
        this.policy = policy;
        this.exponent = exponent;
        this.rows = List.copyOf(rows);
    }

    /**
     * Locks the secret Y^s.
     *
     * @param parameters of the authority whose keys are to open it
     * @param policy who may open
     * @param s the encryption exponent
     * @return the lock
     */
    public static PolicyLock encaps(PublicParameters parameters, AccessPolicy policy, Scalar s) {
        return encaps(parameters, policy, s, new LockRandomness.Fresh());
    }

    /**
     * Locks the secret Y^s so that whoever knows the seed can make every byte of the lock again: the strict mode. With {@link #isDerivedFrom} on opening, a
     * lock in which anything at all was changed is refused.
     *
     * <p>SCHEME 3, Strict: the shares' and rows' randomness is derived from the seed.
     *
     * @param parameters of the authority whose keys are to open it
     * @param policy who may open
     * @param s the encryption exponent, itself a hash of seed and context
     * @param seed a secret that the lock's opener comes to know, for example what is wrapped under the locked secret
     * @param context what the lock belongs to; no two locks have the same seed and context
     * @return the lock
     */
    public static PolicyLock encapsDerived(
            PublicParameters parameters, AccessPolicy policy, Scalar s, SecretBytes seed, byte[] context) {
        try (LockRandomness.Derived randomness = new LockRandomness.Derived(seed, context)) {
            return encaps(parameters, policy, s, randomness);
        }
    }

    private static PolicyLock encaps(
            PublicParameters parameters, AccessPolicy policy, Scalar s, LockRandomness randomness) {
        List<BigInteger> shares =
                new LinearSecretSharing(policy, Scalar.ORDER).share(s.toInteger(), randomness::forSharing);
        List<Attribute> leaves = policy.leaves();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            Scalar share = Scalar.of(shares.get(i));
            Scalar r = randomness.forRow(i);
            G1 masked = PublicParameters.hash(leaves.get(i)).power(r);
            rows.add(new Row(
                    parameters.blinding().power(share).inverse().multiply(masked),
                    G2.GENERATOR.power(r).inverse()));
        }
        return new PolicyLock(policy, G2.GENERATOR.power(s), rows);
    }

    /**
     * Whether this is, byte for byte, what {@link #encapsDerived} makes. Costs as much as locking.
     *
     * @param parameters of the authority
     * @param s the encryption exponent, recomputed by the opener
     * @param seed what the opener found
     * @param context what the lock should belong to
     * @return false if a single row was made in another way
     */
    public boolean isDerivedFrom(PublicParameters parameters, Scalar s, SecretBytes seed, byte[] context) {
        return MessageDigest.isEqual(
                encode(), encapsDerived(parameters, policy, s, seed, context).encode());
    }

    /** A lock of the product of both secrets; both must be for the same policy. SCHEME 3, Two clouds. */
    PolicyLock multiply(PolicyLock factor) {
        if (!policy.equals(factor.policy)) {
            throw new IllegalArgumentException("parts of one lock are for the same policy");
        }
        List<Row> products = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Row other = factor.rows.get(i);
            products.add(new Row(
                    row.share().multiply(other.share()), row.randomizer().multiply(other.randomizer())));
        }
        return new PolicyLock(policy, exponent.multiply(factor.exponent), products);
    }

    /** A lock of Y^(s+δ) made of a lock of Y^s. SCHEME 3, Offline. */
    PolicyLock shifted(PublicParameters parameters, Scalar delta) {
        G1 step = parameters.blinding().power(delta).inverse();
        List<Row> shifted = new ArrayList<>(rows);
        for (int row : new LinearSecretSharing(policy, Scalar.ORDER).carryingRows()) {
            Row before = rows.get(row);
            shifted.set(row, new Row(before.share().multiply(step), before.randomizer()));
        }
        return new PolicyLock(policy, exponent.multiply(G2.GENERATOR.power(delta)), shifted);
    }

    /** Whether this is a lock of Y^s: C' = g2^s, and the public test. */
    boolean locks(PublicParameters parameters, Scalar s) {
        return exponent.equals(G2.GENERATOR.power(s)) && isConsistent(parameters);
    }

    /**
     * Reads a lock.
     *
     * @param reader stands at its first byte; afterwards behind its last
     * @param policy the policy it was made for
     * @return the lock
     * @throws MalformedException if an element is wrong or the rows are not as many as the policy's leaves
     */
    public static PolicyLock read(ByteReader reader, AccessPolicy policy) throws MalformedException {
        G2 exponent = G2.decode(reader.fixed(G2.BYTES));
        int count = reader.u16();
        if (count != policy.leaves().size()) {
            throw new MalformedException("rows and policy do not belong together");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(G1.decode(reader.fixed(G1.BYTES)), G2.decode(reader.fixed(G2.BYTES))));
        }
        return new PolicyLock(policy, exponent, rows);
    }

    /**
     * Writes the lock.
     *
     * @param writer where to
     */
    public void write(ByteWriter writer) {
        writer.fixed(exponent.encode()).u16(rows.size());
        for (Row row : rows) {
            writer.fixed(row.share().encode()).fixed(row.randomizer().encode());
        }
    }

    /**
     * The cloud's half of decryption. The cheapest satisfied leaves are used.
     *
     * @param key of the person who asks
     * @return T = Y^(s/z), which only that person's retrieval key completes
     * @throws PolicyNotSatisfiedException if the key's attributes do not satisfy the policy
     * @throws GeneralSecurityException if the lock is degenerate
     */
    public Gt transform(TransformKey key) throws PolicyNotSatisfiedException, GeneralSecurityException {
        List<LinearSecretSharing.Weight> weights = new LinearSecretSharing(policy, Scalar.ORDER)
                .reconstruct(key.attributes())
                .orElseThrow(PolicyNotSatisfiedException::new);
        Gt transformed = product(key, weights);
        if (transformed.isOne()) {
            throw new MalformedException("the lock is degenerate");
        }
        return transformed;
    }

    /**
     * The bare product of pairings, which asks nobody whether the policy is satisfied: if it is not, the mathematics refuses.
     *
     * <p>SCHEME 3, Transform: T = e(K, C') · e(∏ C_i^ω_i, L) · ∏ e(K_{x_i}^ω_i, D_i).
     */
    Gt product(TransformKey key, List<LinearSecretSharing.Weight> weights) throws PolicyNotSatisfiedException {
        List<Attribute> leaves = policy.leaves();
        PairingProduct product = new PairingProduct().times(key.k(), exponent);
        List<G1> weightedShares = new ArrayList<>();
        for (LinearSecretSharing.Weight weight : weights) {
            Row row = rows.get(weight.row());
            G1 forAttribute = key.forAttribute(leaves.get(weight.row())).orElseThrow(PolicyNotSatisfiedException::new);
            weightedShares.add(weighted(row.share(), weight.weight()));
            product.times(weighted(forAttribute, weight.weight()), row.randomizer());
        }
        weightedShares.stream().reduce(G1::multiply).ifPresent(shares -> product.times(shares, key.l()));
        return product.value();
    }

    private static G1 weighted(G1 element, BigInteger weight) {
        return weight.equals(BigInteger.ONE) ? element : element.power(Scalar.of(weight));
    }

    /**
     * The public test: whether all sets that satisfy the policy get the same secret. It needs no key.
     *
     * <p>SCHEME 3, Test: e(∏ C_i^w_i, g2) · ∏ e(H(x_i)^w_i, D_i) · e(A, C') = 1 for a random vector w of the policy.
     *
     * @param parameters of the authority
     * @return false if the lock was not made as {@link #encaps} makes it
     */
    public boolean isConsistent(PublicParameters parameters) {
        List<BigInteger> test = new LinearSecretSharing(policy, Scalar.ORDER).testVector();
        List<Attribute> leaves = policy.leaves();
        PairingProduct product = new PairingProduct().times(parameters.blinding(), exponent);
        List<G1> weightedShares = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            weightedShares.add(weighted(row.share(), test.get(i)));
            product.times(weighted(PublicParameters.hash(leaves.get(i)), test.get(i)), row.randomizer());
        }
        weightedShares.stream().reduce(G1::multiply).ifPresent(shares -> product.times(shares, G2.GENERATOR));
        return product.isOne();
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter();
        write(writer);
        return writer.toByteArray();
    }

    AccessPolicy policy() {
        return policy;
    }

    G2 exponent() {
        return exponent;
    }

    List<Row> rows() {
        return rows;
    }
}
