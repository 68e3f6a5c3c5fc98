package org.sosia.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.Sealing;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.reencryption.ConvertedLock;
import org.sosia.crypto.reencryption.Delegator;
import org.sosia.crypto.reencryption.IssuedReKey;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;

/** Re-encryption of a record whose policy has n attributes, to another policy with n attributes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReEncryptionBenchmarks {
    private static final String OWNER = "olga";

    /** How many attributes. */
    @Param({"5", "10", "20", "50", "100"})
    public int n;

    private final PublicParameters parameters = MasterSecretKey.generate().publicParameters();
    private final CertificateAuthority hospital = CertificateAuthority.generate("Hospital");
    private final OwnerSigningKey signer = hospital.issue(OWNER);
    private final CollectionKeys collection = CollectionKeys.generate();
    private final Delegator delegator = new Delegator(collection, 1, signer);
    private final G1 lock = collection.ownerKey().power(Scalar.random());
    private final G2 conversion = collection.conversion(Scalar.random());
    private AccessPolicy policy = PolicyLockBenchmarks.allOf(2);
    private Header header = sealed();
    private IssuedReKey issued = rekey();

    /** Prepares a record and a re-key. */
    @Setup
    public void prepare() {
        policy = PolicyLockBenchmarks.allOf(n);
        header = sealed();
        issued = rekey();
    }

    private Header sealed() {
        try (Sealing sealing = Sealing.begin(UUID.randomUUID(), 1, OWNER, parameters, policy, collection)) {
            sealing.encrypting(OutputStream.nullOutputStream()).close();
            return sealing.finish(new byte[Digests.BYTES], signer);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a record can be sealed", e);
        }
    }

    /** An owner makes a re-key, signed. */
    @Benchmark
    public IssuedReKey rekey() {
        try {
            return delegator.toPolicy(UUID.randomUUID(), parameters, policy);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an owner can make a re-key", e);
        }
    }

    /** The step of the proxy in the groups, T = e(C_o, RK). */
    @Benchmark
    public Gt reencrypt() {
        return PairingProduct.pair(lock, conversion);
    }

    /** Everything a proxy does for a record, both signatures verified. */
    @Benchmark
    public ConvertedLock convert() throws GeneralSecurityException {
        return issued.reKey().convert(header, hospital.certificate());
    }
}
