package org.sosia.crypto.policy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The access structure of a policy as a linear secret sharing: one share for each leaf.
 *
 * <p><b>Security.</b> Shares of leaves that do not satisfy the policy are uniform and independent of the secret: at an "and" all children but
 * the last are drawn at random and the last makes up the sum; at a k-of-n gate the children are points of a random polynomial of
 * degree k-1; at an "or" every child receives the secret itself. Integers here are shares used once, their arithmetic does not run
 * in constant time.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 2.
 */
public final class LinearSecretSharing {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AccessPolicy policy;
    private final BigInteger modulus;

    /**
     * The sharing of one policy.
     *
     * @param policy the policy
     * @param modulus a prime far above the number of children of any gate
     */
    public LinearSecretSharing(AccessPolicy policy, BigInteger modulus) {
        this.policy = policy;
        this.modulus = modulus;
    }

    /**
     * One leaf that takes part in putting the secret together.
     *
     * @param row the leaf, counted from 0 as in {@link AccessPolicy#leaves()}
     * @param weight by what its share is multiplied, 1 to modulus - 1
     */
    public record Weight(int row, BigInteger weight) {}

    /**
     * Shares a secret.
     *
     * @param secret 0 to modulus - 1
     * @return a share for each leaf
     */
    public List<BigInteger> share(BigInteger secret) {
        return share(secret, this::random);
    }

    /**
     * Shares a secret with given randomness, so that the same shares can be made again. Draws happen from the root down and from left to right: at
     * an "and" one for each child but the last, at a k-of-n gate with 1 &lt; k &lt; n one for each coefficient from the linear one up.
     *
     * @param secret 0 to modulus - 1
     * @param random gives uniform integers, 0 to modulus - 1, that serve for nothing else
     * @return a share for each leaf
     */
    public List<BigInteger> share(BigInteger secret, Supplier<BigInteger> random) {
        List<BigInteger> shares = new ArrayList<>();
        share(policy.formula(), secret, random, shares);
        return shares;
    }

    private void share(Formula formula, BigInteger secret, Supplier<BigInteger> random, List<BigInteger> shares) {
        if (formula instanceof Formula.Gate gate) {
            List<BigInteger> parts = parts(gate, secret, random);
            for (int child = 0; child < parts.size(); child++) {
                share(gate.children().get(child), parts.get(child), random, shares);
            }
        } else {
            shares.add(secret);
        }
    }

    private List<BigInteger> parts(Formula.Gate gate, BigInteger secret, Supplier<BigInteger> random) {
        int children = gate.children().size();
        if (gate.threshold() == children) {
            return summands(secret, children, random);
        }
        List<BigInteger> polynomial = new ArrayList<>(List.of(secret));
        while (polynomial.size() < gate.threshold()) {
            polynomial.add(random.get());
        }
        List<BigInteger> parts = new ArrayList<>();
        for (int child = 1; child <= children; child++) {
            parts.add(evaluate(polynomial, child));
        }
        return parts;
    }

    /** Random values whose sum is given. */
    private List<BigInteger> summands(BigInteger sum, int count, Supplier<BigInteger> random) {
        List<BigInteger> summands = new ArrayList<>();
        BigInteger rest = sum;
        for (int i = 1; i < count; i++) {
            BigInteger summand = random.get();
            summands.add(summand);
            rest = rest.subtract(summand);
        }
        summands.add(rest.mod(modulus));
        return summands;
    }

    private BigInteger evaluate(List<BigInteger> polynomial, int x) {
        BigInteger value = BigInteger.ZERO;
        for (int power = polynomial.size() - 1; power >= 0; power--) {
            value = value.multiply(BigInteger.valueOf(x))
                    .add(polynomial.get(power))
                    .mod(modulus);
        }
        return value;
    }

    private BigInteger random() {
        return new BigInteger(modulus.bitLength() + 128, RANDOM).mod(modulus);
    }

    /**
     * The leaves whose shares carry the secret: adding δ to each of these, and to no other, makes a sharing of s into one of s + δ. They are all children of
     * "or" and k-of-n gates, and the last child of an "and".
     *
     * @return the leaves, counted from 0, in ascending order
     */
    public List<Integer> carryingRows() {
        List<Integer> rows = new ArrayList<>();
        carrying(policy.formula(), 0, rows);
        return rows;
    }

    private static void carrying(Formula formula, int firstRow, List<Integer> rows) {
        if (!(formula instanceof Formula.Gate gate)) {
            rows.add(firstRow);
            return;
        }
        int row = firstRow;
        int last = gate.children().size() - 1;
        for (int child = 0; child <= last; child++) {
            Formula below = gate.children().get(child);
            if (child == last || gate.threshold() <= last) {
                carrying(below, row, rows);
            }
            row += below.leaves();
        }
    }

