package org.sosia.keys;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.Dealer;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.abe.Quorum;
import org.sosia.crypto.abe.RetrievalImage;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.envelope.CollectionKeyring;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.envelope.Header;
import org.sosia.crypto.envelope.WrongKeyException;
import org.sosia.crypto.reencryption.Delegator;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.Authorities;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSignature;
import org.sosia.crypto.signature.OwnerSigningKey;
import org.sosia.persistence.AuditEvent;
import org.sosia.persistence.Cloud;
import org.sosia.persistence.SealedSecret;

/**
 * The keys of one hospital.
 *
 * <p><b>Security.</b> Every secret but the root key rests in the hospital's store, sealed for its own name, so that rows cannot be
 * swapped. A secret is made when it is first needed; when two nodes need it at the same time, the row that was first wins and
 * both use it. Opened keys stay in memory as long as the process runs. The two hospitals' keyrings share nothing.
 *
 * <p><b>Source.</b> docs/SEALS.md for the labels of the derivations and the contexts of the seals.
 */
public final class Keyring implements SecretMaterial {

    /** Looked up once: the lookup reads every jar's service files. */
    private static final JsonProvider JSON = JsonProvider.provider();

    /** Whom the certificate of the key authority's own signing key names: no account can be called so. */
    public static final String KEY_AUTHORITY = "key authority";

    private static final String ROOT_CHECK = "root";
    private static final byte[] ROOT_CHECK_TEXT =
            "this store belongs to this root key".getBytes(StandardCharsets.UTF_8);
    private static final String BASE = "base";
    private static final String MASTER = "master";
    private static final String NEXT_MASTER = "master-next";
    private static final String AUTHORITY = "authority";
    private static final String AUTHORITIES = "authorities";
    private static final String OFFICE = "office";
    private static final String SIGNING = "sign-";

    /** Later ones have their number behind it: a certificate names its authority. */
    private static final String AUTHORITY_NAME = "Data owners";

    private static final int BASE_BYTES = 32;
    private static final int FIRST_EPOCH = 1;
    private static final int HANDLE_BYTES = 16;

    /** Read anew when another node may have rotated it, or begun a new epoch. */
    private static final long BELIEVED_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path rootKeyFile;
    private final Cloud store;
    private volatile Root root;
    private volatile @Nullable SecretBytes base;
    private final Map<String, SecretBytes> fieldKeys = new ConcurrentHashMap<>();
    private final Map<String, Believed<OwnerSigningKey>> signingKeys = new ConcurrentHashMap<>();
    private final Map<String, Believed<CollectionKeyring>> collections = new ConcurrentHashMap<>();
    private volatile @Nullable Believed<Certified> authority;
    private volatile @Nullable Believed<OwnerSigningKey> office;
    private volatile @Nullable Believed<Issuing> issuing;

    /** The root key and what seals the secrets. */
    private static final class Root {

        private final SecretBytes key;
        private final SecretBytes secrets;

        Root(SecretBytes key) {
            this.key = key;
            this.secrets = key.derive("sosia/v1/secret");
        }
    }

    /** Who makes persons' keys: the hospital by itself, with the master key and perhaps the next one, or a council. */
    private static final class Issuing {

        private final SealedSecret row;
        private final @Nullable MasterSecretKey master;
        private final @Nullable Council council;
        private final SealedSecret nextRow;
        private final Optional<NextMaster> next;

        private Issuing(
                SealedSecret row,
                @Nullable MasterSecretKey master,
                @Nullable Council council,
                SealedSecret nextRow,
                Optional<NextMaster> next) {
            this.row = row;
            this.master = master;
            this.council = council;
            this.nextRow = nextRow;
            this.next = next;
        }

