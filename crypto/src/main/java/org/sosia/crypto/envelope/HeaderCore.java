package org.sosia.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.Digests;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;

/** The part of a header that never changes: what the record is, and its owner's slot. docs/FORMATS.md, section Header. */
record HeaderCore(Facts facts, OwnerSlot ownerSlot) {
    static final int MAX_OWNER_BYTES = 64;

    private static final byte[] MAGIC = "SOSH".getBytes(StandardCharsets.US_ASCII);

    /** BLS12-381 with Waters' policy lock and approval, Ed25519, Cobblestone-256. The only suite so far. */
    private static final byte SUITE = 1;

    private static final byte OWNER_SLOT = 1;

    /** What is known before any slot is made. */
    record Facts(
            UUID record,
            int version,
            String owner,
            G1 ownerKey,
            G1 approvalKey,
            Bytes parametersDigest,
            Bytes payloadPrefix,
            long sealedLength,
            Bytes sealedDigest,
            Bytes metadataDigest) {
        void write(ByteWriter writer) {
            writer.fixed(MAGIC)
                    .u8(SUITE)
                    .uuid(record)
                    .u32(version)
                    .sized(owner.getBytes(StandardCharsets.UTF_8))
                    .fixed(ownerKey.encode())
                    .fixed(approvalKey.encode())
                    .fixed(parametersDigest.copy())
                    .fixed(payloadPrefix.copy())
                    .u64(sealedLength)
                    .fixed(sealedDigest.copy())
                    .fixed(metadataDigest.copy());
        }

        static Facts read(ByteReader reader) throws MalformedException {
            reader.expect(MAGIC);
            reader.expect(SUITE);
            UUID record = reader.uuid();
            int version = reader.u32();
            String owner = reader.text(MAX_OWNER_BYTES);
            if (!isOwner(owner)) {
                throw new MalformedException("this is no owner");
            }
            return new Facts(
                    record,
                    version,
                    owner,
                    G1.decode(reader.fixed(G1.BYTES)),
                    G1.decode(reader.fixed(G1.BYTES)),
                    new Bytes(reader.fixed(Digests.BYTES)),
                    new Bytes(reader.fixed(ChunkedEncryption.PREFIX_BYTES)),
                    reader.u64(),
                    new Bytes(reader.fixed(Digests.BYTES)),
                    new Bytes(reader.fixed(Digests.BYTES)));
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

    byte[] encode() {
        ByteWriter writer = new ByteWriter();
        facts.write(writer);
        return writer.u8(OWNER_SLOT)
                .fixed(ownerSlot.lock().encode())
                .fixed(ownerSlot.wrapped().copy())
                .toByteArray();
    }
}
