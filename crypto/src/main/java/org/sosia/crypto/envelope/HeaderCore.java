package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.pairing.Generators;
import org.sosia.crypto.pairing.Gt;
import org.sosia.crypto.pairing.Scalar;

/** The part of a header that never changes: what the record is, and its owner's slot. docs/FORMATS.md, section Header. */
record HeaderCore(Facts facts, OwnerSlot ownerSlot) {
    static final int MAX_OWNER_BYTES = 64;

    private static final byte[] MAGIC = "SOSH".getBytes(StandardCharsets.US_ASCII);

    /** One policy slot, signed with Ed25519: read for ever, no longer written. */
    static final int FORMAT_1 = 1;

    /** A list of slots with a revision, signed as a whole: read for ever, and its core stays when slots change. */
    static final int FORMAT_2 = 2;

    /** As format 2, but the public parameters are named by the policy slot alone: another master key leaves the core as it is. */
    static final int FORMAT_3 = 3;

    private static final byte OWNER_SLOT = 1;

    /**
     * What is known before any slot is made.
     *
     * @param parameters the digest of the public parameters for which it was sealed; empty from format 3 on
     */
    record Facts(
            int format,
            UUID record,
            int version,
            String owner,
            G1 ownerKey,
            G1 approvalKey,
            Optional<Bytes> parameters,
            Bytes payloadPrefix,
            long sealedLength,
            Bytes sealedDigest,
            Bytes metadataDigest) {
        void write(ByteWriter writer) {
            writer.fixed(MAGIC)
                    .u8(format)
                    .uuid(record)
                    .u32(version)
                    .sized(owner.getBytes(StandardCharsets.UTF_8))
                    .fixed(ownerKey.encode())
                    .fixed(approvalKey.encode());
            parameters.ifPresent(digest -> writer.fixed(digest.copy()));
            writer.fixed(payloadPrefix.copy())
                    .u64(sealedLength)
                    .fixed(sealedDigest.copy())
                    .fixed(metadataDigest.copy());
        }

        static Facts read(ByteReader reader) throws MalformedException {
            reader.expect(MAGIC);
            int format = reader.u8();
            if (format < FORMAT_1 || format > FORMAT_3) {
                throw new MalformedException("this header is of another format or suite");
            }
            UUID record = reader.uuid();
            int version = reader.u32();
            String owner = reader.text(MAX_OWNER_BYTES);
            if (!isOwner(owner)) {
                throw new MalformedException("this is no owner");
            }
            return new Facts(
                    format,
                    record,
                    version,
                    owner,
                    G1.decode(reader.fixed(G1.BYTES)),
                    G1.decode(reader.fixed(G1.BYTES)),
                    format == FORMAT_3 ? Optional.empty() : Optional.of(new Bytes(reader.fixed(Digests.BYTES))),
                    new Bytes(reader.fixed(ChunkedEncryption.PREFIX_BYTES)),
                    reader.u64(),
                    new Bytes(reader.fixed(Digests.BYTES)),
                    new Bytes(reader.fixed(Digests.BYTES)));
        }

        Facts inFormat3() {
            return new Facts(
                    FORMAT_3,
                    record,
                    version,
                    owner,
                    ownerKey,
                    approvalKey,
                    Optional.empty(),
                    payloadPrefix,
                    sealedLength,
                    sealedDigest,
                    metadataDigest);
        }

        /** ctx_o: what the owner's slot is bound to. */
        byte[] ownerContext() {
            ByteWriter writer = new ByteWriter();
            write(writer);
            return Digests.sha256(writer.u8(OWNER_SLOT).toByteArray());
        }
    }

    /** C_o = PK_o^k and the wrapped seed. */
    record OwnerSlot(G1 lock, Bytes wrapped) {}

    /** SCHEME 4, Lock: C_o = PK_o^k, K_o = Z^k. */
    static HeaderCore lock(Facts facts, Seed seed) {
        byte[] context = facts.ownerContext();
        Scalar k = seed.ownerExponent(context);
        byte[] secrets = Generators.zPower(k).encode();
        try {
            return new HeaderCore(
                    facts,
                    new OwnerSlot(facts.ownerKey().power(k), new Bytes(SlotWrap.wrap(secrets, context, seed.bytes()))));
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    /** Opens the owner's slot with K_o, however it was obtained, and requires Z^k = K_o. */
    Seed open(Gt ownerSecret) throws GeneralSecurityException {
        byte[] context = facts.ownerContext();
        byte[] secrets = ownerSecret.encode();
        try {
            Seed seed = new Seed(
                    SlotWrap.unwrap(secrets, context, ownerSlot.wrapped().copy()));
            return checked(seed, Generators.zPower(seed.ownerExponent(context)).equals(ownerSecret));
        } finally {
            Arrays.fill(secrets, (byte) 0);
        }
    }

    /** Whether the owner's lock was made from this seed: C_o = PK_o^k. For those who did not come in by the owner's slot. */
    boolean isOf(Seed seed) {
        Scalar k = seed.ownerExponent(facts.ownerContext());
        return facts.ownerKey().power(k).equals(ownerSlot.lock());
    }

    private static Seed checked(Seed seed, boolean genuine) throws TamperedEnvelopeException {
        if (!genuine) {
            seed.close();
            throw new TamperedEnvelopeException();
        }
        return seed;
    }

    /** Bytes as a value. */
    static final class Bytes {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] copy() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** Whether a list of slots belongs to it, which may change. */
    boolean hasList() {
        return facts.format() != FORMAT_1;
    }

    static boolean isOwner(String owner) {
        return !owner.isBlank()
                && owner.chars().noneMatch(Character::isISOControl)
                && owner.getBytes(StandardCharsets.UTF_8).length <= MAX_OWNER_BYTES;
    }

    static HeaderCore read(ByteReader reader) throws MalformedException {
        Facts facts = Facts.read(reader);
        reader.expect(OWNER_SLOT);
        return new HeaderCore(
                facts, new OwnerSlot(G1.decode(reader.fixed(G1.BYTES)), new Bytes(reader.fixed(SlotWrap.BYTES))));
    }

    byte[] digest() {
        return Digests.sha256(encode());
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter();
        facts.write(writer);
        return writer.u8(OWNER_SLOT)
                .fixed(ownerSlot.lock().encode())
                .fixed(ownerSlot.wrapped().copy())
                .toByteArray();
    }
}
