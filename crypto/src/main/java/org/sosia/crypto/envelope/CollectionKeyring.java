package org.sosia.crypto.envelope;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sosia.crypto.encoding.ByteReader;
import org.sosia.crypto.encoding.ByteWriter;
import org.sosia.crypto.encoding.MalformedException;
import org.sosia.crypto.pairing.G1;
import org.sosia.crypto.secret.SecretBytes;
import org.sosia.crypto.secret.SecretMaterial;

/**
 * An owner's keys of one collection through all its epochs. New records are sealed with the newest; the others are kept as long as their records are.
 *
 * <p><b>Security.</b> A new epoch has nothing in common with the old ones: whatever a proxy and a reader may have put together for an old epoch does not reach records sealed
 * later. It does not reach back: records of the old epoch stay as they are until they are sealed anew.
 *
 * <p><b>Shape.</b> version 2, count (2), then the keys of each epoch without their version (96 each), the oldest first; at most {@value #MAX_EPOCHS} epochs. The keys of one
 * epoch, version 1, read as a keyring of one.
 *
 * <p><b>Source.</b> docs/SCHEME.md, section 4a.
 */
public final class CollectionKeyring implements SecretMaterial {
    /** The most epochs of one collection. */
    public static final int MAX_EPOCHS = 1_024;

    private static final byte VERSION = 2;
    private static final int KEYS_BYTES = CollectionKeys.ENCODED_BYTES - 1;

    private final List<CollectionKeys> epochs;

    private CollectionKeyring(List<CollectionKeys> epochs) {
        this.epochs = List.copyOf(epochs);
    }

    /**
     * Makes the keys of a new collection.
     *
     * @return a keyring in epoch 0
     */
    public static CollectionKeyring generate() {
        return of(CollectionKeys.generate());
    }

    /**
     * Begins with keys that already are in use.
     *
     * @param first the keys of epoch 0
     * @return a keyring in epoch 0
     */
    public static CollectionKeyring of(CollectionKeys first) {
        return new CollectionKeyring(List.of(first));
    }

    /**
     * Begins a new epoch.
     *
     * @return a keyring with fresh keys for new records beside all old ones
     */
    public CollectionKeyring nextEpoch() {
        if (epochs.size() == MAX_EPOCHS) {
            throw new IllegalStateException("a collection has at most 1 024 epochs");
        }
        List<CollectionKeys> more = new ArrayList<>(epochs);
        more.add(CollectionKeys.generate());
        return new CollectionKeyring(more);
    }

    /**
     * Decodes a keyring, or the keys of one epoch.
     *
     * @param encoded what {@link #encode()} or {@link CollectionKeys#encode()} gave
     * @return the keyring
     * @throws GeneralSecurityException if version, length or a scalar is wrong, or an epoch has the keys of another
     */
    public static CollectionKeyring decode(SecretBytes encoded) throws GeneralSecurityException {
        if (encoded.length() == CollectionKeys.ENCODED_BYTES) {
            return of(CollectionKeys.decode(encoded));
        }
        byte[] bytes = encoded.exposeSecretBytes();
        try {
            ByteReader reader = new ByteReader(bytes, 3 + MAX_EPOCHS * KEYS_BYTES);
            reader.expect(VERSION);
            int count = reader.u16();
            if (count == 0) {
                throw new MalformedException("a collection has at least one epoch");
            }
            List<CollectionKeys> epochs = new ArrayList<>();
            for (int epoch = 0; epoch < count; epoch++) {
                epochs.add(CollectionKeys.readFields(reader));
            }
            reader.end();
            return checked(epochs);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static CollectionKeyring checked(List<CollectionKeys> epochs) throws MalformedException {
        if (epochs.stream().map(CollectionKeys::ownerKey).distinct().count() < epochs.size()) {
            throw new MalformedException("an epoch has the keys of another");
        }
        return new CollectionKeyring(epochs);
    }

    /**
     * Encodes.
     *
     * @return the bytes described above, always version 2
     */
    public SecretBytes encode() {
        ByteWriter writer = new ByteWriter().u8(VERSION).u16(epochs.size());
        for (CollectionKeys keys : epochs) {
            keys.writeFields(writer);
        }
        byte[] bytes = writer.toByteArray();
        try {
            return SecretBytes.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Which epoch it is.
     *
     * @return the newest, counted from 0
     */
    public int epoch() {
        return epochs.size() - 1;
    }

    /**
     * The keys for new records.
     *
     * @return those of the newest epoch
     */
    public CollectionKeys current() {
        return epochs.get(epoch());
    }

    /**
     * The keys of one epoch.
     *
     * @param epoch 0 to {@link #epoch()}
     * @return its keys
     */
    public CollectionKeys ofEpoch(int epoch) {
        return epochs.get(epoch);
    }

    /**
     * In which epoch a record was sealed.
     *
     * @param header the record's header
     * @return the epoch, counted from 0
     * @throws WrongKeyException if it was sealed with none of these keys
     */
    public int epochOf(Header header) throws WrongKeyException {
        G1 wanted = header.ownerKey();
        for (int epoch = 0; epoch < epochs.size(); epoch++) {
            if (epochs.get(epoch).ownerKey().equals(wanted)) {
                return epoch;
            }
        }
        throw new WrongKeyException();
    }

    /**
     * The keys a record was sealed with.
     *
     * @param header the record's header
     * @return the keys of its epoch
     * @throws WrongKeyException if it was sealed with none of these
     */
    public CollectionKeys keysOf(Header header) throws WrongKeyException {
        return epochs.get(epochOf(header));
    }

    @Override
    public String toString() {
        return "CollectionKeyring[secret]";
    }
}
