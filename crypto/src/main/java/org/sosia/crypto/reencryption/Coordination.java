package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.OpenedEnvelope;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.pairing.SecretPolynomial;
import org.sosia.crypto.signature.Authorities;

/**
 * What it takes to check trustees' answers and put them together: V_i = Z^(w_i) for each trustee.
 *
 * <p><b>Security.</b> It opens nothing. It goes to whoever puts answers together and not to the clouds: the argument that trustees fewer than the number learn nothing
 * is made for an adversary who does not have it.
 *
 * <p><b>Shape.</b> At most {@value #MAX_ENCODED_BYTES} bytes: version 1, count (1), V_i (576 each). Its digest is part of the target that the owner signed.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4b.
 */
public final class Coordination {
    /** Limit of the encoding. */
    public static final int MAX_ENCODED_BYTES = 2 + TrusteesTarget.MAX_TRUSTEES * Gt.BYTES;

    private static final byte VERSION = 1;

    private final List<Gt> commitments;

    private Coordination(List<Gt> commitments) {
        this.commitments = List.copyOf(commitments);
    }

    static Coordination of(List<Scalar> shares) {
        return new Coordination(shares.stream().map(Generators::zPower).toList());
    }

    /**
     * Decodes.
     *
     * @param encoded what {@link #encode()} gave
     * @return the values
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static Coordination decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        reader.expect(VERSION);
        int count = reader.u8();
        List<Gt> commitments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commitments.add(Gt.decode(reader.fixed(Gt.BYTES)));
        }
        reader.end();
        return new Coordination(commitments);
    }

    /**
     * Encodes.
     *
     * @return the bytes
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION).u8(commitments.size());
        commitments.forEach(commitment -> writer.fixed(commitment.encode()));
        return writer.toByteArray();
    }

    /**
     * Requires that an answer is what this trustee's share gives for this record.
     *
     * @param delegation that names the trustees
     * @param header the record
     * @param converted what the proxy made of it
     * @param answer a trustee's
     * @throws CheatingTrusteeException if it is not, naming the trustee
     * @throws GeneralSecurityException if these do not belong together
     */
    public void check(Delegation delegation, Header header, ConvertedLock converted, TrusteeAnswer answer)
            throws GeneralSecurityException {
        requireOne(delegation, header, converted);
        requireHonest(delegation, converted, answer);
    }

    private void requireOne(Delegation delegation, Header header, ConvertedLock converted)
            throws GeneralSecurityException {
        ReKey.requireScope(delegation.scope(), header);
        if (!delegation.trusteesTarget().isCoordinatedBy(this) || !converted.isFor(delegation.id(), header)) {
            throw new MalformedException("record, conversion, delegation and coordination do not belong together");
        }
    }

    private void requireHonest(Delegation delegation, ConvertedLock converted, TrusteeAnswer answer)
            throws GeneralSecurityException {
        int trustee = answer.trustee();
        if (trustee < 1 || trustee > commitments.size()) {
            throw new MalformedException("there is no trustee of this number");
        }
        if (!answer.holds(delegation.scope(), converted, commitments.get(trustee - 1))) {
            throw new CheatingTrusteeException(trustee);
        }
    }

    /**
     * Opens one record with the answers of enough trustees: K_o = ∏ (T^(w_i))^(Λ_i).
     *
     * @param delegation that names the trustees
     * @param header the record
     * @param converted what the proxy made of it
     * @param answers of different trustees, for this record; those beyond the number are checked, too
     * @param ca the hospital's certificate
     * @return the opened envelope
     * @throws CheatingTrusteeException if an answer is wrong, naming the trustee
     * @throws TooFewAnswersException if too few trustees answered
     * @throws GeneralSecurityException if a signature is missing or these do not belong together
     */
    public OpenedEnvelope open(
            Delegation delegation,
            Header header,
            ConvertedLock converted,
            Collection<TrusteeAnswer> answers,
            X509Certificate ca)
            throws GeneralSecurityException {
        return open(delegation, header, converted, answers, Authorities.of(ca));
    }

    /**
     * As {@link #open(Delegation, Header, ConvertedLock, Collection, X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param delegation that names the trustees
     * @param header the record
     * @param converted what the proxy made of it
     * @param answers of different trustees, for this record
     * @param authorities the hospital's
     * @return the opened envelope
     * @throws CheatingTrusteeException if an answer is wrong, naming the trustee
     * @throws TooFewAnswersException if too few trustees answered
     * @throws GeneralSecurityException if a signature is missing or these do not belong together
     */
    public OpenedEnvelope open(
            Delegation delegation,
            Header header,
            ConvertedLock converted,
            Collection<TrusteeAnswer> answers,
            Authorities authorities)
            throws GeneralSecurityException {
        delegation.verify(authorities);
        header.verify(authorities);
        requireOne(delegation, header, converted);
        Map<Integer, Gt> powers = new TreeMap<>();
        for (TrusteeAnswer answer : answers) {
            requireHonest(delegation, converted, answer);
            powers.put(answer.trustee(), answer.power());
        }
        if (powers.size() < delegation.trusteesTarget().threshold()) {
            throw new TooFewAnswersException();
        }
        return header.open(combined(powers));
    }

    private static Gt combined(Map<Integer, Gt> powers) {
        return powers.entrySet().stream()
                .map(entry -> {
                    Scalar weight = SecretPolynomial.lagrange(powers.keySet(), entry.getKey());
                    return entry.getValue().power(weight);
                })
                .reduce(Gt::multiply)
                .orElseThrow();
    }

    byte[] digest() {
        return Digests.sha256(encode());
    }

    int size() {
        return commitments.size();
    }
}
