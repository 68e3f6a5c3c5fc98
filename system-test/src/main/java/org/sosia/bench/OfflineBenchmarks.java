package org.sosia.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.OfflineLock;
import org.sosia.crypto.abe.PolicyLock;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;

/** The online part of a lock that was prepared offline; each entry serves once, so each sample gets a fresh one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OfflineBenchmarks {
    /** How many attributes. */
    @Param({"5", "10", "20", "50", "100"})
    public int n;

    private final PublicParameters parameters = MasterSecretKey.generate().publicParameters();
    private final Scalar exponent = Scalar.random();
    private OfflineLock entry = OfflineLock.prepare(parameters, PolicyLockBenchmarks.allOf(2));

    /** What the lock and its secret are. */
    public record Locked(PolicyLock lock, Gt secret) {}

    /** The offline part, not measured. */
    @Setup(Level.Invocation)
    public void prepare() {
        entry = OfflineLock.prepare(parameters, PolicyLockBenchmarks.allOf(n));
    }

    /** An owner locks a secret with a prepared entry. */
    @Benchmark
    public Locked online() {
        return new Locked(entry.complete(exponent), parameters.encapsulated(exponent));
    }
}
