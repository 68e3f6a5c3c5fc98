package org.sosia.crypto.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LinearSecretSharingPropertiesTest {
    private static final BigInteger PRIME =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    private final long seed = new SecureRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final RandomPolicies policies = new RandomPolicies(random);
    private final BigInteger secret = new BigInteger(250, new SecureRandom());

    @RepeatedTest(200)
    void exactlyTheSatisfyingSetsPutTheSecretTogether() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> held = policies.attributes();
        LinearSecretSharing sharing = new LinearSecretSharing(policy, PRIME);
        List<BigInteger> shares = sharing.share(secret);

        Optional<List<LinearSecretSharing.Weight>> weights = sharing.reconstruct(held);

        assertThat(weights.isPresent())
                .as("seed %d, %s, %s", seed, policy, held)
                .isEqualTo(policy.isSatisfiedBy(held))
                .isEqualTo(RandomPolicies.oracle(policy, held));
        weights.ifPresent(chosen -> {
            assertThat(chosen).allMatch(w -> held.contains(policy.leaves().get(w.row())));
            assertThat(chosen).extracting(LinearSecretSharing.Weight::row).doesNotHaveDuplicates();
            assertThat(sum(chosen, shares))
                    .as("seed %d, %s, %s", seed, policy, held)
                    .isEqualTo(secret);
        });
    }

    /**
     * Whether held shares determine the secret is a question of linear algebra, answered here without the code that reconstructs: some fixed
     * combination of them must equal the secret in every one of many sharings.
     */
    @RepeatedTest(60)
    void theSharesThemselvesRefuseUnsatisfyingSets() throws Exception {
        AccessPolicy policy = policies.policy();
        Set<Attribute> held = policies.attributes();
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < policy.leaves().size(); row++) {
            if (held.contains(policy.leaves().get(row))) {
                rows.add(row);
            }
        }
        assertThat(determined(policy, rows))
                .as("seed %d, %s, %s", seed, policy, held)
                .isEqualTo(RandomPolicies.oracle(policy, held));
    }

    private static boolean determined(AccessPolicy policy, List<Integer> rows) {
        LinearSecretSharing sharing = new LinearSecretSharing(policy, PRIME);
        List<BigInteger[]> equations = new ArrayList<>();
        SecureRandom fresh = new SecureRandom();
        // The shares of m leaves span at most m dimensions, so more sharings than that leave no accident.
        for (int i = 0; i < policy.leaves().size() + 3; i++) {
            BigInteger shared = new BigInteger(254, fresh).mod(PRIME);
            List<BigInteger> shares = sharing.share(shared);
            BigInteger[] equation = new BigInteger[rows.size() + 1];
            for (int column = 0; column < rows.size(); column++) {
                equation[column] = shares.get(rows.get(column));
            }
            equation[rows.size()] = shared;
            equations.add(equation);
        }
        return isSolvable(equations, rows.size());
    }

    /** Gauss. */
    private static boolean isSolvable(List<BigInteger[]> equations, int unknowns) {
        int rank = 0;
        for (int column = 0; column < unknowns; column++) {
            int pivot = rank;
            while (pivot < equations.size() && equations.get(pivot)[column].signum() == 0) {
                pivot++;
            }
            if (pivot == equations.size()) {
                continue;
            }
            Collections.swap(equations, rank, pivot);
            BigInteger inverse = equations.get(rank)[column].modInverse(PRIME);
            for (int row = rank + 1; row < equations.size(); row++) {
                BigInteger factor = equations.get(row)[column].multiply(inverse).mod(PRIME);
                for (int i = column; i <= unknowns; i++) {
                    equations.get(row)[i] = equations
                            .get(row)[i]
                            .subtract(factor.multiply(equations.get(rank)[i]))
                            .mod(PRIME);
                }
            }
            rank++;
        }
        return equations.subList(rank, equations.size()).stream().allMatch(e -> e[unknowns].signum() == 0);
    }

    @RepeatedTest(100)
    void theTestVectorAcceptsRightSharesAndOnlyThose() throws Exception {
        AccessPolicy policy = policies.policy();
        LinearSecretSharing sharing = new LinearSecretSharing(policy, PRIME);
        List<BigInteger> shares = new ArrayList<>(sharing.share(secret));
        assertThat(weigh(sharing.testVector(), shares))
                .as("seed %d, %s", seed, policy)
                .isEqualTo(secret);

        int changed = random.nextInt(shares.size());
        shares.set(changed, shares.get(changed).add(BigInteger.ONE).mod(PRIME));
        assertThat(weigh(sharing.testVector(), shares))
                .as("seed %d, %s", seed, policy)
                .isNotEqualTo(secret);
    }

    @RepeatedTest(60)
    void addingToTheCarryingLeavesAddsToTheSecret() throws Exception {
        AccessPolicy policy = policies.policy();
        LinearSecretSharing sharing = new LinearSecretSharing(policy, PRIME);
        List<BigInteger> shares = new ArrayList<>(sharing.share(secret));
        List<Integer> carrying = sharing.carryingRows();
        BigInteger added = BigInteger.valueOf(random.nextLong(1, Long.MAX_VALUE));

        carrying.forEach(row -> shares.set(row, shares.get(row).add(added).mod(PRIME)));

        assertThat(carrying).as("seed %d, %s", seed, policy).isSorted().doesNotHaveDuplicates();
        assertThat(weigh(sharing.testVector(), shares))
                .as("seed %d, %s", seed, policy)
                .isEqualTo(secret.add(added).mod(PRIME));
    }

    /** Of an "and" only the last child, of whatever else all. */
    @Test
    void theCarryingLeavesOfAnAndAreThoseOfItsLastChild() throws Exception {
        AccessPolicy policy =
                AccessPolicy.parse("(a:1 or b:2) and c:3 and (d:4 or e:5 and f:6 or 2 of (g:7, h:8, i:9))");
        assertThat(new LinearSecretSharing(policy, PRIME).carryingRows()).containsExactly(3, 5, 6, 7, 8);
    }

    /** 64 draws that all lie in the lower half of the field would be an accident of 2^-64. */
    @Test
    void sharesFillTheWholeField() throws Exception {
        AccessPolicy policy = AccessPolicy.parse(String.join(" and ", Collections.nCopies(64, "x:v1")));
        BigInteger half = PRIME.shiftRight(1);
        assertThat(new LinearSecretSharing(policy, PRIME).share(secret))
                .anyMatch(share -> share.compareTo(half) > 0)
                .anyMatch(share -> share.compareTo(half) < 0)
                .doesNotHaveDuplicates();
    }

    @RepeatedTest(60)
    void aPolicysTextIsReadBack() throws Exception {
        AccessPolicy policy = policies.policy();
        assertThat(AccessPolicy.parse(policy.toText())).as("seed %d", seed).isEqualTo(policy);
        assertThat(AccessPolicy.decode(policy.canonical())).as("seed %d", seed).isEqualTo(policy);
    }

    @Test
    void theCheapestLeavesAreChosen() throws Exception {
        AccessPolicy policy = AccessPolicy.parse("(x:v1 and x:v2 and x:v3) or x:v4 or (x:v1 and x:v2)");
        Set<Attribute> held = Set.of(
                RandomPolicies.attribute(1),
                RandomPolicies.attribute(2),
                RandomPolicies.attribute(3),
                RandomPolicies.attribute(4));
        assertThat(new LinearSecretSharing(policy, PRIME).reconstruct(held).orElseThrow())
                .containsExactly(new LinearSecretSharing.Weight(3, BigInteger.ONE));
    }

    private static BigInteger sum(List<LinearSecretSharing.Weight> weights, List<BigInteger> shares) {
        return weights.stream()
                .map(w -> w.weight().multiply(shares.get(w.row())))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(PRIME);
    }

    private static BigInteger weigh(List<BigInteger> weights, List<BigInteger> shares) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < shares.size(); i++) {
            sum = sum.add(weights.get(i).multiply(shares.get(i)));
        }
        return sum.mod(PRIME);
    }
}