    /**
     * The cheapest way to put the secret together from the leaves whose attributes are held: the sum of weight times share is the
     * secret.
     *
     * @param held the attributes held
     * @return the leaves needed and their weights, or nothing if the policy is not satisfied
     */
    public Optional<List<Weight>> reconstruct(Set<Attribute> held) {
        return plan(policy.formula(), held, 0).map(plan -> plan.weights);
    }

    private record Plan(int child, List<Weight> weights) {}

    private Optional<Plan> plan(Formula formula, Set<Attribute> held, int firstRow) {
        if (formula instanceof Formula.Gate gate) {
            return plan(gate, held, firstRow);
        }
        return formula.isSatisfiedBy(held)
                ? Optional.of(new Plan(0, List.of(new Weight(firstRow, BigInteger.ONE))))
                : Optional.empty();
    }

    private Optional<Plan> plan(Formula.Gate gate, Set<Attribute> held, int firstRow) {
        List<Plan> possible = new ArrayList<>();
        int row = firstRow;
        for (int child = 0; child < gate.children().size(); child++) {
            Formula formula = gate.children().get(child);
            int position = child + 1;
            plan(formula, held, row).ifPresent(plan -> possible.add(new Plan(position, plan.weights)));
            row += formula.leaves();
        }
        if (possible.size() < gate.threshold()) {
            return Optional.empty();
        }
        possible.sort(Comparator.comparingInt(plan -> plan.weights.size()));
        return Optional.of(combine(gate, possible.subList(0, gate.threshold())));
    }

    private Plan combine(Formula.Gate gate, List<Plan> chosen) {
        List<Integer> positions = chosen.stream().map(Plan::child).toList();
        boolean interpolate =
                gate.threshold() > 1 && gate.threshold() < gate.children().size();
        List<Weight> weights = new ArrayList<>();
        for (Plan plan : chosen) {
            BigInteger factor = interpolate ? lagrange(positions, plan.child) : BigInteger.ONE;
            for (Weight weight : plan.weights) {
                weights.add(
                        new Weight(weight.row, weight.weight.multiply(factor).mod(modulus)));
            }
        }
        return new Plan(0, weights);
    }

    /** The coefficient of f(x) in f(0). */
    private BigInteger lagrange(List<Integer> positions, int x) {
        BigInteger numerator = BigInteger.ONE;
        BigInteger denominator = BigInteger.ONE;
        for (int other : positions) {
            if (other != x) {
                numerator = numerator.multiply(BigInteger.valueOf(other)).mod(modulus);
                denominator = denominator
                        .multiply(BigInteger.valueOf((long) other - x))
                        .mod(modulus);
            }
        }
        return numerator.multiply(denominator.modInverse(modulus)).mod(modulus);
    }

    /**
     * A random vector w with Σ w·share = secret for every correct sharing, and for a wrong one only by chance: the test whether shares
     * agree, which needs no secret. At an "or" the weight is split at random; at a k-of-n gate random words of the dual code are added.
     *
     * @return a weight for each leaf
     */
    public List<BigInteger> testVector() {
        List<BigInteger> weights = new ArrayList<>();
        spread(policy.formula(), BigInteger.ONE, weights);
        return weights;
    }

    private void spread(Formula formula, BigInteger weight, List<BigInteger> weights) {
        if (formula instanceof Formula.Gate gate) {
            List<BigInteger> parts = testWeights(gate, weight);
            for (int child = 0; child < parts.size(); child++) {
                spread(gate.children().get(child), parts.get(child), weights);
            }
        } else {
            weights.add(weight);
        }
    }

    private List<BigInteger> testWeights(Formula.Gate gate, BigInteger weight) {
        int n = gate.children().size();
        int k = gate.threshold();
        if (k == n) {
            return Collections.nCopies(n, weight);
        }
        if (k == 1) {
            return summands(weight, n, this::random);
        }
        List<Integer> firstK = IntStream.rangeClosed(1, k).boxed().toList();
        List<BigInteger> dual = new ArrayList<>();
        while (dual.size() < n - k) {
            dual.add(random());
        }
        List<BigInteger> weights = new ArrayList<>();
        for (int j = 1; j <= n; j++) {
            BigInteger lagrange = j <= k ? lagrange(firstK, j).multiply(weight) : BigInteger.ZERO;
            weights.add(
                    lagrange.add(dualFactor(n, j).multiply(evaluate(dual, j))).mod(modulus));
        }
        return weights;
    }

    /** The factor u_j = ∏ 1/(j-m) over all m ≠ j: Σ u_j·f(j)·g(j) = 0 whenever deg f + deg g &lt; n - 1. */
    private BigInteger dualFactor(int n, int j) {
        BigInteger product = BigInteger.ONE;
        for (int m = 1; m <= n; m++) {
            if (m != j) {
                product = product.multiply(BigInteger.valueOf((long) j - m)).mod(modulus);
            }
        }
        return product.modInverse(modulus);
    }
}
