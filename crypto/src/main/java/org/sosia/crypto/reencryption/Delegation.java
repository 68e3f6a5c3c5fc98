package org.sosia.crypto.reencryption;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.TransformedSlot;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Scalar;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;

/**
 * The readers' half of a re-key: its target, and the owner's signature that this target belongs to that re-key.
 *
 * <p><b>Security.</b> Readable by everybody; it opens for those it names. Opening it gives one secret for all records of the collection and epoch, but each of them
 * needs the proxy's conversion.
 *
 * <p><b>Shape.</b> At most {@value #MAX_ENCODED_BYTES} bytes: docs/FORMATS.md, section Re-key.
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 4a and 4b.
 */
public final class Delegation {
    /** Limit of an encoded delegation: 256 rows, the longest policy and the longest signature fit. */
    public static final int MAX_ENCODED_BYTES = 131_072;

    private static final byte VERSION = 1;

    private final Terms terms;
    private final Target target;

    Delegation(Terms terms, Target target) {
        this.terms = terms;
        this.target = target;
    }

    /**
     * Decodes; nothing is verified yet.
     *
     * @param encoded what {@link #encode()} gave
     * @return the delegation
     * @throws GeneralSecurityException if version, length or an element is wrong
     */
    public static Delegation decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        reader.expect(VERSION);
        Terms terms = Terms.read(reader);
        Target target = Target.read(reader);
        reader.end();
        return new Delegation(terms, target);
    }

    /**
     * Encodes.
     *
     * @return the bytes
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION);
        terms.write(writer);
        return writer.fixed(target.encode()).toByteArray();
    }

    /**
     * Names the re-key.
     *
     * @return the id its owner gave it
     */
    public UUID id() {
        return terms.scope().id();
    }

    /**
     * Who made it.
     *
     * @return the owner's id
     */
    public String owner() {
        return terms.scope().owner();
    }

    /**
     * Which epoch of the collection it is for.
     *
     * @return the number the owner gave it, 0 or more
     */
    public int epoch() {
        return terms.scope().epoch();
    }

    /**
     * Which collection and epoch it is for.
     *
     * @return PK_o, as in the headers of its records
     */
    public G1 ownerKey() {
        return terms.scope().ownerKey();
    }

    /**
     * Where it leads.
     *
     * @return a policy, a person or trustees
     */
    public Target target() {
        return target;
    }

    /**
     * Requires the owner's signature, and that this is the target the owner signed. To be called before anything else is done with a delegation that comes from
     * outside.
     *
     * @param ca the hospital's certificate
     * @throws GeneralSecurityException if the owner did not sign exactly this
     */
    public void verify(X509Certificate ca) throws GeneralSecurityException {
        verify(Authorities.of(ca));
    }

    /**
     * As {@link #verify(X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param authorities the hospital's
     * @throws GeneralSecurityException if the owner did not sign exactly this
     */
    public void verify(Authorities authorities) throws GeneralSecurityException {
        terms.verify(authorities);
        if (!terms.isTarget(target)) {
            throw new MalformedException("the owner signed another target");
        }
    }

    /**
     * Requires that the proxy converted honestly. Needs no key: whoever holds what the proxy sent can show others that it lied.
     *
     * @param header the record
     * @param converted what the proxy made of it
     * @param proof that the proxy gave with it
     * @param ca the hospital's certificate
     * @throws CheatingProxyException if this is not what the re-key makes of this record
     * @throws GeneralSecurityException if a signature is missing, or the record is of another collection or epoch
     */
    public void verify(Header header, ConvertedLock converted, ConversionProof proof, X509Certificate ca)
            throws GeneralSecurityException {
        verify(header, converted, proof, Authorities.of(ca));
    }

    /**
     * As {@link #verify(Header, ConvertedLock, ConversionProof, X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param header the record
     * @param converted what the proxy made of it
     * @param proof that the proxy gave with it
     * @param authorities the hospital's
     * @throws CheatingProxyException if this is not what the re-key makes of this record
     * @throws GeneralSecurityException if a signature is missing, or the record is of another collection or epoch
     */
    public void verify(Header header, ConvertedLock converted, ConversionProof proof, Authorities authorities)
            throws GeneralSecurityException {
        verify(authorities);
        header.verify(authorities);
        ReKey.requireScope(terms.scope(), header);
        if (!converted.isFor(id(), header) || !proof.holds(terms, header, converted)) {
            throw new CheatingProxyException();
        }
    }

    /**
     * Opens a policy target that asks for the owner's approval.
     *
     * @param parameters of the authority
     * @param transformed what cloud B made of the target
     * @param z the person's retrieval key
     * @param grant what cloud A made of the approval, for {@link PolicyTarget#approvable()}
     * @param partialKey the person's half of the approval
     * @return what opens the records that the proxy converts
     * @throws DishonestReKeyException if the target does not hold what the owner signed
     * @throws GeneralSecurityException if a key is wrong, the target was changed, or it is of another kind
     */
    public DelegationSecret open(
            PublicParameters parameters,
            TransformedSlot transformed,
            RetrievalKey z,
            ConvertedGrant grant,
            PartialKey partialKey)
            throws GeneralSecurityException {
        PolicyTarget policy = policyTarget();
        G1 approvalKey = policy.approvable()
                .orElseThrow(() -> new MalformedException("this target asks for no approval"))
                .approvalKey();
        try (SecretBytes secret = policy.slot()
                .open(
                        parameters,
                        transformed,
                        z,
                        grant,
                        partialKey,
                        approvalKey,
                        terms.scope().bound())) {
            return opened(secret);
        }
    }

    /**
     * Opens a policy target that asks for no approval.
     *
     * @param parameters of the authority
     * @param transformed what cloud B made of the target
     * @param z the person's retrieval key
     * @return what opens the records that the proxy converts
     * @throws DishonestReKeyException if the target does not hold what the owner signed
     * @throws GeneralSecurityException if a key is wrong, the target was changed, or it is of another kind
     */
    public DelegationSecret open(PublicParameters parameters, TransformedSlot transformed, RetrievalKey z)
            throws GeneralSecurityException {
        PolicyTarget policy = policyTarget();
        try (SecretBytes secret =
                policy.slot().open(parameters, transformed, z, terms.scope().bound())) {
            return opened(secret);
        }
    }

    private PolicyTarget policyTarget() throws MalformedException {
        if (target instanceof PolicyTarget policy) {
            return policy;
        }
        throw new MalformedException("this re-key leads to no policy");
    }

    /**
     * Opens a target that is one person.
     *
     * @param person the person's key
     * @return what opens the records that the proxy converts
     * @throws DishonestReKeyException if the target does not hold what the owner signed
     * @throws GeneralSecurityException if it is another person's, was changed, or is of another kind
     */
    public DelegationSecret open(PersonKey person) throws GeneralSecurityException {
        if (!(target instanceof PersonTarget one)) {
            throw new MalformedException("this re-key leads to no single person");
        }
        try (SecretBytes secret = one.open(terms.scope(), person)) {
            return opened(secret);
        }
    }

    private DelegationSecret opened(SecretBytes secret) throws GeneralSecurityException {
        Scalar blinding = terms.scope().blinding(secret, target.digest());
        // Otherwise a dishonest owner could show each reader another exponent, and each would read something else, or
        // nothing.
        if (!Generators.zPower(blinding).equals(terms.blinded())) {
            throw new DishonestReKeyException();
        }
        return new DelegationSecret(terms.scope(), blinding);
    }

    /**
     * A trustee's answer for one record. The proxy's proof is checked first, so the trustee knows for which record.
     *
     * @param trustee the trustee's key
     * @param header the record that is asked for
     * @param converted what the proxy made of it
     * @param proof that the proxy gave with it
     * @param ca the hospital's certificate
     * @return the answer; a number of them open this record and no other
     * @throws CheatingProxyException if the conversion is of something else
     * @throws GeneralSecurityException if this person is no trustee here, or a signature is missing
     */
    public TrusteeAnswer answer(
            PersonKey trustee, Header header, ConvertedLock converted, ConversionProof proof, X509Certificate ca)
            throws GeneralSecurityException {
        return answer(trustee, header, converted, proof, Authorities.of(ca));
    }

    /**
     * As {@link #answer(PersonKey, Header, ConvertedLock, ConversionProof, X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param trustee the trustee's key
     * @param header the record that is asked for
     * @param converted what the proxy made of it
     * @param proof that the proxy gave with it
     * @param authorities the hospital's
     * @return the answer
     * @throws CheatingProxyException if the conversion is of something else
     * @throws GeneralSecurityException if this person is no trustee here, or a signature is missing
     */
    public TrusteeAnswer answer(
            PersonKey trustee, Header header, ConvertedLock converted, ConversionProof proof, Authorities authorities)
            throws GeneralSecurityException {
        verify(header, converted, proof, authorities);
        return TrusteeAnswer.give(terms.scope(), trusteesTarget(), trustee, converted);
    }

    TrusteesTarget trusteesTarget() throws MalformedException {
        if (target instanceof TrusteesTarget trustees) {
            return trustees;
        }
        throw new MalformedException("this re-key leads to no trustees");
    }

    Scope scope() {
        return terms.scope();
    }

    @Override
    public String toString() {
        return "Delegation[" + id() + "]";
    }
}
