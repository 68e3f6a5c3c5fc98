package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sosia.crypto.abe.PolicyNotSatisfiedException;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.RetrievalKey;
import org.sosia.crypto.abe.TransformKey;
import org.sosia.crypto.delivery.PersonKey;
import org.sosia.crypto.delivery.PersonPublicKey;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.grant.Approvable;
import org.sosia.crypto.grant.ConvertedGrant;
import org.sosia.crypto.grant.PartialKey;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.G2;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.PairingProduct;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * The header of a sealed record: what it is, who may open it, and how.
 *
 * <p>It has a core, which never changes, with the owner's own slot, and a list of further slots, which the owner may change without touching the payload: exactly one for a policy and
 * the owner's approval, and one for each person the owner named. Each slot wraps the same seed.
 *
 * <p><b>Security.</b> It opens with the owner's collection keys; with what a re-key makes of the owner's lock; with a named person's own key; or with four pieces that four
 * places hold – attributes (a transform key at the cloud and the person's retrieval key) and the owner's approval (a half at the other cloud and the person's partial key). Opening
 * re-derives how the slot must have been made, so a changed header does not open, whoever changed it. The owner signs the list as a whole with its revision: a slot that was
 * taken away, exchanged, doubled or kept from an earlier list is noticed by {@link #verify}. A <em>complete</em> earlier header is genuine; whoever knows a newer
 * {@link #revision()} notices. Who once opened a record knows its seed: a new list keeps others out, not them. The policy, the owner's id and the lengths are readable by
 * everybody.
 *
 * <p><b>Shape.</b> At most {@value #MAX_ENCODED_BYTES} bytes, see docs/FORMATS.md, section Header. Decoding checks limits, forms and subgroups; it
 * does not verify the signature, {@link #verify} does.
 *
 * <p><b>Source.</b> docs/SCHEME.md, sections 3 to 7.
 */
public final class Header implements Approvable {
    /** Limit of an encoded header: 256 rows, the longest policy, all direct slots and the longest signature fit. */
    public static final int MAX_ENCODED_BYTES = 131_072;

    /** The most people with a slot of their own. */
    public static final int MAX_DIRECT_SLOTS = 16;

    static final int FIRST_REVISION = 0;

    private static final int MAX_FORMAT_1_BYTES = 98_304;
    private static final byte[] LIST_LABEL = "sosia/v2/slot-list".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE_LABEL = "sosia/v1/header-signature".getBytes(StandardCharsets.US_ASCII);

    private final HeaderCore core;
    private final List<Slot> slots;
    private final Bytes mac;
    private final int revision;
    private final OwnerSignature signature;

    private Header(HeaderCore core, List<Slot> slots, Bytes mac, int revision, OwnerSignature signature) {
        this.core = core;
        this.slots = List.copyOf(slots);
        this.mac = mac;
        this.revision = revision;
        this.signature = signature;
    }

    static Header sign(HeaderCore core, List<Slot> slots, byte[] mac, int revision, OwnerSigningKey signer) {
        return new Header(
                core, slots, new Bytes(mac), revision, signer.sign(signedMessage(core, slots, mac, revision)));
    }

    private static byte[] signedMessage(HeaderCore core, List<Slot> slots, byte[] mac, int revision) {
        boolean list = core.hasList();
        ByteWriter message =
                new ByteWriter().sized(list ? LIST_LABEL : SIGNATURE_LABEL).fixed(core.digest());
        if (list) {
            message.fixed(mac).u32(revision).u8(slots.size());
        }
        slots.forEach(slot -> message.fixed(slot.digest()));
        return list ? message.toByteArray() : message.fixed(mac).toByteArray();
    }

    /**
     * Decodes, strictly: every limit, canonical forms only, every point in its subgroup, nothing left over.
     *
     * @param encoded at most {@value #MAX_ENCODED_BYTES} bytes
     * @return the header, not yet verified
     * @throws GeneralSecurityException if the bytes are not exactly one header
     */
    public static Header decode(byte[] encoded) throws GeneralSecurityException {
        ByteReader reader = new ByteReader(encoded, MAX_ENCODED_BYTES);
        HeaderCore core = HeaderCore.read(reader);
        Header header = core.hasList() ? readList(core, reader) : readFormat1(core, reader, encoded.length);
        reader.end();
        return header;
    }

    private static Header readFormat1(HeaderCore core, ByteReader reader, int length) throws GeneralSecurityException {
        if (length > MAX_FORMAT_1_BYTES) {
            throw new MalformedException("the encoding is longer than its format allows");
        }
        Slot slot = Slot.read(reader);
        if (!(slot instanceof PolicySlot policy) || policy.parameters().isPresent()) {
            throw new MalformedException("a header of format 1 has one policy slot, which names no parameters");
        }
        Bytes mac = new Bytes(reader.fixed(Digests.BYTES));
        return new Header(core, List.of(slot), mac, FIRST_REVISION, readSignature(reader));
    }

    private static Header readList(HeaderCore core, ByteReader reader) throws GeneralSecurityException {
        Bytes mac = new Bytes(reader.fixed(Digests.BYTES));
        int revision = reader.u32();
        int count = reader.u8();
        if (count < 1 || count > 1 + MAX_DIRECT_SLOTS) {
            throw new MalformedException("a header has a policy slot and at most 16 direct ones");
        }
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Slot slot = Slot.read(reader);
            if ((i == 0) != (slot instanceof PolicySlot)) {
                throw new MalformedException("a header has exactly one policy slot, the first");
            }
            slots.add(slot);
        }
        if (core.facts().parameters().isEmpty()
                && ((PolicySlot) slots.get(0)).parameters().isEmpty()) {
            throw new MalformedException("a header of format 3 has a policy slot that names its parameters");
        }
        requireDifferentPersons(slots);
        return new Header(core, slots, mac, revision, readSignature(reader));
    }

    private static void requireDifferentPersons(List<Slot> slots) throws MalformedException {
        List<Bytes> recipients = directSlots(slots).map(DirectSlot::recipient).toList();
        if (Set.copyOf(recipients).size() < recipients.size()) {
            throw new MalformedException("a person has two slots");
        }
    }

    private static Stream<DirectSlot> directSlots(List<Slot> slots) {
        return slots.stream().filter(DirectSlot.class::isInstance).map(DirectSlot.class::cast);
    }

    private static OwnerSignature readSignature(ByteReader reader) throws GeneralSecurityException {
        return OwnerSignature.decode(reader.sized(OwnerSignature.MAX_ENCODED_BYTES));
    }

    /**
     * Encodes.
     *
     * @return the bytes
     */
    public byte[] encode() {
        ByteWriter writer = new ByteWriter().fixed(core.encode());
        if (core.hasList()) {
            writer.fixed(mac.copy()).u32(revision).u8(slots.size());
            slots.forEach(slot -> slot.write(writer));
        } else {
            policySlot().write(writer);
            writer.fixed(mac.copy());
        }
        return writer.sized(signature.encode()).toByteArray();
    }

    private PolicySlot policySlot() {
        return (PolicySlot) slots.get(0);
    }

    /**
     * The record's id.
     *
     * @return the id
     */
    public UUID record() {
        return core.facts().record();
    }

    /**
     * The version of the content.
     *
     * @return 0 or more
     */
    public int version() {
        return core.facts().version();
    }

    /**
     * Who sealed the record and signed it.
     *
     * @return the owner's id
     */
    public String owner() {
        return core.facts().owner();
    }

    /**
     * Which attributes open it, together with an approval.
     *
     * @return the policy
     */
    public AccessPolicy policy() {
        return policySlot().policy();
    }

    /**
     * How long the payload is.
     *
     * @return bytes of sealed content
     */
    public long sealedLength() {
        return core.facts().sealedLength();
    }

    /**
     * The digest of the payload.
     *
     * @return SHA-256 of the sealed content
     */
    public byte[] sealedDigest() {
        return core.facts().sealedDigest().copy();
    }

    /**
     * The digest of the metadata that belongs to the record.
     *
     * @return SHA-256, as given when the record was sealed
     */
    public byte[] metadataDigest() {
        return core.facts().metadataDigest().copy();
    }

    /**
     * Names this header among all others.
     *
     * @return SHA-256 of the encoding
     */
    public byte[] digest() {
        return Digests.sha256(encode());
    }

    /**
     * Names the part that never changes; two records never share it.
     *
     * @return SHA-256 of the core
     */
    public byte[] coreDigest() {
        return core.digest();
    }

    /**
     * How often the owner changed the list of slots.
     *
     * @return 0 for a list as it was sealed
     */
    public int revision() {
        return revision;
    }

    /**
     * Who has a slot of their own.
     *
     * @return the fingerprints of their keys
     */
    public List<byte[]> directRecipients() {
        return directSlots(slots).map(slot -> slot.recipient().copy()).toList();
    }

    /**
     * Which collection and epoch the record belongs to, PK_o.
     *
     * @return as in its keys
     */
    public G1 ownerKey() {
        return core.facts().ownerKey();
    }

    /**
     * The owner's lock, C_o = PK_o^k, which a re-key converts.
     *
     * @return differs for every record
     */
    public G1 ownerLock() {
        return core.ownerSlot().lock();
    }

    /**
     * Whether the owner's lock stays what it is when slots change, so that what a re-key made of it stays right. A header of format 1 gets another lock with
     * its first list of slots: what is to last is converted after that.
     *
     * @return false for format 1
     */
    public boolean keepsItsLock() {
        return core.hasList();
    }

    /**
     * The owner's signature over core, slots, revision and header MAC, with the certificate.
     *
     * @return not yet verified
     */
    public OwnerSignature signature() {
        return signature;
    }

    @Override
    public G1 approvalKey() {
        return core.facts().approvalKey();
    }

    @Override
    public G1 approvalLock() {
        return policySlot().approvalLock().orElseThrow();
    }

    /**
     * Requires the owner's signature. To be called before anything else is done with a header that comes from outside: a cloud that
     * transforms headers nobody signed is an oracle.
     *
     * @param ca the hospital's certificate
     * @throws GeneralSecurityException if the hospital did not certify the signer, the signer is not the owner named here, or anything
     *     was changed since
     */
    public void verify(X509Certificate ca) throws GeneralSecurityException {
        signature.verify(signedMessage(core, slots, mac.copy(), revision), owner(), ca);
    }

    /**
     * As {@link #verify(X509Certificate)}, for a hospital that had other authorities before.
     *
     * @param authorities the hospital's
     * @throws GeneralSecurityException if none of them certified the signer, or as above
     */
    public void verify(Authorities authorities) throws GeneralSecurityException {
        verify(authorities.issuerOf(signature));
    }

    /**
     * Whether all sets of attributes that satisfy the policy would obtain the same secret. Needs no key; a cloud or a checker may ask it of
     * any header, at the price of a pairing for each attribute of the policy.
     *
     * @param parameters of the authority
     * @return false if the sealer cheated some of the readers, or used other parameters
     */
    public boolean isConsistent(PublicParameters parameters) {
        return isFor(parameters) && policySlot().isConsistent(parameters);
    }

    private boolean isFor(PublicParameters parameters) {
        return named().equals(new Bytes(parameters.digest()));
    }

    /**
     * Under which public parameters, and so under which master key, attributes open it.
     *
     * @return SHA-256 of the encoded parameters
     */
    public byte[] parametersDigest() {
        return named().copy();
    }

    /** What the slot names counts: a core of format 2 goes on saying for which parameters it was sealed. */
    private Bytes named() {
        return policySlot().parameters().or(() -> core.facts().parameters()).orElseThrow();
    }

    /**
     * The cloud's part of opening.
     *
     * @param key the transform key of the person who asks
     * @return what only that person's retrieval key completes
     * @throws PolicyNotSatisfiedException if that person's attributes do not satisfy the policy
     * @throws GeneralSecurityException if the slot is degenerate
     */
    public TransformedSlot transform(TransformKey key) throws PolicyNotSatisfiedException, GeneralSecurityException {
        return policySlot().transform(key);
    }

    /**
     * Opens with attributes and approval.
     *
     * @param parameters of the authority
     * @param transformed what the cloud made of the slot
     * @param z the person's retrieval key
     * @param grant what the other cloud made of the approval
     * @param partialKey the person's half of the approval
     * @return the opened envelope
     * @throws WrongKeyException if any of the four pieces is wrong; which one cannot be told
     * @throws TamperedEnvelopeException if the pieces fit but the header was changed
     * @throws GeneralSecurityException if the record was sealed for another authority
     */
    public OpenedEnvelope open(
            PublicParameters parameters,
            TransformedSlot transformed,
            RetrievalKey z,
            ConvertedGrant grant,
            PartialKey partialKey)
            throws GeneralSecurityException {
        requireFor(parameters);
        SecretBytes secret =
                policySlot().open(parameters, transformed, z, grant, partialKey, approvalKey(), core.encode());
        try (Seed seed = new Seed(secret)) {
            return opened(seed);
        }
    }

    private void requireFor(PublicParameters parameters) throws MalformedException {
        if (!isFor(parameters)) {
            throw new MalformedException("this record was sealed for another authority");
        }
    }

    /**
     * Opens as the owner.
     *
     * @param collection the keys the record was sealed with
     * @return the opened envelope
     * @throws WrongKeyException if these are the keys of another collection or epoch
     * @throws TamperedEnvelopeException if the keys fit but the header was changed
     * @throws GeneralSecurityException never otherwise
     */
    public OpenedEnvelope openAsOwner(CollectionKeys collection) throws GeneralSecurityException {
        try (Seed seed = seedOf(collection)) {
            return opened(seed);
        }
    }

    private Seed seedOf(CollectionKeys collection) throws GeneralSecurityException {
        if (!ownerKey().equals(collection.ownerKey())) {
            throw new WrongKeyException();
        }
        // SCHEME 4, Open: K_o = e(C_o^(1/o), g2).
        G1 unlocked = ownerLock().power(collection.ownerExponent().inverse());
        return core.open(PairingProduct.pair(unlocked, G2.GENERATOR));
    }

    /**
     * Whether a cloud's part of opening is right, whatever the approval is worth: the owner's keys open the same seed, and the seed tells to what
     * the part must lead. It decides between a reader whose partial key is wrong and a cloud that lied.
     *
     * <p>SCHEME 6: T^z = Y^s with s = H2S(σ, context), σ from the owner's slot.
     *
     * @param parameters of the authority
     * @param collection the keys the record was sealed with
     * @param transformed what the cloud made of the slot
     * @param z the person's retrieval key
     * @return false if it is not what the slot gives with a transform key for z
     * @throws WrongKeyException if these are the keys of another collection or epoch
     * @throws GeneralSecurityException if the record was sealed for another authority
     */
    public boolean confirms(
            PublicParameters parameters, CollectionKeys collection, TransformedSlot transformed, RetrievalKey z)
            throws GeneralSecurityException {
        requireFor(parameters);
        try (Seed seed = seedOf(collection)) {
            return policySlot().isRightly(parameters, transformed, z, seed, core.encode());
        }
    }

    /**
     * Opens with what the owner's lock locks, for those to whom a re-key leads.
     *
     * @param ownerSecret K_o, right or wrong
     * @return the opened envelope
     * @throws WrongKeyException if this is not what the owner's lock locks
     * @throws TamperedEnvelopeException if it is but the header was changed
     * @throws GeneralSecurityException never otherwise
     */
    public OpenedEnvelope open(Gt ownerSecret) throws GeneralSecurityException {
        try (Seed seed = core.open(ownerSecret)) {
            return opened(seed);
        }
    }

    /**
     * Opens with a person's own key.
     *
     * @param person the person's key
     * @return the opened envelope
     * @throws WrongKeyException if that person has no slot here
     * @throws TamperedEnvelopeException if the header was changed
     * @throws GeneralSecurityException if the person's slot does not open
     */
    public OpenedEnvelope open(PersonKey person) throws GeneralSecurityException {
        Bytes recipient = new Bytes(person.publicPart().fingerprint());
        DirectSlot slot = directSlots(slots)
                .filter(one -> one.recipient().equals(recipient))
                .findFirst()
                .orElseThrow(WrongKeyException::new);
        try (Seed seed = slot.open(core, person)) {
            if (!core.isOf(seed)) {
                throw new TamperedEnvelopeException();
            }
            return opened(seed);
        }
    }

    private OpenedEnvelope opened(Seed seed) throws TamperedEnvelopeException {
        requireMac(seed);
        return new OpenedEnvelope(seed.payloadKey(), core.facts());
    }

    private void requireMac(Seed seed) throws TamperedEnvelopeException {
        if (!MessageDigest.isEqual(seed.headerMac(core.encode()), mac.copy())) {
            throw new TamperedEnvelopeException();
        }
    }

    /**
     * The owner's change of policy for this one record: the same seed in a slot for another policy, all other slots dropped. The payload stays as it is. A header of format 1 becomes one
     * of format 3, with a core of its own.
     *
     * @param collection the keys the record was sealed with
     * @param parameters those that the header names
     * @param policy who may read from now on, with an approval
     * @param signer the owner's signing key
     * @param ca the hospital's certificate
     * @return the header that takes this one's place
     * @throws GeneralSecurityException if this header is not genuine, or a key is another's
     */
    public Header withPolicy(
            CollectionKeys collection,
            PublicParameters parameters,
            AccessPolicy policy,
            OwnerSigningKey signer,
            X509Certificate ca)
            throws GeneralSecurityException {
        requireFor(parameters);
        return locked(collection, parameters, policy, List.of(), signer, ca);
    }

    /**
     * The same policy over other issues of its attributes, or for another master key: for when an attribute is issued anew because somebody lost it, and for when the authority
     * exchanges its key. Whoever has a slot of their own keeps it.
     *
     * @param collection the keys the record was sealed with
     * @param parameters of the authority whose keys open it from now on; others than before if its master key was exchanged
     * @param issue which issue of an attribute counts from now on
     * @param signer the owner's signing key
     * @param ca the hospital's certificate
     * @return the header that takes this one's place
     * @throws GeneralSecurityException if this header is not genuine, or a key is another's
     */
    public Header withIssues(
            CollectionKeys collection,
            PublicParameters parameters,
            UnaryOperator<Attribute> issue,
            OwnerSigningKey signer,
            X509Certificate ca)
            throws GeneralSecurityException {
        return locked(collection, parameters, policy().map(issue), slots.subList(1, slots.size()), signer, ca);
    }

    /** The direct slots given stay valid: they are bound to the core, which only a header without any changes. */
    private Header locked(
            CollectionKeys collection,
            PublicParameters parameters,
            AccessPolicy policy,
            List<Slot> direct,
            OwnerSigningKey signer,
            X509Certificate ca)
            throws GeneralSecurityException {
        try (Seed seed = seedForOwner(collection, signer, ca)) {
            HeaderCore next =
                    core.hasList() ? core : HeaderCore.lock(core.facts().inFormat3(), seed);
            byte[] encoded = next.encode();
            List<Slot> list = new ArrayList<>();
            list.add(PolicySlot.naming(parameters, policy, collection, seed.bytes(), encoded));
            list.addAll(direct);
            return sign(next, list, seed.headerMac(encoded), nextRevision(), signer);
        }
    }

    /**
     * Gives one person a slot of their own: whoever holds that person's key opens the record, without attributes and without approval.
     *
     * @param collection the keys the record was sealed with
     * @param person to whom
     * @param signer the owner's signing key
     * @param ca the hospital's certificate
     * @return the header that takes this one's place
     * @throws GeneralSecurityException if this header is not genuine, a key is another's, all slots are taken, or it is of format 1, which has no room
     */
    public Header withDirectSlot(
            CollectionKeys collection, PersonPublicKey person, OwnerSigningKey signer, X509Certificate ca)
            throws GeneralSecurityException {
        try (Seed seed = seedForOwner(collection, signer, ca)) {
            List<Slot> list = others(new Bytes(person.fingerprint()));
            if (list.size() > MAX_DIRECT_SLOTS) {
                throw new MalformedException("all direct slots are taken");
            }
            list.add(DirectSlot.seal(core, person, seed));
            return listing(list, signer);
        }
    }

    /**
     * Takes a person's slot away. Who opened the record before keeps its seed.
     *
     * @param recipient the fingerprint of the person's key
     * @param signer the owner's signing key
     * @param ca the hospital's certificate
     * @return the header that takes this one's place
     * @throws GeneralSecurityException if this header is not genuine, the signing key is another's, or it is of format 1
     */
    public Header withoutDirectSlot(byte[] recipient, OwnerSigningKey signer, X509Certificate ca)
            throws GeneralSecurityException {
        requireOwner(signer, ca);
        return listing(others(new Bytes(recipient)), signer);
    }

    private List<Slot> others(Bytes recipient) {
        List<Slot> others = new ArrayList<>(slots);
        others.removeIf(
                slot -> slot instanceof DirectSlot direct && direct.recipient().equals(recipient));
        return others;
    }

    private Header listing(List<Slot> list, OwnerSigningKey signer) throws MalformedException {
        if (!core.hasList()) {
            throw new MalformedException("this header has no list of slots; give it its policy anew");
        }
        return sign(core, list, mac.copy(), nextRevision(), signer);
    }

    private int nextRevision() throws MalformedException {
        if (revision == Integer.MAX_VALUE) {
            throw new MalformedException("there is no further revision");
        }
        return revision + 1;
    }

    /** An owner who signed over what a cloud sent, unread, would sign the cloud's slots. */
    private void requireOwner(OwnerSigningKey signer, X509Certificate ca) throws GeneralSecurityException {
        if (!signer.owner().equals(owner())) {
            throw new MalformedException("the signing key is of another owner");
        }
        verify(ca);
    }

    private Seed seedForOwner(CollectionKeys collection, OwnerSigningKey signer, X509Certificate ca)
            throws GeneralSecurityException {
        requireOwner(signer, ca);
        Seed seed = seedOf(collection);
        try {
            requireMac(seed);
            return seed;
        } catch (TamperedEnvelopeException e) {
            seed.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "Header[" + record() + ", version " + version() + "]";
    }
}
