package org.sosia.crypto.abe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.LinearSecretSharing;
import org.sosia.crypto.policy.LinearSecretSharing.Weight;

/**
 * Somebody whose attributes do not satisfy a policy skips our check and runs the pairing product with the rows they own.
 *
 * <p>The attack is real: a well-known library once gave one child of an "and" the whole secret. Its check of satisfaction hid the
 * mistake for five releases, while anybody who left the check out read everything. So this test leaves it out: for every set of attributes that does
 * not satisfy the policy it tries every subset of the owned rows, with sums, differences and the weights of every honest reader. The secret
 * must not come out; and for every set that does satisfy it, it must.
 */
class UnsatisfiedPolicyAttackTest {
    private static final MasterSecretKey AUTHORITY = MasterSecretKey.generate();
    private static final PublicParameters PARAMETERS = AUTHORITY.publicParameters();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:1",
                "a:1 and b:2",
                "a:1 and b:2 and c:3",
                "(a:1 and b:2) or (c:3 and d:4)",
                "(a:1 or b:2) and c:3",
                "2 of (a:1, b:2, c:3)",
                "3 of (a:1, b:2, c:3, d:4)",
                "a:1 and 2 of (b:2, c:3, d:4)",
                "2 of (a:1 and b:2, c:3, d:4)",
                "a:1 and (a:1 or b:2) and c:3",
            })
    void noUnsatisfyingSetOfRowsGivesTheSecret(String text) throws Exception {
        AccessPolicy policy = AccessPolicy.parse(text);
        for (Set<Attribute> held : subsets(policy)) {
            attack(policy, held);
        }
    }

    private static void attack(AccessPolicy policy, Set<Attribute> held) throws Exception {
        Scalar s = Scalar.random();
        PolicyLock lock = PolicyLock.encaps(PARAMETERS, policy, s);
        UserKeys keys = AUTHORITY.keyGen(held);
        Gt secret = PARAMETERS.encapsulated(s);
        List<Integer> owned = new ArrayList<>();
        for (int row = 0; row < policy.leaves().size(); row++) {
            if (held.contains(policy.leaves().get(row))) {
                owned.add(row);
            }
        }
        boolean found = false;
        for (List<Weight> guess : guesses(policy, owned)) {
            Gt product = lock.product(keys.transformKey(), guess);
            found |= keys.retrievalKey().retrieve(product).equals(secret);
            assertThat(product).isNotEqualTo(secret);
        }
        // The guesses contain those of every honest reader, so the attack would notice a secret that is there.
        assertThat(found).as("%s with %s", policy, held).isEqualTo(policy.isSatisfiedBy(held));
    }

    private static Set<List<Weight>> guesses(AccessPolicy policy, List<Integer> owned) {
        Set<List<Weight>> guesses = new LinkedHashSet<>();
        for (int mask = 0; mask < 1 << owned.size(); mask++) {
            List<Weight> sum = new ArrayList<>();
            List<Weight> difference = new ArrayList<>();
            for (int i = 0; i < owned.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    sum.add(new Weight(owned.get(i), BigInteger.ONE));
                    difference.add(new Weight(
                            owned.get(i), i % 2 == 0 ? BigInteger.ONE : Scalar.ORDER.subtract(BigInteger.ONE)));
                }
            }
            guesses.add(sum);
            guesses.add(difference);
        }
        // What readers with other attributes would compute, as far as the owned rows go.
        for (Set<Attribute> readers : subsets(policy)) {
            new LinearSecretSharing(policy, Scalar.ORDER)
                    .reconstruct(readers)
                    .ifPresent(weights -> guesses.add(weights.stream()
                            .filter(weight -> owned.contains(weight.row()))
                            .toList()));
        }
        return guesses;
    }

    private static List<Set<Attribute>> subsets(AccessPolicy policy) {
        List<Attribute> attributes = new ArrayList<>(policy.attributes());
        List<Set<Attribute>> subsets = new ArrayList<>();
        for (int mask = 0; mask < 1 << attributes.size(); mask++) {
            Set<Attribute> subset = new HashSet<>();
            for (int i = 0; i < attributes.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    subset.add(attributes.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
