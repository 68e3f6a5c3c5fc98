package org.sosia.bench;

import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;

/** Attribute-based encryption with n attributes: a key for n, a policy that demands all of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PolicyLockBenchmarks {
    /** How many attributes. */
    @Param({"5", "10", "20", "50", "100"})
    public int n;

    private final MasterSecretKey authority = MasterSecretKey.generate();
    private final PublicParameters parameters = authority.publicParameters();
    private final Scalar exponent = Scalar.random();
    private Set<Attribute> attributes = Set.of();
    private AccessPolicy policy = allOf(2);
    private UserKeys keys = authority.keyGen(attributes);
    private PolicyLock lock = PolicyLock.encaps(parameters, policy, exponent);
    private Gt transformed = parameters.encapsulated(exponent);

    /** Prepares what the measured steps start from. */
    @Setup
    public void prepare() throws GeneralSecurityException {
        policy = allOf(n);
        attributes = policy.attributes();
        keys = authority.keyGen(attributes);
        lock = PolicyLock.encaps(parameters, policy, exponent);
        transformed = lock.transform(keys.transformKey());
    }

    /** Gates have at most 64 children, so that a hundred attributes make two. */
    static AccessPolicy allOf(int n) {
        String text = IntStream.range(0, n)
                .mapToObj(i -> "attribute:v" + i)
                .collect(Collectors.groupingBy(name -> name.hashCode() & 1, Collectors.joining(" and ", "(", ")")))
                .values()
                .stream()
                .collect(Collectors.joining(" and "));
        try {
            return AccessPolicy.parse(text);
        } catch (PolicySyntaxException e) {
            throw new IllegalStateException("the policy of a benchmark is one", e);
        }
    }

    /** An authority issues both keys of a person. */
    @Benchmark
    public UserKeys keygen() {
        return authority.keyGen(attributes);
    }

    /** An owner locks a secret. */
    @Benchmark
    public PolicyLock encaps() {
        return PolicyLock.encaps(parameters, policy, exponent);
    }

    /** A cloud does the heavy half of decryption. */
    @Benchmark
    public Gt transform() throws GeneralSecurityException {
        return lock.transform(keys.transformKey());
    }

    /** A person completes it, and checks the secret against the recomputed exponent. */
    @Benchmark
    public boolean open() {
        return keys.retrievalKey().retrieve(transformed).equals(parameters.encapsulated(exponent));
    }
}
