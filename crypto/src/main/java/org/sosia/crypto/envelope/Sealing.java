package org.sosia.crypto.envelope;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.envelope.HeaderCore.Bytes;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.OwnerSigningKey;

/**
 * Seals one record, once: born with a fresh seed, fed with the content, finished with the header.
 *
 * <p>The slots are made after the content, because they are bound to its digest. {@link #close()} wipes the seed, also when the upload broke off.
 */
public final class Sealing implements SecretMaterial, AutoCloseable {
    private final UUID record;
    private final int version;
    private final String owner;
    private final PublicParameters parameters;
    private final AccessPolicy policy;
    private final CollectionKeys collection;
    private final Seed seed = Seed.random();

    @Nullable
    private PayloadSink payload;

    private boolean payloadEnded;
    private boolean finished;

    private Sealing(
            UUID record,
            int version,
            String owner,
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection) {
        this.record = record;
        this.version = version;
        this.owner = owner;
        this.parameters = parameters;
        this.policy = policy;
        this.collection = collection;
    }

    /**
     * Begins.
     *
     * @param record the record's id
     * @param version of its content, 0 or more; a new version gets a new seed
     * @param owner the owner's id, as in the certificate; 1 to 64 bytes of UTF-8
     * @param parameters of the authority whose keys shall open the record
     * @param policy which attributes they need
     * @param collection the owner's keys
     * @return a sealing to be used once, by one thread
     */
    public static Sealing begin(
            UUID record,
            int version,
            String owner,
            PublicParameters parameters,
            AccessPolicy policy,
            CollectionKeys collection) {
        if (version < 0 || !HeaderCore.isOwner(owner)) {
            throw new IllegalArgumentException("no record has this version or owner");
        }
        return new Sealing(record, version, owner, parameters, policy, collection);
    }

    /**
     * Encrypts the content. To be called once; {@code close()} of the result ends the content and does not close the sink.
     *
     * @param sink receives the sealed bytes
     * @return where to write the content
     * @throws IOException if the sink fails
     */
    public OutputStream encrypting(OutputStream sink) throws IOException {
        if (payload != null) {
            throw new IllegalStateException("a sealing encrypts one content");
        }
        PayloadSink counted = new PayloadSink(sink);
        payload = counted;
        try (SecretBytes key = seed.payloadKey()) {
            byte[] context = Seed.payloadContext(record, version, owner);
            return new EndNoting(ChunkedEncryption.encrypting(counted, key, context));
        }
    }

    private final class EndNoting extends FilterOutputStream {
        EndNoting(OutputStream content) {
            super(content);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        public void close() throws IOException {
            out.close();
            payloadEnded = true;
        }
    }

    /**
     * Makes both slots, signs, and wipes the seed.
     *
     * @param metadataDigest SHA-256 of the sealed metadata that belongs to the record
     * @param signer the owner's signing key
     * @return the header
     * @throws GeneralSecurityException if the signing key is of another owner
     * @throws IllegalStateException if the content was not ended, or this sealing was used before
     */
    public Header finish(byte[] metadataDigest, OwnerSigningKey signer) throws GeneralSecurityException {
        return finish(parameters, policy, metadataDigest, signer);
    }

    /**
     * As {@link #finish(byte[], OwnerSigningKey)}, for parameters and a policy that became others while the content arrived: the master key may have been exchanged,
     * an attribute issued anew.
     *
     * @param parametersNow of the authority whose keys shall open the record
     * @param policyNow who may open
     * @param metadataDigest SHA-256 of the sealed metadata that belongs to the record
     * @param signer the owner's signing key
     * @return the header
     * @throws GeneralSecurityException if the signing key is of another owner
     * @throws IllegalStateException if the content was not ended, or this sealing was used before
     */
    public Header finish(
            PublicParameters parametersNow, AccessPolicy policyNow, byte[] metadataDigest, OwnerSigningKey signer)
            throws GeneralSecurityException {
        PayloadSink content = payload;
        if (content == null || !payloadEnded || finished) {
            throw new IllegalStateException("first the content, then the header, and each once");
        }
        if (metadataDigest.length != Digests.BYTES) {
            throw new IllegalArgumentException("a digest has 32 bytes");
        }
        if (!signer.owner().equals(owner)) {
            throw new MalformedException("the signing key is of another owner");
        }
        finished = true;
        HeaderCore.Facts facts = new HeaderCore.Facts(
                HeaderCore.FORMAT_3,
                record,
                version,
                owner,
                collection.ownerKey(),
                collection.approvalKey(),
                Optional.empty(),
                new Bytes(content.prefix()),
                content.length(),
                new Bytes(content.digest()),
                new Bytes(metadataDigest));
        try (seed) {
            HeaderCore core = HeaderCore.lock(facts, seed);
            byte[] encoded = core.encode();
            PolicySlot slot = PolicySlot.naming(parametersNow, policyNow, collection, seed.bytes(), encoded);
            return Header.sign(core, List.of(slot), seed.headerMac(encoded), Header.FIRST_REVISION, signer);
        }
    }

    /** Wipes the seed; what was not finished can never be. */
    @Override
    public void close() {
        finished = true;
        seed.close();
    }

    @Override
    public String toString() {
        return "Sealing[secret]";
    }
}
