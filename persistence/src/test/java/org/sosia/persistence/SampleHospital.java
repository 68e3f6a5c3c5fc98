package org.sosia.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.UserKeys;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.IssuedGrant;
import org.sosia.crypto.envelope.Sealing;
import org.sosia.crypto.policy.AccessPolicy;
import org.sosia.crypto.policy.Attribute;
import org.sosia.crypto.policy.PolicySyntaxException;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.crypto.splitting.HiddenShare;
import org.sosia.crypto.splitting.SplitReceipt;
import org.sosia.crypto.splitting.Splitting;
import org.sosia.crypto.splitting.SplittingStream;

/** A hospital with one owner, who seals records for cardiologists. */
public final class SampleHospital {

    /** The owner of every record. */
    public static final String OWNER = "olga";

    /** When everything happens. */
    public static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");

    private static final byte[] METADATA = {1, 2, 3};

    private final MasterSecretKey master = MasterSecretKey.generate();
    private final CollectionKeys collection = CollectionKeys.generate();
    private final CertificateAuthority authority = CertificateAuthority.generate("sample");
    private final OwnerSigningKey signer = authority.issue(OWNER);

    /** The certificate of its authority, DER. */
    public byte[] certificate() throws GeneralSecurityException {
        return authority.certificate().getEncoded();
    }

    /** The keys of somebody with these attributes. */
    public UserKeys keysOf(String... attributes) throws PolicySyntaxException {
        Set<Attribute> held = new HashSet<>();
        for (String attribute : attributes) {
            held.add(Attribute.parse(attribute));
        }
        return master.keyGen(held);
    }

    /** What is public of its authority's keys. */
    public PublicParameters parameters() {
        return master.publicParameters();
    }

    /** A grant for the owner's records. */
    public IssuedGrant grant() {
        return collection.issueGrant();
    }

    /** Somebody acting. */
    public static AuditEvent event(String action) {
        return new AuditEvent(OWNER, action, null, new byte[0]);
    }

    /** A record about to be received. */
    public static SealedRecord receiving() {
        return receiving(UUID.randomUUID());
    }

    /** A record of this id about to be received. */
    public static SealedRecord receiving(UUID id) {
        return SealedRecord.receiving(id, UUID.randomUUID(), OWNER, 1, NOW);
    }

    /** Takes a record of so many bytes all the way into a cloud. */
    public SealedRecord keep(Cloud cloud, UUID id, int bytes, RecordState state) throws Exception {
        SealedRecord receiving = receiving(id);
        cloud.beginRecord(receiving);
        SealedRecord sealed = send(cloud, receiving, bytes, state);
        cloud.commitRecord(sealed, event("UPLOAD"), List.of());
        return sealed;
    }

    /** Sends the content of a record that was begun, and seals the record; what is left is to commit it. */
    public SealedRecord send(Cloud cloud, SealedRecord receiving, int bytes, RecordState state) throws Exception {
        try (Sealing sealing = sealing(receiving);
                OutputStream sink = cloud.appendContent(receiving.id())) {
            encrypt(sealing, sink, bytes);
            Header header = sealing.finish(MessageDigest.getInstance("SHA-256").digest(METADATA), signer);
            return receiving.sealed(state, header.sealedLength(), METADATA, header.encode(), NOW);
        }
    }

    /**
     * A record that was split.
     *
     * @param row what its own cloud keeps
     * @param hidden its second share
     * @param receipt how it was split
     */
    public record SplitRecord(SealedRecord row, HiddenShare hidden, SplitReceipt receipt) {}

    /** Takes a record of so many bytes all the way into a cloud, and its second share into another or the same. */
    public SplitRecord keepSplit(Cloud store, Cloud pieces, UUID id, int bytes, RecordState state) throws Exception {
        byte[] link = new byte[HiddenShare.LINK_BYTES];
        new SecureRandom().nextBytes(link);
        HiddenShare hidden = new HiddenShare(link);
        SealedRecord receiving = receiving(id).split(store == pieces ? new byte[0] : link);
        SealedRecord piece = SealedRecord.receivingPiece(hidden.id(), NOW);
        store.beginRecord(receiving);
        pieces.beginRecord(piece);
        try (Sealing sealing = sealing(receiving)) {
            SplitReceipt receipt = sendSplit(sealing, id, store.appendContent(id), pieces, hidden, bytes);
            pieces.keepPiece(piece.arrived(receipt.shareLength(), new byte[] {7}));
            Header header = sealing.finish(MessageDigest.getInstance("SHA-256").digest(METADATA), signer);
            SealedRecord row = receiving.sealed(state, header.sealedLength(), METADATA, header.encode(), NOW);
            store.commitRecord(row, event("UPLOAD"), List.of());
            return new SplitRecord(row, hidden, receipt);
        }
    }

    private static SplitReceipt sendSplit(
            Sealing sealing, UUID id, OutputStream ofStore, Cloud pieces, HiddenShare hidden, int bytes)
            throws IOException {
        try (OutputStream first = ofStore;
                OutputStream second = pieces.appendContent(hidden.id())) {
            SplittingStream split = Splitting.BOTH.split(id, List.of(first, hidden.covering(second)));
            try (split) {
                encrypt(sealing, split, bytes);
            }
            return split.receipt();
        }
    }

    /** The header of a record with its policy over other issues of its attributes, signed anew by the owner. */
    public byte[] inIssues(byte[] header, UnaryOperator<Attribute> issue) throws GeneralSecurityException {
        return Header.decode(header)
                .withIssues(collection, master.publicParameters(), issue, signer, authority.certificate())
                .encode();
    }

    /** The header of a record under another hospital's master key, signed anew by the owner. */
    public byte[] under(SampleHospital next, byte[] header) throws GeneralSecurityException {
        return Header.decode(header)
                .withIssues(collection, next.parameters(), UnaryOperator.identity(), signer, authority.certificate())
                .encode();
    }

    private Sealing sealing(SealedRecord record) throws PolicySyntaxException {
        return Sealing.begin(
                record.id(),
                record.version(),
                record.owner(),
                master.publicParameters(),
                AccessPolicy.parse("role:doctor AND department:cardiology"),
                collection);
    }

    private static void encrypt(Sealing sealing, OutputStream sink, int bytes) throws IOException {
        byte[] piece = new byte[10_000];
        try (OutputStream content = sealing.encrypting(sink)) {
            for (int left = bytes; left > 0; left -= piece.length) {
                content.write(piece, 0, Math.min(left, piece.length));
            }
        }
    }
}
