package org.sosia.crypto.reencryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sosia.crypto.delivery.Delivery;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.secret.SecretBytes;

/**
 * Trustees, of whom a number must answer for each record anew. They never put a key together.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4b.
 */
public final class TrusteesTarget implements Target {
    /** The most trustees of one re-key. */
    public static final int MAX_TRUSTEES = 16;

    /** One trustee alone is a {@link PersonTarget}. */
    public static final int MIN_THRESHOLD = 2;

    static final int TYPE = 3;

    private final int threshold;
    private final byte[] coordinationDigest;
    private final List<SealedShare> shares;

    private static final class SealedShare {
        private final byte[] recipient;
        private final byte[] sealed;

        SealedShare(byte[] recipient, byte[] sealed) {
            this.recipient = recipient;
            this.sealed = sealed;
        }
    }

    private TrusteesTarget(int threshold, byte[] coordinationDigest, List<SealedShare> shares) {
        this.threshold = threshold;
        this.coordinationDigest = coordinationDigest;
        this.shares = List.copyOf(shares);
    }

    /** SCHEME 4b: w = 1/z_E as values of a random polynomial; trustee i holds the one at i. */
    static List<Scalar> shares(Scalar secret, int threshold, int count) {
        if (threshold < MIN_THRESHOLD || threshold > count || count > MAX_TRUSTEES) {
            throw new IllegalArgumentException("there are at most 16 trustees, of whom at least 2 must answer");
        }
        SecretPolynomial polynomial = SecretPolynomial.through(secret, threshold);
        return IntStream.rangeClosed(1, count).mapToObj(polynomial::at).toList();
    }

    static TrusteesTarget seal(
            Scope scope, int threshold, List<PersonPublicKey> trustees, List<Scalar> shares, byte[] coordinationDigest)
            throws GeneralSecurityException {
        List<SealedShare> sealed = new ArrayList<>();
        for (int i = 0; i < trustees.size(); i++) {
            PersonPublicKey trustee = trustees.get(i);
            byte[] exposed = shares.get(i).encode();
            try (SecretBytes share = SecretBytes.copyOf(exposed)) {
                sealed.add(new SealedShare(
                        trustee.fingerprint(),
                        Delivery.seal(trustee, context(scope, i + 1, trustee.fingerprint()), share)));
            } finally {
                Arrays.fill(exposed, (byte) 0);
            }
        }
        requireDifferent(sealed);
        return new TrusteesTarget(threshold, coordinationDigest, sealed);
    }

    private static byte[] context(Scope scope, int number, byte[] recipient) {
        return scope.deliveryContext(
                TYPE, new ByteWriter().u8(number).fixed(recipient).toByteArray());
    }

    /** Somebody with two shares would count twice. */
    private static void requireDifferent(List<SealedShare> shares) throws MalformedException {
        long different = shares.stream()
                .map(share -> ByteBuffer.wrap(share.recipient))
                .distinct()
                .count();
        if (different != shares.size()) {
            throw new MalformedException("a trustee is named twice");
        }
    }

    static TrusteesTarget read(ByteReader reader) throws GeneralSecurityException {
        int threshold = reader.u8();
        int count = reader.u8();
        if (threshold < MIN_THRESHOLD || threshold > count || count > MAX_TRUSTEES) {
            throw new MalformedException("there are at most 16 trustees, of whom at least 2 must answer");
        }
        byte[] coordinationDigest = reader.fixed(Digests.BYTES);
        List<SealedShare> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(new SealedShare(reader.fixed(Digests.BYTES), reader.sized(Delivery.MAX_SEALED_SECRET_BYTES)));
        }
        requireDifferent(shares);
        return new TrusteesTarget(threshold, coordinationDigest, shares);
    }

    @Override
    public byte[] encode() {
        ByteWriter writer =
                new ByteWriter().u8(TYPE).u8(threshold).u8(shares.size()).fixed(coordinationDigest);
        for (SealedShare share : shares) {
            writer.fixed(share.recipient).sized(share.sealed);
        }
        return writer.toByteArray();
    }

    /**
     * How many must answer.
     *
     * @return at least {@value #MIN_THRESHOLD}
     */
    public int threshold() {
        return threshold;
    }

    /**
     * Who they are.
     *
     * @return the fingerprints of their keys; the first is trustee number 1
     */
    public List<byte[]> trustees() {
        return shares.stream().map(share -> share.recipient.clone()).toList();
    }

    /** The number of the trustee with this key, counted from 1. */
    int number(PersonKey trustee) throws MalformedException {
        byte[] fingerprint = trustee.publicPart().fingerprint();
        for (int i = 0; i < shares.size(); i++) {
            if (Arrays.equals(shares.get(i).recipient, fingerprint)) {
                return i + 1;
            }
        }
        throw new MalformedException("this person is no trustee here");
    }

    Scalar share(Scope scope, int number, PersonKey trustee) throws GeneralSecurityException {
        SealedShare share = shares.get(number - 1);
        try (SecretBytes opened = trustee.openSecret(share.sealed, context(scope, number, share.recipient))) {
            byte[] exposed = opened.exposeSecretBytes();
            try {
                return Scalar.decode(exposed);
            } finally {
                Arrays.fill(exposed, (byte) 0);
            }
        }
    }

    boolean isCoordinatedBy(Coordination coordination) {
        return Arrays.equals(coordinationDigest, coordination.digest()) && coordination.size() == shares.size();
    }
}