        static Issuing decode(SealedSecret row, SecretBytes kept, SealedSecret nextRow, SecretBytes next)
                throws GeneralSecurityException {
            byte[] encoded = kept.exposeSecretBytes();
            try {
                boolean shared = encoded.length > 0 && encoded[0] == Council.VERSION;
                return new Issuing(
                        row,
                        shared ? null : MasterSecretKey.decode(kept),
                        shared ? Council.decode(encoded) : null,
                        nextRow,
                        NextMaster.decode(next));
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        }

        boolean isOf(SealedSecret nowRow, SealedSecret nowNextRow) {
            return Arrays.equals(row.sealed(), nowRow.sealed()) && Arrays.equals(nextRow.sealed(), nowNextRow.sealed());
        }

        /** The hospital's own, the present one first. */
        List<MasterSecretKey> masters() throws GeneralSecurityException {
            if (master == null) {
                throw new GeneralSecurityException("the master key is shared among key authorities");
            }
            return next.isPresent() ? List.of(master, next.get().master()) : List.of(master);
        }

        /** What may be named by headers, what new ones name first. */
        List<PublicParameters> parameters() throws GeneralSecurityException {
            if (council != null) {
                return List.of(council.parameters().publicParameters());
            }
            List<PublicParameters> all = new ArrayList<>();
            masters().forEach(each -> all.add(each.publicParameters()));
            if (next.filter(NextMaster::leads).isPresent()) {
                Collections.reverse(all);
            }
            return all;
        }
    }

    /** The present certificate authority, and the others. */
    private static final class Certified {

        private final SealedSecret row;
        private final CertificateAuthority present;
        private final SealedSecret othersRow;
        private final Certification others;

        Certified(SealedSecret row, CertificateAuthority present, SealedSecret othersRow, Certification others) {
            this.row = row;
            this.present = present;
            this.othersRow = othersRow;
            this.others = others;
        }
    }

    /** A key as it was read. */
    private static final class Believed<T> {

        private final T key;
        private final long nanos = System.nanoTime();

        Believed(T key) {
            this.key = key;
        }

        boolean isFresh() {
            return System.nanoTime() - nanos < BELIEVED_NANOS;
        }
    }

    private Keyring(SecretBytes root, Path rootKeyFile, Cloud store) {
        this.root = new Root(root);
        this.rootKeyFile = rootKeyFile;
        this.store = store;
    }

    /**
     * Opens a hospital's keys. At the first start, when neither file nor sealed secrets exist, both are made.
     *
     * @param rootKeyFile where the root key lies
     * @param store the hospital's store
     * @throws KeysDoNotFitException if the file does not open what the store holds, or is missing although the store holds secrets
     */
    public static Keyring unlock(Path rootKeyFile, Cloud store) throws KeysDoNotFitException {
        boolean lived = store.secret(ROOT_CHECK).isPresent();
        if (!RootKey.exists(rootKeyFile) && lived) {
            throw new KeysDoNotFitException("the root key file is missing, but the store holds what only it can open: "
                    + rootKeyFile
                    + ". Restore the file from its backup; a new one would open nothing.");
        }
        try {
            SecretBytes root = RootKey.exists(rootKeyFile)
                    ? RootKey.read(rootKeyFile)
                    : RootKey.alone(rootKeyFile, () -> RootKey.create(rootKeyFile));
            Keyring keyring = new Keyring(root, rootKeyFile, store);
            if (lived && !RootKey.prepared(rootKeyFile).isEmpty()) {
                keyring.root = RootKey.alone(rootKeyFile, keyring::settled);
            }
            byte[] text = keyring.secret(ROOT_CHECK, () -> SecretBytes.copyOf(ROOT_CHECK_TEXT))
                    .exposeSecretBytes();
            if (Arrays.equals(text, ROOT_CHECK_TEXT)) {
                // A store from before root keys could be rotated derived its field keys from its root key itself.
                keyring.base = keyring.secret(
                        BASE,
                        () -> lived ? SecretBytes.copyOf(root.exposeSecretBytes()) : SecretBytes.random(BASE_BYTES));
                return keyring;
            }
        } catch (GeneralSecurityException doesNotOpen) {
            throw new KeysDoNotFitException(
                    "the root key file does not open what the store holds; it belongs to another store: " + rootKeyFile,
                    doesNotOpen);
        }
        throw new KeysDoNotFitException("the store's check of the root key is not what it should be: " + rootKeyFile);
    }

    /**
     * Seals a field for one place: it opens only there.
     *
     * @param kind what it is a field of, such as {@code patient}
     * @param id whose field it is
     * @param version of which version
     * @param plain what to seal
     */
    public byte[] seal(String kind, UUID id, int version, byte[] plain) {
        return ChunkedEncryption.seal(fieldKey(kind), context(id, version), plain);
    }

    /**
     * Opens a field where it was sealed for.
     *
     * @throws GeneralSecurityException if the store returned something else than was sealed for this place
     */
    public byte[] open(String kind, UUID id, int version, byte[] sealed) throws GeneralSecurityException {
        try {
            return ChunkedEncryption.open(fieldKey(kind), context(id, version), sealed);
        } catch (TamperedContentException tampered) {
            throw new GeneralSecurityException("a sealed field does not open", tampered);
        }
    }

