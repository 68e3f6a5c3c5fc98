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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sosia.crypto.abe.MasterSecretKey;
import org.sosia.crypto.abe.PublicParameters;
import org.sosia.crypto.content.ChunkedEncryption;
import org.sosia.crypto.content.TamperedContentException;
import org.sosia.crypto.envelope.CollectionKeys;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;
import org.sosia.crypto.signature.CertificateAuthority;
import org.sosia.crypto.signature.OwnerSigningKey;
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

    private static final String ROOT_CHECK = "root";
    private static final byte[] ROOT_CHECK_TEXT =
            "this store belongs to this root key".getBytes(StandardCharsets.UTF_8);
    private static final int EPOCH = 1;
    private static final int HANDLE_BYTES = 16;

    private final SecretBytes root;
    private final SecretBytes secrets;
    private final Cloud store;
    private final Map<String, SecretBytes> fieldKeys = new ConcurrentHashMap<>();
    private final Map<String, OwnerSigningKey> signingKeys = new ConcurrentHashMap<>();
    private final Map<String, CollectionKeys> collections = new ConcurrentHashMap<>();
    private volatile @Nullable CertificateAuthority authority;
    private volatile @Nullable MasterSecretKey master;
    private volatile @Nullable PublicParameters parameters;

    private Keyring(SecretBytes root, Cloud store) {
        this.root = root;
        this.secrets = root.derive("sosia/v1/secret");
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
        SecretBytes root = RootKey.exists(rootKeyFile) ? RootKey.read(rootKeyFile) : RootKey.create(rootKeyFile);
        Keyring keyring = new Keyring(root, store);
        try {
            byte[] text = keyring.secret(ROOT_CHECK, () -> SecretBytes.copyOf(ROOT_CHECK_TEXT))
                    .exposeSecretBytes();
            if (Arrays.equals(text, ROOT_CHECK_TEXT)) {
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
        return fieldKeys.computeIfAbsent(kind, k -> root.derive("sosia/v1/field", k.getBytes(StandardCharsets.UTF_8)));
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
        byte[] derived = root.derive(
                        "sosia/v1/handle",
                        purpose.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8))
                .exposeSecretBytes();
        return HexFormat.of().formatHex(derived, 0, HANDLE_BYTES);
    }

    /** The certificate that every owner's certificate of this hospital is signed with. */
    public X509Certificate ca() throws GeneralSecurityException {
        return authority().certificate();
    }

    /** The key an owner signs with; made and certified at first use. */
    public OwnerSigningKey signingKey(String owner) throws GeneralSecurityException {
        OwnerSigningKey known = signingKeys.get(owner);
        if (known == null) {
            CertificateAuthority ca = authority();
            known = OwnerSigningKey.decode(secret(
                    "sign-" + handle("sign", owner), () -> ca.issue(owner).encode()));
            signingKeys.put(owner, known);
        }
        return known;
    }

    /** The keys of an owner's collection: what opens the owner slot, and what grants are made from. */
    public CollectionKeys collection(String owner) throws GeneralSecurityException {
        CollectionKeys known = collections.get(owner);
        if (known == null) {
            known = CollectionKeys.decode(secret(
                    "folder-" + handle("folder", owner),
                    () -> CollectionKeys.generate().encode()));
            collections.put(owner, known);
        }
        return known;
    }

    /** The master key of the attribute-based scheme: makes persons' keys. */
    public MasterSecretKey master() throws GeneralSecurityException {
        MasterSecretKey known = master;
        if (known == null) {
            known = MasterSecretKey.decode(
                    secret("master", () -> MasterSecretKey.generate().encode()));
            master = known;
        }
        return known;
    }

    /** The public parameters of the attribute-based scheme: what records are sealed with. */
    public PublicParameters parameters() throws GeneralSecurityException {
        PublicParameters known = parameters;
        if (known == null) {
            known = master().publicParameters();
            parameters = known;
        }
        return known;
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
        CertificateAuthority known = authority;
        if (known == null) {
            known = CertificateAuthority.decode(secret(
                    "authority",
                    () -> CertificateAuthority.generate("Data owners").encode()));
            authority = known;
        }
        return known;
    }

    private SecretBytes secret(String name, Supplier<SecretBytes> fresh) throws GeneralSecurityException {
        Optional<SealedSecret> kept = store.secret(name);
        if (kept.isEmpty()) {
            byte[] plain = fresh.get().exposeSecretBytes();
            byte[] sealed = ChunkedEncryption.seal(secrets, secretContext(name, EPOCH), plain);
            Arrays.fill(plain, (byte) 0);
            store.addSecret(new SealedSecret(name, EPOCH, sealed));
            // Read back whatever happened: another node may have been first, and then its row counts.
            kept = store.secret(name);
        }
        SealedSecret row = kept.orElseThrow(() -> new GeneralSecurityException("the store does not keep its secrets"));
        return opened(row, name);
    }

    private SecretBytes opened(SealedSecret row, String name) throws GeneralSecurityException {
        try {
            byte[] plain = ChunkedEncryption.open(secrets, secretContext(name, row.epoch()), row.sealed());
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