    /** Seals fields that belong together, as {@link #seal} does. */
    public byte[] sealFields(String kind, UUID id, int version, JsonObject fields) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonWriter writer = JSON.createWriter(text)) {
            writer.writeObject(fields);
        }
        return seal(kind, id, version, text.toByteArray());
    }

    /**
     * Opens fields that were sealed together.
     *
     * @throws GeneralSecurityException as {@link #open}
     */
    public JsonObject openFields(String kind, UUID id, int version, byte[] sealed) throws GeneralSecurityException {
        try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(open(kind, id, version, sealed)))) {
            return reader.readObject();
        } catch (JsonException notFields) {
            throw new GeneralSecurityException("a sealed field holds something else than fields", notFields);
        }
    }

    private SecretBytes fieldKey(String kind) {
        return fieldKeys.computeIfAbsent(
                kind, k -> base().derive("sosia/v1/field", k.getBytes(StandardCharsets.UTF_8)));
    }

    private SecretBytes base() {
        return Objects.requireNonNull(base, "the keyring was not unlocked");
    }

    private static byte[] context(UUID id, int version) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(version)
                .array();
    }

    /**
     * An opaque name for a value: the same for the same value, and telling nothing to whoever lacks the root key.
     *
     * @param purpose keeps the names of different things apart
     * @return 32 hex digits
     */
    public String handle(String purpose, String value) {
        byte[] derived = base().derive(
                        "sosia/v1/handle",
                        purpose.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8))
                .exposeSecretBytes();
        return HexFormat.of().formatHex(derived, 0, HANDLE_BYTES);
    }

    /** The certificate that new certificates of this hospital's owners are signed with. */
    public X509Certificate ca() throws GeneralSecurityException {
        return authority().certificate();
    }

    /** The certificates under which something that an owner of this hospital signed verifies, whenever she did. */
    public Authorities authorities() throws GeneralSecurityException {
        Certified now = certified();
        return now.others.all(now.present.certificate());
    }

    /** The certificates under which something that an owner signs now is accepted: one, or two while one takes the other's place. */
    public Authorities signingAuthorities() throws GeneralSecurityException {
        Certified now = certified();
        return now.others.signing(now.present.certificate());
    }

    /** The certificate under which an owner's signature has to verify. */
    public X509Certificate caOf(OwnerSignature signature) throws GeneralSecurityException {
        return authorities().issuerOf(signature);
    }

    /** The authorities before the present one, the newest first. */
    public List<FormerAuthority> formerAuthorities() throws GeneralSecurityException {
        return certified().others.former();
    }

    /**
     * Makes the certificate authority that is to take the present one's place, unless there is one already. It certifies nothing yet.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void expectAuthority(AuditEvent audit) throws GeneralSecurityException {
        Certified now = read();
        if (now.others.next().isEmpty()) {
            String name = AUTHORITY_NAME + " " + (now.others.former().size() + 2);
            replaceOthers(now, now.others.expecting(CertificateAuthority.generate(name)), audit);
        }
    }

    /**
     * Puts the authority that was expected in the place of the present one, whose key is in no row afterwards; nothing if none is.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void nextAuthority(Instant now, AuditEvent audit) throws GeneralSecurityException {
        Certified was = read();
        if (was.others.next().isEmpty()) {
            return;
        }
        CertificateAuthority next = was.others.next().get();
        FormerAuthority former = new FormerAuthority(
                was.present.certificate(),
                now.truncatedTo(ChronoUnit.MILLIS),
                was.present.introduce(next.certificate(), now));
        store.replaceSecrets(
                List.of(was.row, was.othersRow),
                List.of(
                        sealed(root, AUTHORITY, was.row.epoch(), next.encode()),
                        sealed(
                                root,
                                AUTHORITIES,
                                was.othersRow.epoch(),
                                was.others.succeeded(former).encode())),
                false,
                audit);
        authority = null;
    }

    /**
     * Ends the time in which two authorities are accepted for new signatures: from now on, only the present one.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void settleAuthority(AuditEvent audit) throws GeneralSecurityException {
        Certified now = read();
        if (now.others.isChanging()) {
            replaceOthers(now, now.others.settled(), audit);
        }
    }

    private void replaceOthers(Certified now, Certification others, AuditEvent audit) {
        SealedSecret row = now.othersRow;
        store.replaceSecrets(
                List.of(row), List.of(sealed(root, row.name(), row.epoch(), others.encode())), false, audit);
        authority = null;
    }

    /**
     * What becomes of signing keys when another authority certifies.
     *
     * @param reached the last row that was looked at; empty when all were
     * @param renewed how many keys were made and certified anew
     */
    public record Recertified(String reached, int renewed) {}

    /**
     * Makes anew the signing keys, owners' and the key authority's, that an earlier authority certified: some of them, row by row.
     *
     * @param after the last row that was looked at before; empty for the beginning
     * @param most how many keys to make
     */
    public Recertified recertify(String after, int most, AuditEvent audit) throws GeneralSecurityException {
        CertificateAuthority ca = authority();
        int renewed = 0;
        for (SealedSecret row : store.secrets()) {
            boolean signs = row.name().startsWith(SIGNING) || row.name().equals(OFFICE);
            if (!signs || row.name().compareTo(after) <= 0) {
                continue;
            }
            OwnerSigningKey key = OwnerSigningKey.decode(opened(row, row.name()));
            if (!key.certificate()
                    .getIssuerX500Principal()
                    .equals(ca.certificate().getSubjectX500Principal())) {
                String owner = key.owner();
                replace(row.name(), kept -> ca.issue(owner).encode(), audit);
                signingKeys.remove(owner);
                renewed++;
            }
            if (renewed == most) {
                office = null;
                return new Recertified(row.name(), renewed);
            }
        }
        office = null;
        return new Recertified("", renewed);
    }

    /** The key an owner signs with; made and certified at first use. */
    public OwnerSigningKey signingKey(String owner) throws GeneralSecurityException {
        Believed<OwnerSigningKey> known = signingKeys.get(owner);
        if (known == null || !known.isFresh()) {
            CertificateAuthority ca = authority();
            known = new Believed<>(OwnerSigningKey.decode(
                    secret(signingName(owner), () -> ca.issue(owner).encode())));
            signingKeys.put(owner, known);
        }
        return known.key;
    }

    private String signingName(String owner) {
        return SIGNING + handle("sign", owner);
    }

    /** The key that the key authority signs its receipts with; made and certified at first use. */
    public OwnerSigningKey officeKey() throws GeneralSecurityException {
        Believed<OwnerSigningKey> known = office;
        if (known == null || !known.isFresh()) {
            CertificateAuthority ca = authority();
            known = new Believed<>(OwnerSigningKey.decode(
                    secret(OFFICE, () -> ca.issue(KEY_AUTHORITY).encode())));
            office = known;
        }
        return known.key;
    }

    /** The keys of an owner's collection in its newest epoch: what new records are sealed with. */
    public CollectionKeys collection(String owner) throws GeneralSecurityException {
        return keyringOf(owner).current();
    }

    /**
     * The keys of an owner's collection in the epoch of a record: what opens its owner slot, and what grants for it are made from.
     *
     * @throws GeneralSecurityException if the record is of no epoch of this collection
     */
    public CollectionKeys collection(String owner, Header record) throws GeneralSecurityException {
        return keyringOf(owner, record).keysOf(record);
    }

    /**
     * An owner as the one who hands on what was sealed in the epoch of a record.
     *
     * @throws GeneralSecurityException if the record is of no epoch of this collection
     */
    public Delegator delegator(String owner, Header record) throws GeneralSecurityException {
        CollectionKeyring collection = keyringOf(owner, record);
        return new Delegator(collection.keysOf(record), collection.epochOf(record), signingKey(owner));
    }

    private CollectionKeyring keyringOf(String owner, Header record) throws GeneralSecurityException {
        CollectionKeyring known = keyringOf(owner);
        try {
            known.epochOf(record);
            return known;
        } catch (WrongKeyException perhapsNewer) {
            // Another node may have begun the record's epoch a moment ago.
            collections.remove(owner);
            return keyringOf(owner);
        }
    }

    private CollectionKeyring keyringOf(String owner) throws GeneralSecurityException {
        Believed<CollectionKeyring> known = collections.get(owner);
        if (known == null || !known.isFresh()) {
            known = new Believed<>(CollectionKeyring.decode(
                    secret(folderName(owner), () -> CollectionKeys.generate().encode())));
            collections.put(owner, known);
        }
        return known.key;
    }

    private String folderName(String owner) {
        return "folder-" + handle("folder", owner);
    }

    /**
     * Begins a new epoch of an owner's collection: records sealed from now on have nothing in common with the keys of older ones, which
     * open as before. An owner without a collection gets none.
     *
     * @return whether there was a collection
     * @throws org.sosia.persistence.StoreConflictException if somebody else began one at the same moment
     */
    public boolean nextCollectionEpoch(String owner, AuditEvent audit) throws GeneralSecurityException {
        boolean replaced = replace(
                folderName(owner),
                kept -> CollectionKeyring.decode(kept).nextEpoch().encode(),
                audit);
        collections.remove(owner);
        return replaced;
    }

    /**
     * Gives an owner a new signing key. What the old one signed stays valid: its certificate says whose it was. An owner who never signed
     * gets none.
     *
     * @return whether there was a key
     * @throws org.sosia.persistence.StoreConflictException if somebody else gave one at the same moment
     */
    public boolean nextSigningKey(String owner, AuditEvent audit) throws GeneralSecurityException {
        CertificateAuthority ca = authority();
        boolean replaced = replace(signingName(owner), kept -> ca.issue(owner).encode(), audit);
        signingKeys.remove(owner);
        return replaced;
    }

    /** Makes a secret of the one that is kept. */
    @FunctionalInterface
    private interface Successor {
        SecretBytes of(SecretBytes kept) throws GeneralSecurityException;
    }

    private boolean replace(String name, Successor successor, AuditEvent audit) throws GeneralSecurityException {
        Optional<SealedSecret> row = store.secret(name);
        if (row.isEmpty()) {
            return false;
        }
        SecretBytes next = successor.of(opened(row.get(), name));
        store.replaceSecrets(
                List.of(row.get()), List.of(sealed(root, name, row.get().epoch(), next)), false, audit);
        return true;
    }

    /**
     * Makes a new root key: every secret is sealed under it in one transaction, then it takes the old one's place in the file. A crash in
     * between is settled at the next start; a copy of the old file opens nothing of the store as it is from now on. Fields of patients,
     * records and persons are sealed under a key that is itself such a secret, and stay as they are.
     *
     * @throws KeysDoNotFitException if the key directory cannot be written
     * @throws org.sosia.persistence.StoreConflictException if a secret was made at the same moment; then try again
     */
    public synchronized void nextRoot(AuditEvent audit) throws KeysDoNotFitException, GeneralSecurityException {
        root = RootKey.alone(rootKeyFile, () -> rotated(audit));
    }

    private Root rotated(AuditEvent audit) throws KeysDoNotFitException, GeneralSecurityException {
        root = settled();
        List<SealedSecret> before = store.secrets();
        Path prepared = RootKey.prepare(rootKeyFile);
        Root next = new Root(RootKey.read(prepared));
        List<SealedSecret> after = new ArrayList<>();
        for (SealedSecret row : before) {
            after.add(sealed(next, row.name(), row.epoch() + 1, opened(row, row.name())));
        }
        store.replaceSecrets(before, after, true, audit);
        RootKey.promote(prepared, rootKeyFile);
        RootKey.discardPrepared(rootKeyFile);
        return next;
    }

    /**
     * After a crash in the middle of {@link #nextRoot}: whichever key opens the store is the root key. What else was prepared stays
     * until the next rotation: the store may still be about to take it.
     */
    private Root settled() throws KeysDoNotFitException {
        Optional<SealedSecret> check = store.secret(ROOT_CHECK);
        for (Path prepared : RootKey.prepared(rootKeyFile)) {
            Root next = new Root(RootKey.read(prepared));
            if (check.filter(row -> opens(next, row)).isPresent()) {
                RootKey.promote(prepared, rootKeyFile);
                return next;
            }
        }
        return new Root(RootKey.read(rootKeyFile));
    }

    private static boolean opens(Root with, SealedSecret row) {
        try {
            opened(with, row, row.name());
            return true;
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    private Issuing issuing() throws GeneralSecurityException {
        Believed<Issuing> known = issuing;
        if (known == null || !known.isFresh()) {
            known = new Believed<>(readIssuing(known == null ? null : known.key));
            issuing = known;
        }
        return known.key;
    }

    /** The master key and the next one as they are in the store: both rows of the same moment, since they are replaced together. */
    private Issuing readIssuing(@Nullable Issuing known) throws GeneralSecurityException {
        secret(MASTER, () -> MasterSecretKey.generate().encode());
        secret(NEXT_MASTER, () -> SecretBytes.copyOf(new byte[0]));
        SealedSecret present;
        SealedSecret next;
        do {
            present = row(MASTER);
            next = row(NEXT_MASTER);
        } while (!Arrays.equals(present.sealed(), row(MASTER).sealed()));
        return known != null && known.isOf(present, next)
                ? known
                : Issuing.decode(present, opened(present, MASTER), next, opened(next, NEXT_MASTER));
    }

    /** Those who make persons' keys together; empty as long as the hospital does so by itself. */
    public Optional<Council> council() throws GeneralSecurityException {
        return Optional.ofNullable(issuing().council);
    }

    /**
     * The master keys of the attribute-based scheme under which persons have keys: the present one and, while it is being exchanged, the next.
     *
     * @throws GeneralSecurityException if a council has taken their place
     */
    List<MasterSecretKey> masters() throws GeneralSecurityException {
        return issuing().masters();
    }

    /**
     * Makes the master key that is to take the present one's place, unless there is one already. Keys are issued under both from then on.
     *
     * @throws GeneralSecurityException if a council has taken the present one's place
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void expectMaster(AuditEvent audit) throws GeneralSecurityException {
        Issuing now = readIssuing(null);
        if (now.masters().size() == 1) {
            replaceNextMaster(now, NextMaster.generate(), audit);
        }
    }

    /**
     * Seals new records under the next master key from now on; nothing if none is expected.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void leadToNextMaster(AuditEvent audit) throws GeneralSecurityException {
        Issuing now = readIssuing(null);
        Optional<NextMaster> expected = now.next.filter(next -> !next.leads());
        if (expected.isPresent()) {
            replaceNextMaster(now, expected.get().leading(), audit);
        }
    }

    private void replaceNextMaster(Issuing now, NextMaster next, AuditEvent audit) {
        SealedSecret row = now.nextRow;
        store.replaceSecrets(List.of(row), List.of(sealed(root, row.name(), row.epoch(), next.encode())), false, audit);
        issuing = null;
    }

    /**
     * Puts the next master key in the place of the present one, which is in no row afterwards; nothing if none leads. Copies of the store from before still hold it, sealed under the
     * root key that there was.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did at the same moment
     */
    public void nextMaster(AuditEvent audit) throws GeneralSecurityException {
        Issuing now = readIssuing(null);
        Optional<NextMaster> leading = now.next.filter(NextMaster::leads);
        if (leading.isPresent()) {
            store.replaceSecrets(
                    List.of(now.row, now.nextRow),
                    List.of(
                            sealed(
                                    root,
                                    MASTER,
                                    now.row.epoch(),
                                    leading.get().master().encode()),
                            sealed(root, NEXT_MASTER, now.nextRow.epoch(), SecretBytes.copyOf(new byte[0]))),
                    false,
                    audit);
            issuing = null;
        }
    }

    /** The public parameters of the master key that another is about to take the place of; empty if none is. */
    public Optional<PublicParameters> leaving() throws GeneralSecurityException {
        Issuing now = issuing();
        return now.next.isPresent() ? Optional.of(now.masters().get(0).publicParameters()) : Optional.empty();
    }

    /** The public parameters of the master key that is about to take another's place; empty if none is. */
    public Optional<PublicParameters> coming() throws GeneralSecurityException {
        return issuing().next.map(next -> next.master().publicParameters());
    }

    /**
     * Deals the master key to the authorities of a quorum to come. It stays what it is until {@link #install}.
     *
     * @throws GeneralSecurityException if that was done before, or another key is about to take its place
     */
    public Dealer dealer(Quorum quorum) throws GeneralSecurityException {
        requireNoNextMaster();
        return Dealer.converting(masters().get(0), quorum);
    }

    /** The public parameters of the attribute-based scheme: what records are sealed with. */
    public PublicParameters parameters() throws GeneralSecurityException {
        return allParameters().get(0);
    }

    /** The public parameters that headers may name: what records are sealed with first and, while the master key is being exchanged, the others. */
    public List<PublicParameters> allParameters() throws GeneralSecurityException {
        return issuing().parameters();
    }

    /**
     * The public parameters that a header names.
     *
     * @throws GeneralSecurityException if they are none of this hospital's, or no longer
     */
    public PublicParameters parameters(Header header) throws GeneralSecurityException {
        Optional<PublicParameters> known = named(header);
        if (known.isEmpty()) {
            // Another node may have heard of the next master key a moment ago.
            issuing = null;
            known = named(header);
        }
        return known.orElseThrow(() -> new GeneralSecurityException("a record under no master key of this hospital"));
    }

    private Optional<PublicParameters> named(Header header) throws GeneralSecurityException {
        byte[] digest = header.parametersDigest();
        return allParameters().stream()
                .filter(each -> Arrays.equals(each.digest(), digest))
                .findFirst();
    }

    /**
     * An image of a person's own retrieval key as the newest master key of the hospital sees it; as it is where a council makes keys.
     *
     * @param image under whatever parameters of this hospital's
     */
    RetrievalImage newest(RetrievalImage image) throws GeneralSecurityException {
        if (council().isPresent()) {
            return image;
        }
        List<MasterSecretKey> masters = masters();
        return masters.get(masters.size() - 1).imageOf(image);
    }

    /**
     * Puts a council in the place of the master key, or of the council before, and ends its ceremony, in one transaction. The master key is
     * in no row of the store afterwards; copies of the store from before still hold it, sealed under the root key.
     *
     * @param draft the ceremony's draft, with what it was and is from now on
     * @throws GeneralSecurityException if another key is about to take the master key's place
     * @throws org.sosia.persistence.StoreConflictException if the draft changed meanwhile
     */
    public void install(Council council, Draft draft, byte[] after, AuditEvent audit) throws GeneralSecurityException {
        requireNoNextMaster();
        Issuing now = readIssuing(null);
        store.replaceSecrets(
                List.of(now.row, now.nextRow, draft.row),
                List.of(
                        sealed(root, MASTER, now.row.epoch(), SecretBytes.copyOf(council.encode())),
                        sealed(root, NEXT_MASTER, now.nextRow.epoch(), SecretBytes.copyOf(new byte[0])),
                        sealed(root, draft.row.name(), draft.row.epoch(), SecretBytes.copyOf(after))),
                false,
                audit);
        issuing = null;
    }

    private void requireNoNextMaster() throws GeneralSecurityException {
        issuing = null;
        if (issuing().next.isPresent()) {
            throw new GeneralSecurityException("another master key is about to take this one's place");
        }
    }

    /** Something sealed that several change in turn, as one of them read it. */
    public static final class Draft {
        private final SealedSecret row;
        private final byte[] content;

        private Draft(SealedSecret row, byte[] content) {
            this.row = row;
            this.content = content;
        }

        /** What it says; empty if nobody has written yet. */
        public byte[] content() {
            return content.clone();
        }
    }

    /** Reads a draft. */
    public Draft draft(String name) throws GeneralSecurityException {
        String full = "draft-" + name;
        secret(full, () -> SecretBytes.copyOf(new byte[0]));
        SealedSecret row = store.secret(full)
                .orElseThrow(() -> new GeneralSecurityException("the store does not keep its secrets"));
        return new Draft(row, opened(row, full).exposeSecretBytes());
    }

    /**
     * Writes a draft anew.
     *
     * @throws org.sosia.persistence.StoreConflictException if somebody else did so since it was read
     */
    public void redraft(Draft draft, byte[] after, AuditEvent audit) {
        SealedSecret row = draft.row;
        store.replaceSecrets(
                List.of(row), List.of(sealed(root, row.name(), row.epoch(), SecretBytes.copyOf(after))), false, audit);
    }

    /** The key that doubles are forged with. Only the real hospital's is ever used. The caller closes it. */
    public SecretBytes forgeKey() throws GeneralSecurityException {
        return secret("forge", () -> SecretBytes.random(SecretBytes.DERIVED_BYTES));
    }

    /**
     * Remembers what was first seen under a name: whoever says something else later is not believed.
     *
     * @param name what it is
     * @param first gives it, when nothing is remembered yet
     * @return what was seen first
     */
    public byte[] remembered(String name, Supplier<byte[]> first) throws GeneralSecurityException {
        return secret("seen-" + name, () -> SecretBytes.copyOf(first.get())).exposeSecretBytes();
    }

    /** What is {@link #remembered} under a name; empty if nothing is yet. */
    public Optional<byte[]> recalled(String name) throws GeneralSecurityException {
        String full = "seen-" + name;
        Optional<SealedSecret> row = store.secret(full);
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(opened(row.get(), full).exposeSecretBytes());
    }

    /**
     * Something sealed that was made once and is kept: what {@link #remembered} is for what others said.
     *
     * @param name what it is
     * @param fresh makes it, when there is none yet
     */
    public byte[] made(String name, Supplier<byte[]> fresh) throws GeneralSecurityException {
        return secret("made-" + name, () -> SecretBytes.copyOf(fresh.get())).exposeSecretBytes();
    }

    private CertificateAuthority authority() throws GeneralSecurityException {
        return certified().present;
    }

    private Certified certified() throws GeneralSecurityException {
        Believed<Certified> known = authority;
        if (known == null || !known.isFresh()) {
            known = new Believed<>(read());
            authority = known;
        }
        return known.key;
    }

    /** The authorities as they are in the store: both rows of the same moment, since they are replaced together. */
    private Certified read() throws GeneralSecurityException {
        secret(AUTHORITIES, () -> Certification.first().encode());
        secret(AUTHORITY, () -> CertificateAuthority.generate(AUTHORITY_NAME).encode());
        SealedSecret others;
        SealedSecret present;
        do {
            others = row(AUTHORITIES);
            present = row(AUTHORITY);
        } while (!Arrays.equals(others.sealed(), row(AUTHORITIES).sealed()));
        return new Certified(
                present,
                CertificateAuthority.decode(opened(present, AUTHORITY)),
                others,
                Certification.decode(opened(others, AUTHORITIES)));
    }

    private SealedSecret row(String name) throws GeneralSecurityException {
        return store.secret(name)
                .orElseThrow(() -> new GeneralSecurityException("the store does not keep its secrets"));
    }

    private SecretBytes secret(String name, Supplier<SecretBytes> fresh) throws GeneralSecurityException {
        Optional<SealedSecret> kept = store.secret(name);
        if (kept.isEmpty()) {
            store.addSecret(sealed(root, name, epoch(), fresh.get()));
            // Read back whatever happened: another node may have been first, and then its row counts.
            kept = store.secret(name);
        }
        SealedSecret row = kept.orElseThrow(() -> new GeneralSecurityException("the store does not keep its secrets"));
        return opened(row, name);
    }

    /** Which root key this is: the store takes no secret that was sealed under an older one. */
    private int epoch() throws GeneralSecurityException {
        Optional<SealedSecret> check = store.secret(ROOT_CHECK);
        if (check.isPresent()) {
            opened(check.get(), ROOT_CHECK);
        }
        return check.map(SealedSecret::epoch).orElse(FIRST_EPOCH);
    }

    private static SealedSecret sealed(Root with, String name, int epoch, SecretBytes secret) {
        byte[] plain = secret.exposeSecretBytes();
        byte[] sealed = ChunkedEncryption.seal(with.secrets, secretContext(name, epoch), plain);
        Arrays.fill(plain, (byte) 0);
        return new SealedSecret(name, epoch, sealed);
    }

    private SecretBytes opened(SealedSecret row, String name) throws GeneralSecurityException {
        try {
            return opened(root, row, name);
        } catch (GeneralSecurityException perhapsRotated) {
            // Another node may have made a new root key, and put it into the file.
            try {
                Root now = new Root(RootKey.read(rootKeyFile));
                SecretBytes secret = opened(now, row, name);
                root = now;
                return secret;
            } catch (KeysDoNotFitException unreadable) {
                throw new GeneralSecurityException("a sealed secret does not open", unreadable);
            }
        }
    }

    private static SecretBytes opened(Root with, SealedSecret row, String name) throws GeneralSecurityException {
        try {
            byte[] plain = ChunkedEncryption.open(with.secrets, secretContext(name, row.epoch()), row.sealed());
            SecretBytes secret = SecretBytes.copyOf(plain);
            Arrays.fill(plain, (byte) 0);
            return secret;
        } catch (TamperedContentException tampered) {
            throw new GeneralSecurityException("a sealed secret does not open", tampered);
        }
    }

    private static byte[] secretContext(String name, int epoch) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + Integer.BYTES)
                .putInt(epoch)
                .put(text)
                .array();
    }

    @Override
    public String toString() {
        return "Keyring[secret]";
    }
}
